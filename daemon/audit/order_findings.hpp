#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "model/finding.hpp"

#include <vector>

namespace licaudit::audit {

/// Where a source says something else of what was acquired than the orders do.
void add_order_findings(const tenant_slot& slot, std::vector<finding>& all);

}  // namespace licaudit::audit
