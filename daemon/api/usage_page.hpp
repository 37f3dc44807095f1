#pragma once

#include "daemon/api/ledger_line.hpp"
#include "daemon/audit/view.hpp"

#include <string>
#include <string_view>

namespace licaudit::api {

/// True if a factor that counts meters applies to the tenant: then its exact
/// readings stand in its inventory.
[[nodiscard]] bool has_meters(const audit::view& all, const audit::tenant_view& of);

/// Every licence of a tenant in the words of how it is sold: used/bought or n1
/// (n2), limits with their state, pools, successors, and the exact readings of
/// the meters that `now_there` holds. `names`: the caller may see subjects, so
/// meters are named.
[[nodiscard]] std::string usage_page(const audit::view& all, const audit::tenant_view& of,
                                     const dated_inventory& now_there, bool names, instant now);

}  // namespace licaudit::api
