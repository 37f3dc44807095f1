#pragma once

#include "model/result.hpp"

#include <chrono>
#include <string_view>

namespace licaudit {

/// systemd.time's spans: `7d`, `1h30min`, `2 weeks`, `1.5h`, `90` (seconds); a month is 30.4375 days, a year 365.25.
/// Cut to milliseconds, never negative, at most 10,000 years. errc::malformed quotes the text.
[[nodiscard]] result<std::chrono::milliseconds> parse_time_span(std::string_view text);

}  // namespace licaudit
