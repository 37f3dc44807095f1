#pragma once

#include "daemon/audit/desk.hpp"

#include <vector>

namespace licaudit::audit {

/// Who uses a licence without another that it requires: subject by subject where both count the same kind of subject,
/// else the tenant as a whole. Never changes a count.
void add_need_findings(desk& all, const tenant_slot& slot, std::vector<finding>& made);

}  // namespace licaudit::audit
