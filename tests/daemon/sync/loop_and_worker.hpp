#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

namespace licaudit::sync {

/// The threads of a daemon, for one test. Nothing here waits for ever.
struct loop_and_worker {
  static constexpr std::chrono::seconds patience{60};
  boost::asio::io_context loop{1};
  boost::asio::thread_pool worker{1};

  ~loop_and_worker() { worker.join(); }

  /// Runs a coroutine to its end.
  template <class T>
  T run(boost::asio::awaitable<T> coroutine) {
    std::optional<T> returned;
    std::exception_ptr thrown;
    boost::asio::co_spawn(loop, std::move(coroutine), [&](std::exception_ptr error, T value) {
      thrown = std::move(error);
      returned.emplace(std::move(value));
    });
    run_until([&] { return returned.has_value(); });
    if (thrown) std::rethrow_exception(thrown);
    return std::move(*returned);
  }

  /// Runs the loop until something holds.
  void run_until(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    boost::asio::steady_timer tick(loop);
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("waited in vain");
      loop.restart();
      tick.expires_after(std::chrono::milliseconds(5));  // files and processes do not wake the loop
      tick.async_wait([](const boost::system::error_code&) {});
      loop.run_one();
    }
  }
};

}  // namespace licaudit::sync
