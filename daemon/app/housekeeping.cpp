#include "daemon/app/housekeeping.hpp"

#include "daemon/app/journal.hpp"
#include "daemon/app/quiet_hour.hpp"
#include "daemon/sync/run_on.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>

namespace asio = boost::asio;

namespace licaudit::app {

housekeeping::housekeeping(ledger::ledger& book, housekeeping_wiring how)
    : book_(book), retention_(book), how_(std::move(how)), wal_timer_(how_.loop), retention_timer_(how_.loop) {}

void housekeeping::stop() {
  stopping_ = true;
  wal_timer_.cancel();
  retention_timer_.cancel();
}

asio::awaitable<void> housekeeping::pause(asio::steady_timer& timer, std::chrono::milliseconds time) const {
  if (stopping_) co_return;
  timer.expires_after(time);
  boost::system::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void housekeeping::note_commit() {
  if (!committed_.exchange(true)) asio::post(how_.loop, [this] { wal_timer_.cancel(); });
}

asio::awaitable<void> housekeeping::keep_wal_short() {
  while (!stopping_) {
    if (!committed_) co_await pause(wal_timer_, how_.between_cuts);
    if (committed_) {
      co_await pause(wal_timer_, how_.after_commit);
      committed_ = false;
      co_await checkpoint(false);
    } else if (book_.wal_bytes() > 0) {
      co_await checkpoint(true);
    }
  }
}

asio::awaitable<void> housekeeping::checkpoint(bool idle) {
  auto work = [this, idle] {
    book_.checkpoint(idle);
    return true;
  };
  if (!stopping_) co_await sync::run_on(how_.worker, work);
}

asio::awaitable<void> housekeeping::carry_out_retention(std::function<ledger::retention_limits()> limits) {
  quiet_hour hour(how_.clock());
  while (!stopping_) {
    co_await pause(retention_timer_, how_.between_looks);
    const instant now = how_.clock();
    const auto zone = how_.zone();
    if (stopping_ || !hour.is_due(now, zone)) continue;
    hour.done(now, zone);
    try {
      co_await retain(limits());
    } catch (const std::exception& error) {
      // As on a full disk: what is left goes tomorrow.
      journal(level::error, std::string("retention: ") + error.what());
    }
  }
}

asio::awaitable<void> housekeeping::retain(ledger::retention_limits limits) {
  auto look = [this, limits] { return retention_.due(limits, how_.clock()); };
  std::optional<operation> due = co_await sync::run_on(how_.worker, look);
  if (due) {
    const std::string text = due->text;
    const auto entered = co_await how_.record(std::move(*due));
    if (!entered) throw std::runtime_error(entered.error().detail);
    journal(level::notice, text);
  }
  auto slice = [this] { return retention_.remove_some(how_.rows_per_slice); };
  bool more = true;
  while (more && !stopping_) {
    more = co_await sync::run_on(how_.worker, slice);
    co_await pause(retention_timer_, how_.between_slices);
  }
}

}  // namespace licaudit::app
