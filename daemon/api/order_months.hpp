#pragma once

#include "daemon/api/month_bills.hpp"
#include "model/amount.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace licaudit::api {

/// What a tenant's page would show as acquired after an order, by licence; asked of its bill of the running month.
struct order_question {
  bill_question bill;
  std::map<std::string, std::int64_t, std::less<>> acquired;
};

/// What a licence comes to in the month if all stays as it is now, and if the order was confirmed now; none: nothing
/// can be billed yet.
struct month_effect {
  std::optional<amount> now, then;
};
using month_effects = std::map<std::string, month_effect, std::less<>>;  ///< by licence

[[nodiscard]] month_effects month_effects_of(const ledger::observed_range& observed, const order_question& question);

}  // namespace licaudit::api
