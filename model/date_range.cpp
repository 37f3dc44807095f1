#include "model/date_range.hpp"

#include "model/civil_text.hpp"
#include "model/names.hpp"
#include "model/time_span.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace licaudit {

namespace {

using std::chrono::milliseconds;
using std::chrono::year_month_day;

failure refused(std::string_view text, std::string_view why) {
  return {errc::malformed,
          in_quotes(text) + " " + std::string(why) +
              "; understood are 2026-11-01, 2026-11-01 13:00, 13:00:05, today, yesterday, tomorrow, now, -7d, +2d, "
              "-1h30min, '3 days ago', @1793500000 and 2026-11-01T13:00:00+01:00"};
}

/// Where a written date without further word is meant: in a time zone, or at a fixed offset.
class place {
 public:
  explicit place(const time_zone& zone) : zone_(zone) {}
  explicit place(std::chrono::minutes offset) : offset_(offset) {}

  [[nodiscard]] instant at(year_month_day day, milliseconds clock) const {
    const std::chrono::local_time<milliseconds> local = std::chrono::local_days{day} + clock;
    return offset_ ? instant{local.time_since_epoch() - *offset_} : zone_.at(local);
  }
  [[nodiscard]] year_month_day day_of(instant at) const {
    return offset_ ? year_month_day{std::chrono::floor<std::chrono::days>(at + *offset_)} : zone_.civil(at).day;
  }

 private:
  time_zone zone_;
  std::optional<std::chrono::minutes> offset_;
};

year_month_day days_after(year_month_day day, int count) {
  return year_month_day{std::chrono::sys_days{day} + std::chrono::days{count}};
}

/// A day as a whole stands for its first instant, or as an `until` for the first one after it.
instant whole_day(year_month_day day, range_end end, const place& where) {
  return where.at(end == range_end::until ? days_after(day, 1) : day, milliseconds{0});
}

/// 0 for `today`, -1 for `yesterday`, 1 for `tomorrow`.
std::optional<int> relative_day(std::string_view word) {
  if (word == "today") return 0;
  if (word == "yesterday") return -1;
  if (word == "tomorrow") return 1;
  return std::nullopt;
}

/// `Fri` or `Friday`, in any case.
std::optional<std::chrono::weekday> named_weekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> names = {"sunday",   "monday", "tuesday", "wednesday",
                                                     "thursday", "friday", "saturday"};
  std::string lower(word);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (unsigned i = 0; i < names.size(); ++i) {
    if (lower == names[i] || lower == names[i].substr(0, 3)) return std::chrono::weekday{i};
  }
  return std::nullopt;
}

/// `Fri 2026-11-20`: takes the name off the front.
std::optional<std::chrono::weekday> take_weekday(std::string_view& text) {
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto found = named_weekday(text.substr(0, blank));
  if (found) text = trimmed(text.substr(blank));
  return found;
}

/// `13:00 Europe/London`: the last word, if it begins like a name.
std::string_view take_zone_name(std::string_view& text) {
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos || !text_cursor::is_letter(text[blank + 1])) return {};
  const auto name = text.substr(blank + 1);
  text = trimmed(text.substr(0, blank));
  return name;
}

/// What stands before the zone: day, clock, both, or a word.
struct written_moment {
  std::optional<year_month_day> day;
  std::optional<written_clock> clock;
  std::optional<std::chrono::minutes> offset;
};

/// Two-digit years, which journalctl guesses at, are not taken: 21-11-26 has three readings.
std::optional<written_moment> take_moment(std::string_view text) {
  written_moment moment;
  text_cursor from{text};
  if (text.find('-') == 4) {
    moment.day = take_day(from);
    if (!moment.day) return std::nullopt;
    if (from.at_end()) return moment;
    if (!from.skip_any("Tt ")) return std::nullopt;
    while (from.skip(' ')) {
    }
  }
  moment.clock = take_clock(from);
  if (!moment.clock || moment.clock->is_leap_second) return std::nullopt;
  if (!from.at_end()) moment.offset = take_offset(from);
  return from.at_end() ? std::optional(moment) : std::nullopt;
}

/// A day, a clock, or both: `2026-11-01 13:00`, `Fri 2026-11-20 09:00 Europe/London`, `13:00+02:00`, `today UTC`.
result<instant> parse_absolute(std::string_view text, range_end end, const time_zone& zone, instant now) {
  std::string_view left = text;
  const auto weekday = take_weekday(left);
  place where{zone};
  bool has_zone = false;
  if (const auto name = take_zone_name(left); !name.empty()) {
    const auto named = time_zone::find(name);
    if (!named) return refused(text, "names no time zone with " + in_quotes(name));
    where = place{*named};
    has_zone = true;
  }
  if (!weekday && left == "now") return now;
  if (const auto days = relative_day(left); days && !weekday) {
    return whole_day(days_after(where.day_of(now), *days), end, where);
  }
  const auto moment = take_moment(left);
  if (!moment || (moment->offset && has_zone)) return refused(text, "is no date or time");
  if (moment->day && !moment->day->ok()) return refused(text, "is no day of the calendar");
  if (weekday && (!moment->day || std::chrono::weekday{std::chrono::sys_days{*moment->day}} != *weekday)) {
    return refused(text, "names a weekday that is not the day's");
  }
  if (moment->offset) where = place{*moment->offset};
  const auto day = moment->day ? *moment->day : where.day_of(now);
  return moment->clock ? where.at(day, moment->clock->since_midnight) : whole_day(day, end, where);
}

/// `@1793500000`, `@1793500000.5`
result<instant> parse_epoch(std::string_view text) {
  text_cursor from{text.substr(1)};
  const bool is_before = from.skip('-');
  const auto seconds = from.take_digits();
  std::string_view decimals;
  const bool has_point = from.skip('.');
  if (has_point) decimals = from.take_digits();
  constexpr std::size_t max_digits = 12;  // more is beyond the year 9999
  if (seconds.empty() || seconds.size() > max_digits || decimals.size() > 9 || has_point == decimals.empty() ||
      !from.at_end()) {
    return refused(text, "is no number of seconds since 1970");
  }
  std::int64_t ms = 0;
  for (const char c : seconds) ms = ms * 10 + (c - '0');
  for (std::size_t i = 0; i < 3; ++i) ms = ms * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  return from_milliseconds(is_before ? -ms : ms);
}

/// `-7d`, `+2d`, `3 days ago`, `2 h left`: an exact span from now, so that a day is 24 hours, as journalctl has it.
/// Nothing if the text is not relative.
std::optional<result<instant>> parse_relative(std::string_view text, instant now) {
  constexpr std::string_view ago = " ago";
  constexpr std::string_view left = " left";
  std::string_view span;
  bool is_past = false;
  if (text.front() == '-' || text.front() == '+') {
    is_past = text.front() == '-';
    span = text.substr(1);
  } else if (text.ends_with(ago) || text.ends_with(left)) {
    is_past = text.ends_with(ago);
    span = text.substr(0, text.rfind(' '));
  } else {
    return std::nullopt;
  }
  const auto length = parse_time_span(span);
  if (!length) return refused(text, "has no time span of at most 10000 years");
  return is_past ? now - *length : now + *length;
}

result<instant> parse_any(std::string_view text, range_end end, const time_zone& zone, instant now) {
  if (text.empty()) return refused(text, "is no date");
  if (text.front() == '@') return parse_epoch(text);
  if (auto relative = parse_relative(text, now)) return *relative;
  if (const auto at = parse_rfc3339(text)) return *at;
  return parse_absolute(text, end, zone, now);
}

}  // namespace

result<instant> parse_date(std::string_view text, range_end end, const time_zone& zone, instant now) {
  const auto at = parse_any(trimmed(text), end, zone, now);
  if (at && !is_writable(*at)) return refused(text, "lies outside the years 0000 to 9999");
  return at;
}

result<date_range> parse_date_range(std::optional<std::string_view> since, std::optional<std::string_view> until,
                                    const time_zone& zone, instant now) {
  const auto today = zone.civil(now).day;
  date_range range{zone.start_of(today.year() / today.month() / 1), now};
  if (since) {
    const auto at = parse_date(*since, range_end::since, zone, now);
    if (!at) return at.error();
    range.since = *at;
  }
  if (until) {
    const auto at = parse_date(*until, range_end::until, zone, now);
    if (!at) return at.error();
    range.until = *at;
  }
  if (range.until >= range.since) return range;
  return failure{errc::malformed, "the range ends before it begins: since " +
                                      (since ? in_quotes(*since) : "the first of this month") + " is " +
                                      to_rfc3339(range.since) + ", until " + (until ? in_quotes(*until) : "now") +
                                      " is " + to_rfc3339(range.until)};
}

}  // namespace licaudit
