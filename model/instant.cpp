#include "model/instant.hpp"

#include "model/civil_text.hpp"
#include "model/names.hpp"

namespace licaudit {

namespace {

/// With a constant number of digits the compiler divides by constants: pages hold a dozen instants.
template <unsigned Digits>
void append_number(std::string& out, unsigned value) {
  if constexpr (Digits > 1) append_number<Digits - 1>(out, value / 10);
  out += static_cast<char>('0' + value % 10);
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
  append_number<4>(out, static_cast<unsigned>(static_cast<int>(day.year())));
  out += '-';
  append_number<2>(out, static_cast<unsigned>(day.month()));
  out += '-';
  append_number<2>(out, static_cast<unsigned>(day.day()));
  out += 'T';
  append_number<2>(out, static_cast<unsigned>(clock.hours().count()));
  out += ':';
  append_number<2>(out, static_cast<unsigned>(clock.minutes().count()));
  out += ':';
  append_number<2>(out, static_cast<unsigned>(clock.seconds().count()));
  out += '.';
  append_number<3>(out, static_cast<unsigned>(clock.subseconds().count()));
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
