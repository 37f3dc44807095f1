#pragma once

#include "billing/month_book.hpp"
#include "daemon/ledger/observed_range.hpp"
#include "model/factor_set.hpp"
#include "model/time_zone.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace licaudit::api {

struct bill_question {
  std::string tenant;  ///< with all under it
  std::chrono::year_month month{};
  instant now{};
  std::chrono::milliseconds longest_silence{};
};

/// The bills of a tenant and of all that stood under it in a month.
struct month_bills {
  std::chrono::year_month month{};
  std::vector<billing::tenant_bill> tenants;         ///< the one that was asked for first, the others by id
  std::map<std::int64_t, calculation_cause> causes;  ///< of calculations that made a value
  factor_set rules;                                  ///< in force as the month ended
  std::int64_t sequence = 0;                         ///< of the last calculation that they rest on
  std::string chain_head;
};

/// Whose month it is; UTC where none is known by that name any more.
[[nodiscard]] time_zone zone_of(const billing::tenant_bill& bill);

/// What the ledger is asked for: the month in every time zone of the world.
[[nodiscard]] ledger::range_question range_of(const bill_question& question);

[[nodiscard]] month_bills bills_of(const ledger::observed_range& observed, const bill_question& question);

}  // namespace licaudit::api
