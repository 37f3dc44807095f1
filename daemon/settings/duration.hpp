#pragma once

#include "model/instant.hpp"
#include "model/result.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace licaudit::settings {

/// `90s`, `15m`, `1h`, `1d`, `2 weeks`: one whole number and one unit; from a second to ten years.
[[nodiscard]] result<std::chrono::seconds> parse_duration(std::string_view text);

/// `25 months`, `10 years`, in months; from one month to a hundred years.
[[nodiscard]] result<std::int64_t> parse_months(std::string_view text);

/// `20%`: 0 to 100.
[[nodiscard]] result<std::int64_t> parse_percentage(std::string_view text);

/// `2027-01-01`, which is its first instant in UTC, or RFC 3339.
[[nodiscard]] result<instant> parse_expiry(std::string_view text);

/// Three or four octal digits, `0660`: permissions and nothing else.
[[nodiscard]] result<std::uint32_t> parse_mode(std::string_view text);

}  // namespace licaudit::settings
