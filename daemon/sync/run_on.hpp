#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace licaudit::sync {

/// Runs `function` on another executor and comes back with what it returned or threw: the bridge between the loop and a
/// worker. Once queued it runs to its end, cancelled or not, so what it refers to is safe in the awaiting coroutine.
/// Pass a named lambda (GCC 12 destroys one twice that is made in the co_await expression).
template <class Function>
boost::asio::awaitable<std::invoke_result_t<Function>> run_on(boost::asio::any_io_executor executor,
                                                              Function function) {
  using value = std::invoke_result_t<Function>;
  static_assert(!std::is_void_v<value>, "return something: whether it went well");
  std::optional<value> returned;
  std::exception_ptr thrown;
  auto work = [&returned, &thrown, &function] {
    try {
      returned.emplace(function());
    } catch (...) {
      thrown = std::current_exception();
    }
  };
  auto initiate = [&work, &executor](auto handler) {
    auto home = boost::asio::get_associated_executor(handler);
    auto stay = boost::asio::make_work_guard(home);  // the loop must not end while the worker works for it
    boost::asio::post(executor, [&work, stay = std::move(stay), handler = std::move(handler)]() mutable {
      work();
      auto back = stay.get_executor();
      boost::asio::post(back,
                        [stay = std::move(stay), handler = std::move(handler)]() mutable { std::move(handler)(); });
    });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(initiate,
                                                                                     boost::asio::use_awaitable);
  if (thrown) std::rethrow_exception(thrown);
  co_return std::move(*returned);
}

}  // namespace licaudit::sync
