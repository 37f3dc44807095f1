#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>

namespace licaudit::sync {

/// Wakes every coroutine that waits for it. One thread; a waiter looks at its condition before and after, since a ring
/// that nobody waits for is lost. Outlives its waiters.
class bell {
 public:
  explicit bell(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
  bell(const bell&) = delete;
  bell& operator=(const bell&) = delete;

  void ring();

  /// Returns when it rings, when the time is over, or when the waiting coroutine is cancelled. Never throws.
  [[nodiscard]] boost::asio::awaitable<void> wait(std::chrono::milliseconds at_most = std::chrono::hours(24));

 private:
  boost::asio::any_io_executor executor_;
  std::list<boost::asio::steady_timer*> waiting_;
};

}  // namespace licaudit::sync
