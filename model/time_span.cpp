#include "model/time_span.hpp"

#include "model/names.hpp"
#include "model/text_cursor.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace licaudit {

namespace {

struct unit {
  std::string_view name;
  std::int64_t microseconds;
};

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t week = 7 * day;
constexpr std::int64_t year = 365 * day + 6 * hour;
constexpr std::int64_t month = year / 12;
constexpr std::int64_t longest = 10'000 * year;  // in microseconds far from the end of 64 bits

// The names of systemd.time(7). `M` is a month and `m` a minute; the micro sign has two code points.
constexpr std::array units = {
    unit{"", second},       unit{"usec", 1},       unit{"us", 1},        unit{"\u00B5s", 1},
    unit{"\u03BCs", 1},     unit{"msec", 1000},    unit{"ms", 1000},     unit{"seconds", second},
    unit{"second", second}, unit{"sec", second},   unit{"s", second},    unit{"minutes", minute},
    unit{"minute", minute}, unit{"min", minute},   unit{"m", minute},    unit{"hours", hour},
    unit{"hour", hour},     unit{"hr", hour},      unit{"h", hour},      unit{"days", day},
    unit{"day", day},       unit{"d", day},        unit{"weeks", week},  unit{"week", week},
    unit{"w", week},        unit{"months", month}, unit{"month", month}, unit{"M", month},
    unit{"years", year},    unit{"year", year},    unit{"y", year}};

bool is_unit_character(char c) {
  return text_cursor::is_letter(c) || static_cast<unsigned char>(c) >= 0x80U;
}

/// Digits as a number of at most `limit`.
std::optional<std::int64_t> bounded_number(std::string_view digits, std::int64_t limit) {
  std::int64_t value = 0;
  for (const char c : digits) {
    value = value * 10 + (c - '0');
    if (value > limit) return std::nullopt;
  }
  return value;
}

double fraction_of(std::string_view digits) {
  double value = 0;
  double place = 0.1;
  for (const char c : digits) {
    value += place * (c - '0');
    place /= 10;
  }
  return value;
}

/// One part of a span: `30min`, `1.5 h`.
std::optional<std::int64_t> take_part(text_cursor& from) {
  const auto whole = from.take_digits();
  std::string_view decimals;
  if (whole.empty()) return std::nullopt;
  if (from.skip('.')) {
    decimals = from.take_digits();
    if (decimals.empty() || decimals.size() > 9) return std::nullopt;
  }
  while (from.skip(' ')) {
  }
  const auto name = from.take_while(is_unit_character);
  if (name.empty() && !from.at_end()) return std::nullopt;  // only the last part may leave its unit out
  for (const auto& each : units) {
    if (each.name != name) continue;
    const auto count = bounded_number(whole, longest / each.microseconds);
    if (!count) return std::nullopt;
    return *count * each.microseconds +
           static_cast<std::int64_t>(fraction_of(decimals) * static_cast<double>(each.microseconds) + 0.5);
  }
  return std::nullopt;
}

}  // namespace

result<std::chrono::milliseconds> parse_time_span(std::string_view text) {
  const failure refused{
      errc::malformed, in_quotes(text) + " is no time span of at most 10000 years: write it as 7d, 1h30min or 2 weeks"};
  text_cursor from{trimmed(text)};
  if (from.at_end()) return refused;
  std::int64_t sum = 0;
  while (!from.at_end()) {
    const auto part = take_part(from);
    if (!part || *part > longest - sum) return refused;
    sum += *part;
    while (from.skip(' ')) {
    }
  }
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::microseconds{sum});
}

}  // namespace licaudit
