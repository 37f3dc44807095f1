#pragma once

#include "daemon/access/policy.hpp"
#include "daemon/audit/office.hpp"
#include "daemon/settings/settings.hpp"
#include "daemon/sync/source_plan.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace licaudit::app {

using settings_ptr = std::shared_ptr<const settings::settings>;

// The settings in the words of the rooms that may not know them.

/// One plan a source, `tenants` first; a source with `for_each` has one for each tenant of its service in the view,
/// named NAME.TENANT.
[[nodiscard]] std::vector<sync::source_plan> plans_of(const settings_ptr& all, const audit::view& tenants);

[[nodiscard]] audit::policy policy_of(const settings_ptr& all);

[[nodiscard]] std::shared_ptr<const access::policy> access_of(const settings::settings& all);

/// Rules of another revision than the files', compiled with the plugins that they name. Any thread.
[[nodiscard]] result<std::shared_ptr<const factors::rules>> compile_rules(const settings::settings& all,
                                                                          const factor_set& set);

}  // namespace licaudit::app
