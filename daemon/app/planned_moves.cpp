#include "daemon/app/planned_moves.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace asio = boost::asio;

namespace licaudit::app {

planned_moves::planned_moves(planned_moves_wiring how) : how_(std::move(how)), timer_(how_.loop) {}

void planned_moves::stop() {
  stopping_ = true;
  timer_.cancel();
}

void planned_moves::note_commit() {
  if (!noted_.exchange(true)) asio::post(how_.loop, [this] { timer_.cancel(); });
}

/// Until the next one is due, or until the clock is looked at again.
std::chrono::milliseconds planned_moves::left() const {
  const auto due = how_.next();
  if (!due) return how_.longest_pause;
  return std::clamp<std::chrono::milliseconds>(*due - how_.clock(), std::chrono::milliseconds(0), how_.longest_pause);
}

asio::awaitable<void> planned_moves::carry_out() {
  while (!stopping_) {
    noted_ = false;  // what is committed from here on is noted anew
    auto pause = left();
    if (pause.count() == 0) {
      const auto made = co_await how_.make();
      if (!made) {
        how_.report(made.error());
        pause = how_.longest_pause;
      }
    }
    if (pause.count() == 0 || stopping_) continue;
    timer_.expires_after(pause);
    boost::system::error_code ignored;
    if (!noted_) co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

}  // namespace licaudit::app
