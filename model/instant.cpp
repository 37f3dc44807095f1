#include "model/instant.hpp"

#include "model/civil_text.hpp"
#include "model/names.hpp"

namespace licaudit {

namespace {

void append_number(std::string& out, unsigned value, unsigned digits) {
  unsigned place = 1;
  for (unsigned i = 1; i < digits; ++i) place *= 10;
  for (; place > 0; place /= 10) out += static_cast<char>('0' + value / place % 10);
}

failure no_instant(std::string_view text) {
  return {errc::malformed,
          in_quotes(text) + " is no instant: write it as 2026-11-21T23:00:00Z or 2026-11-21T23:00:00+01:00"};
}

}  // namespace

std::string to_rfc3339(instant at) {
  using namespace std::chrono;
  const auto midnight = floor<days>(at);
  const year_month_day day{midnight};
  const hh_mm_ss clock{at - midnight};
  std::string out;
  out.reserve(24);
  append_number(out, static_cast<unsigned>(static_cast<int>(day.year())), 4);
  out += '-';
  append_number(out, static_cast<unsigned>(day.month()), 2);
  out += '-';
  append_number(out, static_cast<unsigned>(day.day()), 2);
  out += 'T';
  append_number(out, static_cast<unsigned>(clock.hours().count()), 2);
  out += ':';
  append_number(out, static_cast<unsigned>(clock.minutes().count()), 2);
  out += ':';
  append_number(out, static_cast<unsigned>(clock.seconds().count()), 2);
  out += '.';
  append_number(out, static_cast<unsigned>(clock.subseconds().count()), 3);
  out += 'Z';
  return out;
}

result<instant> parse_rfc3339(std::string_view text) {
  text_cursor from{text};
  const auto day = take_day(from);
  if (!day || !day->ok() || !from.skip_any("Tt ")) return no_instant(text);
  const auto clock = take_clock(from);
  if (!clock || !clock->has_seconds) return no_instant(text);
  const auto offset = take_offset(from);
  if (!offset || !from.at_end()) return no_instant(text);

  const instant at = std::chrono::sys_days{*day} + clock->since_midnight - *offset;
  // A leap second is the last of a day in UTC; here it is the first of the next day, as POSIX time has it.
  const bool is_first_second = at - std::chrono::floor<std::chrono::days>(at) < std::chrono::seconds{1};
  if ((clock->is_leap_second && !is_first_second) || !is_writable(at)) return no_instant(text);
  return at;
}

}  // namespace licaudit
