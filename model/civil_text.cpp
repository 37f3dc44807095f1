#include "model/civil_text.hpp"

#include <string_view>

namespace licaudit {

namespace {

/// `.5`, `.123456789`: 1 to 9 digits, cut to milliseconds.
std::optional<std::chrono::milliseconds> take_fraction(text_cursor& from) {
  const std::string_view digits = from.take_digits();
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return std::chrono::milliseconds{value};
}

}  // namespace

std::optional<std::chrono::year_month_day> take_day(text_cursor& from) {
  const auto year = from.take_number(4);
  if (!year || !from.skip('-')) return std::nullopt;
  const auto month = from.take_number(2);
  if (!month || !from.skip('-')) return std::nullopt;
  const auto day = from.take_number(2);
  if (!day) return std::nullopt;
  return std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} /
         std::chrono::day{static_cast<unsigned>(*day)};
}

std::optional<written_clock> take_clock(text_cursor& from) {
  const auto hours = from.take_number(2);
  if (!hours || *hours > 23 || !from.skip(':')) return std::nullopt;
  const auto minutes = from.take_number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  written_clock clock;
  clock.since_midnight = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  if (!from.skip(':')) return clock;

  const auto seconds = from.take_number(2);
  if (!seconds || *seconds > 60) return std::nullopt;
  clock.has_seconds = true;
  clock.is_leap_second = *seconds == 60;
  clock.since_midnight += std::chrono::seconds{*seconds};
  if (from.skip('.')) {
    const auto fraction = take_fraction(from);
    if (!fraction) return std::nullopt;
    clock.since_midnight += *fraction;
  }
  return clock;
}

std::optional<std::chrono::minutes> take_offset(text_cursor& from) {
  if (from.skip_any("Zz")) return std::chrono::minutes{0};
  const bool is_west = from.skip('-');
  if (!is_west && !from.skip('+')) return std::nullopt;
  const auto hours = from.take_number(2);
  if (!hours || *hours > 23 || !from.skip(':')) return std::nullopt;
  const auto minutes = from.take_number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
  return is_west ? -offset : offset;
}

bool is_writable(instant at) {
  using namespace std::chrono;
  constexpr instant first = sys_days{year{0} / January / 1};
  constexpr instant end = sys_days{year{10000} / January / 1};
  return at >= first && at < end;
}

}  // namespace licaudit
