#include "model/stock_level.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace licaudit {

namespace {

/// Rounded down; whoever asks for more than there are numbers gets the largest.
std::int64_t share_of(std::int64_t whole, std::int64_t percent) {
  std::int64_t share = 0;
  if (__builtin_mul_overflow(whole / 100, percent, &share) ||
      __builtin_add_overflow(share, whole % 100 * percent / 100, &share))
    return std::numeric_limits<std::int64_t>::max();
  return share;
}

}  // namespace

stock_level stock_level_of(std::optional<std::int64_t> acquired, std::int64_t licensed, const licence_terms& terms) {
  if (!acquired) return stock_level::ok;
  if (licensed > *acquired) return stock_level::over;
  if (!terms.warn) return stock_level::ok;
  const auto least = terms.warn->percent ? share_of(*acquired, terms.warn->available) : terms.warn->available;
  // Who has bought none and uses none need not be told that none is left.
  const bool concerns = *acquired > 0 || licensed > 0;
  return concerns && *acquired - licensed <= least ? stock_level::low : stock_level::ok;
}

over_use_alarm over_use_alarm_of(std::int64_t acquired, std::int64_t licensed, const licence_terms& terms,
                                 instant began, instant now) {
  if (!terms.grace) return {};
  if (licensed - acquired > share_of(acquired, terms.grace->percent)) return {severity::page, {}};
  // More days than this are no grace but for ever.
  constexpr std::int64_t most_days = 36'500;
  const auto end = began + std::chrono::hours(24) * std::min(terms.grace->days, most_days);
  if (end <= now) return {severity::page, {}};
  return {severity::warn, end};
}

}  // namespace licaudit
