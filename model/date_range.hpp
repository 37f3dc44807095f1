#pragma once

#include "model/instant.hpp"
#include "model/time_zone.hpp"

#include <optional>
#include <string_view>

namespace licaudit {

/// Half-open: `since` is inside, `until` is not.
struct date_range {
  instant since;
  instant until;
};

/// Which end of a range a text stands for: a bare date as `until` includes that day.
enum class range_end { since, until };

/// journalctl's grammar (`2026-11-01`, `2026-11-01 13:00[:05]`, `13:00`, `today`, `yesterday`, `tomorrow`, `now`,
/// `-7d`,
/// `-1h30min`, `+2d`, `3 days ago`, `@1793500000`) or RFC 3339 with an offset; without an offset in `zone`.
/// errc::malformed quotes the text that is wrong and says what is understood.
[[nodiscard]] result<instant> parse_date(std::string_view text, range_end end, const time_zone& zone, instant now);

/// Absent ends are the first of this month in `zone`, and now. errc::malformed if it ends before it begins.
[[nodiscard]] result<date_range> parse_date_range(std::optional<std::string_view> since,
                                                  std::optional<std::string_view> until, const time_zone& zone,
                                                  instant now);

}  // namespace licaudit
