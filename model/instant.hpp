#pragma once

#include "model/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace licaudit {

/// A point of time in UTC, to the millisecond; the resolution that answers and the ledger carry.
using instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// `2026-11-21T23:00:00.000Z`
[[nodiscard]] std::string to_rfc3339(instant at);

/// RFC 3339 with any offset and 0 to 9 decimals (cut to milliseconds). errc::malformed names the text.
[[nodiscard]] result<instant> parse_rfc3339(std::string_view text);

/// The inside of the ledger: milliseconds since 1970 in UTC.
[[nodiscard]] constexpr std::int64_t to_milliseconds(instant at) {
  return at.time_since_epoch().count();
}
[[nodiscard]] constexpr instant from_milliseconds(std::int64_t ms) {
  return instant{std::chrono::milliseconds{ms}};
}

}  // namespace licaudit
