#include "model/limit_state.hpp"

#include "model/allowance.hpp"

namespace licaudit {

std::string_view to_text(limit_state value) {
  switch (value) {
    case limit_state::ok:
      return "ok";
    case limit_state::near:
      return "near";
    case limit_state::exhausted:
      return "exhausted";
  }
  return {};
}

limit_state limit_state_of(std::int64_t used, const limit_terms& terms, std::optional<std::int64_t> setting) {
  const auto allowed = allowed_amount(terms, setting);
  if (!allowed) return limit_state::ok;
  if (used >= *allowed) return limit_state::exhausted;
  // 80 % of it, rounded up.
  return used >= *allowed - *allowed / 5 ? limit_state::near : limit_state::ok;
}

std::optional<instant> end_of_period(const limit_terms& terms, const time_zone& zone, instant now) {
  if (!terms.monthly) return std::nullopt;
  const auto day = zone.civil(now).day;
  return zone.start_of((day.year() / day.month() + std::chrono::months{1}) / std::chrono::day{1});
}

}  // namespace licaudit
