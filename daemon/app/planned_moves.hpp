#pragma once

#include "model/instant.hpp"
#include "model/result.hpp"

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace licaudit::app {

struct planned_moves_wiring {
  boost::asio::any_io_executor loop;
  std::function<instant()> clock;
  std::function<std::optional<instant>()> next;                        ///< when the first is due; none: none waits
  std::function<boost::asio::awaitable<result<std::int64_t>>()> make;  ///< those that are due
  std::function<void(const failure&)> report;

  // Looks at the wall clock at least that often, so that a clock that is set or a machine that slept is noticed.
  std::chrono::milliseconds longest_pause{60'000};
};

/// Has the moves of tenants made when their time has come. On the loop.
class planned_moves {
 public:
  explicit planned_moves(planned_moves_wiring how);

  /// Until stop().
  boost::asio::awaitable<void> carry_out();
  /// Any thread: one may have been planned or cancelled.
  void note_commit();
  void stop();

 private:
  [[nodiscard]] std::chrono::milliseconds left() const;

  planned_moves_wiring how_;
  boost::asio::steady_timer timer_;
  std::atomic<bool> noted_{false};
  bool stopping_ = false;
};

}  // namespace licaudit::app
