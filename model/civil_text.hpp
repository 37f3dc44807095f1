#pragma once

#include "model/instant.hpp"
#include "model/text_cursor.hpp"

#include <chrono>
#include <optional>

namespace licaudit {

// The pieces that written dates consist of, shared by RFC 3339 and journalctl's grammar. Each gives nothing when the
// text is not of its form; the cursor then stands somewhere inside.

/// `2026-11-21`. The day may be one that no calendar has; `ok()` tells.
[[nodiscard]] std::optional<std::chrono::year_month_day> take_day(text_cursor& from);

struct written_clock {
  std::chrono::milliseconds since_midnight{};
  bool has_seconds = false;
  bool is_leap_second = false;  ///< second 60
};

/// `13:00`, `13:00:05`, `13:00:05.123456789` (cut to milliseconds), each part in its range.
[[nodiscard]] std::optional<written_clock> take_clock(text_cursor& from);

/// `Z`, `z`, `+02:00`, `-05:30`
[[nodiscard]] std::optional<std::chrono::minutes> take_offset(text_cursor& from);

/// Whether RFC 3339 can write it: the years 0000 to 9999.
[[nodiscard]] bool is_writable(instant at);

}  // namespace licaudit
