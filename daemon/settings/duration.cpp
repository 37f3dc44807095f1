#include "daemon/settings/duration.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace licaudit::settings {

namespace {

struct unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::array<unit, 15> time_units{{{"s", 1},
                                           {"second", 1},
                                           {"seconds", 1},
                                           {"m", 60},
                                           {"min", 60},
                                           {"minute", 60},
                                           {"minutes", 60},
                                           {"h", 3600},
                                           {"hour", 3600},
                                           {"hours", 3600},
                                           {"d", 86400},
                                           {"day", 86400},
                                           {"days", 86400},
                                           {"week", 604800},
                                           {"weeks", 604800}}};
constexpr std::array<unit, 4> month_units{{{"month", 1}, {"months", 1}, {"year", 12}, {"years", 12}}};

failure no(std::string_view text, const char* form) {
  return {errc::malformed, in_quotes(text) + " is not " + form};
}

/// Takes a whole number off the front; -1 if there is none, or a huge one.
std::int64_t take_number(std::string_view& text) {
  std::int64_t value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || text.front() == '-') return -1;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

template <std::size_t N>
std::int64_t in_units(std::string_view text, const std::array<unit, N>& units, std::int64_t most) {
  const std::int64_t count = take_number(text);
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  const auto found = std::find_if(units.begin(), units.end(), [&](const unit& u) { return u.name == text; });
  if (count <= 0 || found == units.end() || count > most / found->size) return 0;
  return count * found->size;
}

bool digits_at(std::string_view text, std::size_t first, std::size_t count) {
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(first),
                     text.begin() + static_cast<std::ptrdiff_t>(first + count),
                     [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

result<std::chrono::seconds> parse_duration(std::string_view text) {
  constexpr std::int64_t ten_years = std::int64_t{3653} * 86400;
  const std::int64_t seconds = in_units(text, time_units, ten_years);
  if (seconds == 0) return no(text, "a duration such as 90s, 15m, 1h or 1d");
  return std::chrono::seconds(seconds);
}

result<std::int64_t> parse_months(std::string_view text) {
  const std::int64_t months = in_units(text, month_units, 1200);
  if (months == 0) return no(text, "a time such as 25 months or 10 years");
  return months;
}

result<std::int64_t> parse_percentage(std::string_view text) {
  const std::string_view whole = text;
  const std::int64_t percent = take_number(text);
  if (percent < 0 || percent > 100 || text != "%") return no(whole, "a percentage such as 20%");
  return percent;
}

result<instant> parse_expiry(std::string_view text) {
  const std::string_view form = "0000-00-00";
  if (text.size() != form.size()) return parse_rfc3339(text);
  if (text[4] != '-' || text[7] != '-' || !digits_at(text, 0, 4) || !digits_at(text, 5, 2) || !digits_at(text, 8, 2)) {
    return no(text, "a date such as 2027-01-01");
  }
  const auto number = [&](std::size_t first, std::size_t count) {
    int value = 0;
    std::from_chars(text.data() + first, text.data() + first + count, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!day.ok()) return no(text, "a date that exists");
  return instant(std::chrono::sys_days(day));
}

result<std::uint32_t> parse_mode(std::string_view text) {
  std::uint32_t mode = 0;
  const bool long_enough = text.size() == 3 || (text.size() == 4 && text.front() == '0');
  const bool octal = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '7'; });
  if (!long_enough || !octal) return no(text, "a mode such as '0660'");
  std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  return mode;
}

}  // namespace licaudit::settings
