#pragma once

#include "daemon/ledger/peaks.hpp"
#include "model/factor_set.hpp"
#include "model/finding.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::audit {

/// The last value is over 10 % under the peak of the month.
[[nodiscard]] bool is_dip(std::int64_t peak, std::int64_t last);

/// `month-end-dip` for each tenant and licence that had one and is billed by its last value: somebody may have taken
/// licences away for the day on which they are counted. `is_asked`: of which tenants.
[[nodiscard]] std::vector<finding> month_end_dips(const std::vector<ledger::licensed_peak>& peaks,
                                                  std::chrono::year_month month, const factor_set& rules,
                                                  const std::function<bool(const std::string& tenant)>& is_asked);

}  // namespace licaudit::audit
