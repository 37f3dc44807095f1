#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace licaudit::api {

/// One deadline that moves with every request and every answer. Moving it costs a store: the timer behind it is set
/// again only when it fires too early or would fire too late. One loop.
class session_deadline {
 public:
  using time_point = std::chrono::steady_clock::time_point;

  /// `missed` is called on the loop when the deadline has passed, at most once, and never after the destructor.
  session_deadline(const boost::asio::any_io_executor& loop, std::function<void()> missed);
  ~session_deadline();
  session_deadline(const session_deadline&) = delete;
  session_deadline& operator=(const session_deadline&) = delete;

  void set(time_point due);
  void clear();

 private:
  class watch;
  std::shared_ptr<watch> watch_;  ///< shared with the timer's handler, which may come later than the destructor
};

}  // namespace licaudit::api
