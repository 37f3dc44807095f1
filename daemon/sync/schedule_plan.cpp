#include "daemon/sync/schedule_plan.hpp"

#include "model/digest.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace licaudit::sync {

namespace {

constexpr std::chrono::milliseconds shortest_interval{1};

/// A place in the interval that every start of the program finds again.
std::chrono::milliseconds place_of(std::string_view host, std::string_view source, std::chrono::milliseconds every) {
  std::string name(host);
  name += '\n';
  name += source;
  const auto hashed = sha256(name);
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < 7; ++at) number = number << 8 | hashed[at];
  return std::chrono::milliseconds(static_cast<std::int64_t>(number)) % every;
}

}  // namespace

schedule_plan::schedule_plan(std::string_view host, std::string_view source, std::chrono::milliseconds every)
    : every_(std::max(every, shortest_interval)), splay_(place_of(host, source, every_)) {}

instant schedule_plan::next(instant now, const run_history& history, double jitter) const {
  if (history.failures > 0) {
    return std::max(now, std::min(history.ended.value_or(now), now) + back_off(history.failures, jitter));
  }
  if (!history.completed) return now;
  const auto after = std::min(*history.completed, now) - splay_;
  const auto ticks = std::chrono::floor<std::chrono::milliseconds>(after).time_since_epoch() / every_;
  const instant tick = instant(ticks * every_) + every_ + splay_;
  return std::max(now, tick);
}

std::chrono::milliseconds back_off(std::int64_t failures, double jitter) {
  constexpr std::int64_t enough = 12;  // 2^12 s is over the cap; more would not fit in the end
  const auto doubled = least_back_off * (std::int64_t{1} << std::clamp<std::int64_t>(failures - 1, 0, enough));
  const auto whole = std::min(doubled, most_back_off);
  const auto away = std::llround(static_cast<double>(whole.count()) / 2 * std::clamp(jitter, 0.0, 1.0));
  return std::max(least_back_off, whole - std::chrono::milliseconds(away));
}

}  // namespace licaudit::sync
