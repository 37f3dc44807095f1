#include "daemon/app/month_end_watch.hpp"

#include "daemon/app/journal.hpp"
#include "daemon/audit/month_end.hpp"
#include "daemon/sync/run_on.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <set>

namespace asio = boost::asio;

namespace licaudit::app {

namespace {

// Tenants come and move to other zones; whoever does so at the end of a month is looked at within the hour.
constexpr std::chrono::hours longest_wait{1};

instant start_of(std::chrono::year_month month, const time_zone& zone) {
  return zone.start_of(month / std::chrono::day{1});
}

}  // namespace

void month_end_watch::stop() {
  stopping_ = true;
  timer_.cancel();
}

asio::awaitable<void> month_end_watch::pause() {
  if (stopping_) co_return;
  timer_.expires_after(how_.between_looks);
  boost::system::error_code ignored;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> month_end_watch::run() {
  while (!stopping_) {
    const auto seen = how_.view();
    const instant now = how_.clock();
    // Before the first calculation after a start, what is in force is what was.
    if (!seen->loading && seen->last_of_all && now >= next_) {
      for (auto& [zone, month] : due(*seen, now)) {
        if (stopping_) co_return;
        const auto which = month.month;
        const bool looked = co_await look_at(std::move(month));
        if (looked) done_[zone] = which;
      }
    }
    co_await pause();
  }
}

std::map<std::string, month_end_watch::ended_month> month_end_watch::due(const audit::view& seen, instant now) {
  std::map<std::string, ended_month> all;
  std::set<std::string> known;
  next_ = now + longest_wait;
  for (const auto& [id, of] : seen.tenants) {
    if (known.insert(of->zone.name()).second) {
      const auto day = of->zone.civil(now).day;
      const std::chrono::year_month running = day.year() / day.month(), before = running - std::chrono::months{1};
      next_ = std::min(next_, start_of(running + std::chrono::months{1}, of->zone));
      const auto looked_at = done_.find(of->zone.name());
      if (looked_at == done_.end() || looked_at->second != before)
        all[of->zone.name()] = {before, start_of(before, of->zone), start_of(running, of->zone), {}};
    }
    const auto ended = all.find(of->zone.name());
    if (ended != all.end() && !of->tally->aggregated) ended->second.tenants.push_back(id);
  }
  return all;
}

asio::awaitable<bool> month_end_watch::look_at(ended_month which) {
  auto read = [this, &which] { return how_.peaks(which.since, which.until); };
  const auto peaks = co_await sync::run_on(how_.reading, read);
  if (!peaks) {
    journal(level::error, "the end of " + to_text(which.month) + ": " + peaks.error().detail);
    co_return false;
  }
  const auto seen = how_.view();
  if (!seen->rules) co_return false;
  // In the order of the roster, which is that of the ids.
  const auto is_asked = [&which](const std::string& tenant) {
    return std::binary_search(which.tenants.begin(), which.tenants.end(), tenant);
  };
  auto dips = audit::month_end_dips(*peaks, which.month, seen->rules->set(), is_asked);
  auto tell = [this, &which, &dips] { return how_.note(which.tenants, std::move(dips)); };
  const auto noted = co_await sync::run_on(how_.worker, tell);
  if (!noted) journal(level::error, "the end of " + to_text(which.month) + ": " + noted.error().detail);
  co_return noted.has_value();
}

}  // namespace licaudit::app
