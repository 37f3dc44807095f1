#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "model/factor_set.hpp"
#include "model/finding.hpp"

#include <vector>

namespace licaudit::audit {

/// Where a source says something else of what was acquired than the orders do, and where a pool is smaller than what is
/// handed out of it, as a source can make it.
void add_order_findings(const tenant_slot& slot, const factor_set& rules, std::vector<finding>& all);

}  // namespace licaudit::audit
