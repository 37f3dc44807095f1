#include "cli/rendering/wall_clock.hpp"

#include "cli/rendering/display_width.hpp"
#include "cli/rendering/printable.hpp"

#include <array>
#include <cstdlib>

namespace licaudit::cli::rendering {

namespace {

namespace chrono = std::chrono;

/// Six days on, a weekday would name two days.
constexpr auto weekday_is_clear_for = chrono::days{6};

std::string_view weekday_name(chrono::year_month_day day) {
  static constexpr std::array<std::string_view, 7> names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return names[chrono::weekday{chrono::sys_days{day}}.c_encoding()];
}

std::string_view month_name(chrono::month month) {
  static constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto number = static_cast<unsigned>(month);
  return number >= 1 && number <= 12 ? names[number - 1] : "???";
}

std::string two_digits(std::int64_t n) {
  return (n < 10 ? "0" : "") + std::to_string(n);
}

std::string year_text(chrono::year_month_day day) {
  return std::to_string(static_cast<int>(day.year()));
}

std::string day_of(chrono::year_month_day day, std::size_t width) {
  return std::string(weekday_name(day)) + ' ' + padded_left(std::to_string(static_cast<unsigned>(day.day())), width) +
         ' ' + std::string(month_name(day.month()));
}

template <class Write>
std::string of_text(std::string_view rfc3339, Write write) {
  const auto at = parse_rfc3339(rfc3339);
  return at ? write(*at) : printable(rfc3339);
}

}  // namespace

std::string day_text(chrono::year_month_day day) {
  return day_of(day, 2);
}

std::string clock_text(const civil_time& time, bool with_seconds) {
  const auto& clock = time.clock;
  std::string text = two_digits(clock.hours().count()) + ':' + two_digits(clock.minutes().count());
  if (with_seconds) text += ':' + two_digits(clock.seconds().count());
  return text;
}

std::string span_text(chrono::seconds span) {
  struct unit {
    std::int64_t seconds;
    std::string_view name;
  };
  static constexpr std::array<unit, 4> units = {unit{86400, "d"}, unit{3600, "h"}, unit{60, "min"}, unit{1, "s"}};
  std::string text;
  auto rest = span.count();
  int written = 0;
  for (const auto& [seconds, name] : units) {
    if (written == 0 && rest < seconds && seconds != 1) continue;
    if (written == 2 || (written == 1 && rest < seconds)) break;
    text += (written == 0 ? "" : " ") + std::to_string(rest / seconds) + ' ' + std::string(name);
    rest %= seconds;
    ++written;
  }
  return text;
}

std::string wall_clock::full(instant at) const {
  const auto time = zone_.civil(at);
  return day_of(time.day, 1) + ' ' + year_text(time.day) + ' ' + clock_text(time) + ' ' + time.abbreviation;
}

std::string wall_clock::brief(instant at) const {
  const auto time = zone_.civil(at);
  const auto today = zone_.civil(now_).day;
  const auto apart = chrono::abs(chrono::sys_days{today} - chrono::sys_days{time.day});
  if (apart < weekday_is_clear_for) return std::string(weekday_name(time.day)) + ' ' + clock_text(time);
  const auto day = day_text(time.day);
  return time.day.year() == today.year() ? day : day + ' ' + year_text(time.day);
}

std::string wall_clock::distance(instant at) const {
  const auto apart = chrono::floor<chrono::seconds>(chrono::abs(now_ - at));
  auto text = span_text(apart);
  // One unit is enough for "how old": `7 min`, not `7 min 12 s`.
  const auto second_unit = text.find(' ', text.find(' ') + 1);
  text = text.substr(0, second_unit);
  return at > now_ ? "in " + text : text + " ago";
}

std::string wall_clock::range(instant since, instant until) const {
  const auto first = zone_.civil(since);
  const auto last = zone_.civil(until);
  std::string text = full(since) + " .. " + day_of(last.day, 1) + ' ';
  if (first.day.year() != last.day.year()) text += year_text(last.day) + ' ';
  return text + clock_text(last) + ' ' + last.abbreviation;
}

std::string wall_clock::full(std::string_view rfc3339) const {
  return of_text(rfc3339, [this](instant at) { return full(at); });
}

std::string wall_clock::brief(std::string_view rfc3339) const {
  return of_text(rfc3339, [this](instant at) { return brief(at); });
}

std::string wall_clock::distance(std::string_view rfc3339) const {
  return of_text(rfc3339, [this](instant at) { return distance(at); });
}

}  // namespace licaudit::cli::rendering
