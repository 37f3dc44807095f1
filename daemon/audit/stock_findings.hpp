#pragma once

#include "daemon/audit/desk.hpp"

#include <vector>

namespace licaudit::audit {

/// Of what a tenant has acquired and licensed: `over-use`, and `low` where its catalogue warns before it; of its limits
/// `near-limit` and `limit-exhausted`. Notes in the
/// desk when one of them becomes louder by itself. A parent has its own only where its acquired quantity does not cover
/// its subtree for a reason that no tenant under it has told already.
void add_stock_findings(desk& all, const tenant_slot& slot, instant now, std::vector<finding>& made);

}  // namespace licaudit::audit
