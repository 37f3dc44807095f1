#pragma once

#include "daemon/api/house.hpp"
#include "daemon/api/route_table.hpp"

namespace licaudit::api {

/// Every route there is.
[[nodiscard]] route_table all_routes(const house& all);

// One file each; `all_routes` calls them.
void add_status_routes(route_table& routes, const house& all);
void add_tenant_routes(route_table& routes, const house& all);
void add_move_routes(route_table& routes, const house& all);
void add_subject_routes(route_table& routes, const house& all);
void add_licence_routes(route_table& routes, const house& all);
void add_apply_routes(route_table& routes, const house& all);
void add_source_routes(route_table& routes, const house& all);
void add_finding_routes(route_table& routes, const house& all);
void add_log_routes(route_table& routes, const house& all);
void add_rules_routes(route_table& routes, const house& all);
void add_backup_routes(route_table& routes, const house& all);
void add_usage_routes(route_table& routes, const house& all);
void add_bill_routes(route_table& routes, const house& all);
void add_order_routes(route_table& routes, const house& all);
void add_bill_life_routes(route_table& routes, const house& all);
void add_bill_subjects_routes(route_table& routes, const house& all);

/// 200 with JSON.
[[nodiscard]] response json_answer(std::string body);

}  // namespace licaudit::api
