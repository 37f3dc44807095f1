#pragma once

#include "model/licence_terms.hpp"
#include "model/time_zone.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace licaudit {

/// How near a limit is (domain.md 5): `near` from 80 % of what is allowed, `exhausted` at all of it.
enum class limit_state : std::uint8_t { ok, near, exhausted };

[[nodiscard]] std::string_view to_text(limit_state value);

/// `setting`: what the tenant set; none: there is no limit.
[[nodiscard]] limit_state limit_state_of(std::int64_t used, const limit_terms& terms,
                                         std::optional<std::int64_t> setting);

/// When a limit by the month starts again: with the next month of the zone. None: it is a gauge, which does not.
[[nodiscard]] std::optional<instant> end_of_period(const limit_terms& terms, const time_zone& zone, instant now);

}  // namespace licaudit
