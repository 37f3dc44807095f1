#include "model/time_zone.hpp"

#include "model/civil_text.hpp"
#include "model/names.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace licaudit {

namespace {

using milliseconds = std::chrono::milliseconds;

/// A local time in the types of the date library, which has its own `local_t`.
date::local_time<milliseconds> as_date(std::chrono::local_time<milliseconds> local) {
  return date::local_time<milliseconds>{local.time_since_epoch()};
}

civil_time civil_at(instant at, std::chrono::seconds offset, std::string abbreviation) {
  const std::chrono::local_time<milliseconds> local{at.time_since_epoch() + offset};
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  return {std::chrono::year_month_day{midnight}, std::chrono::hh_mm_ss{local - midnight}, std::move(abbreviation),
          offset};
}

}  // namespace

// UTC needs no zone database, so that the default works on a host without one.
time_zone::time_zone() : zone_(nullptr), name_("UTC") {}

result<time_zone> time_zone::find(std::string_view iana_name) {
  // The library reads the database once, on first use and safely between threads, and its zones live as long as the
  // process: it is the cache.
  const failure unknown{errc::unknown,
                        in_quotes(iana_name) + " is no time zone: write an IANA name like Europe/London"};
  if (iana_name == "localtime") return unknown;  // a file beside the zones: whatever this machine is set to
  try {
    time_zone found;
    found.zone_ = date::locate_zone(iana_name);
    found.name_ = iana_name;
    return found;
  } catch (const std::runtime_error&) {
    return unknown;
  }
}

civil_time time_zone::civil(instant at) const {
  if (zone_ == nullptr) return civil_at(at, std::chrono::seconds{0}, "UTC");
  const auto info = zone_->get_info(at);
  return civil_at(at, info.offset, info.abbrev);
}

instant time_zone::at(std::chrono::local_time<milliseconds> local) const {
  if (zone_ == nullptr) return instant{local.time_since_epoch()};
  const auto info = zone_->get_info(as_date(local));
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return instant{local.time_since_epoch() - info.first.offset};
}

instant time_zone::start_of(std::chrono::year_month_day day) const {
  return at(std::chrono::local_days{day});
}

std::string to_text(std::chrono::year_month_day day) {
  return to_rfc3339(std::chrono::sys_days{day}).substr(0, std::string_view("2026-11-21").size());
}

result<std::chrono::year_month_day> parse_day(std::string_view text) {
  text_cursor from{text};
  const auto day = take_day(from);
  if (!day || !day->ok() || !from.at_end()) {
    return failure{errc::malformed, in_quotes(text) + " is no day: write it as 2026-11-21"};
  }
  return *day;
}

std::string to_text(std::chrono::year_month month) {
  return to_text(month / 1).substr(0, 7);
}

result<std::chrono::year_month> parse_month(std::string_view text) {
  const auto first = parse_day(std::string(text) + "-01");
  if (!first) return failure{errc::malformed, in_quotes(text) + " is no month: write it as 2026-11"};
  return first->year() / first->month();
}

}  // namespace licaudit
