#pragma once

#include "billing/month_book.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace licaudit::billing::testing {

/// Noon of a day of October 2026 in UTC; day 0 is the last of September, day 32 the first of November.
[[nodiscard]] instant noon(int day);
/// Its first instant.
[[nodiscard]] instant day(int day);

/// October 2026.
[[nodiscard]] span october();

[[nodiscard]] observation licensed(instant at, std::int64_t quantity, tally_state state = tally_state::ok);
[[nodiscard]] observation acquired(instant at, std::int64_t quantity);

/// One licence, `ump`, under one parent all the time.
[[nodiscard]] tenant_month tenant(const std::string& id, const std::string& parent, series values);

}  // namespace licaudit::billing::testing
