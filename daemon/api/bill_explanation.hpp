#pragma once

#include "billing/month_book.hpp"
#include "model/calculation.hpp"
#include "model/time_zone.hpp"

#include <string>
#include <vector>

namespace licaudit::api {

/// Where the quantity of a line comes from and what is to be known of it, as sentences for people; times on the clock
/// of the tenant. `cause` is that of the calculation that made the value; null: not known any more.
[[nodiscard]] std::vector<std::string> explain(const billing::bill_line& line, const billing::span& month,
                                               const time_zone& zone, const calculation_cause* cause = nullptr,
                                               bool running = false);

/// `2026-10-05 12:00 BST`
[[nodiscard]] std::string local_text(instant at, const time_zone& zone);

}  // namespace licaudit::api
