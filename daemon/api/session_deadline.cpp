#include "daemon/api/session_deadline.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>

#include <utility>

namespace asio = boost::asio;

namespace licaudit::api {

class session_deadline::watch : public std::enable_shared_from_this<watch> {
 public:
  watch(const asio::any_io_executor& loop, std::function<void()> missed) : timer_(loop), missed_(std::move(missed)) {}

  void set(time_point due) {
    due_ = due;
    if (armed_until_ > due) arm();
  }

  void end() {
    missed_ = nullptr;
    timer_.cancel();
  }

 private:
  void arm() {
    armed_until_ = due_;
    timer_.expires_at(due_);  // cancels the wait before it
    timer_.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
      if (!cancelled && self->missed_) self->fire();
    });
  }

  void fire() {
    armed_until_ = time_point::max();
    if (due_ == time_point::max()) return;
    if (std::chrono::steady_clock::now() < due_) return arm();
    std::exchange(missed_, nullptr)();
  }

  asio::steady_timer timer_;
  std::function<void()> missed_;
  time_point due_ = time_point::max();
  time_point armed_until_ = time_point::max();
};

session_deadline::session_deadline(const asio::any_io_executor& loop, std::function<void()> missed)
    : watch_(std::make_shared<watch>(loop, std::move(missed))) {}

session_deadline::~session_deadline() {
  watch_->end();
}

void session_deadline::set(time_point due) {
  watch_->set(due);
}

void session_deadline::clear() {
  watch_->set(time_point::max());
}

}  // namespace licaudit::api
