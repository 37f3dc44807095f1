#pragma once

#include "daemon/api/json_text.hpp"
#include "daemon/audit/office.hpp"
#include "daemon/audit/view.hpp"

#include <optional>

namespace licaudit::api {

/// A tenant as the list of tenants shows it.
void add_tenant(json_text& out, const audit::tenant_view& of);

/// A tenant alone: with its sites, settings and switches, and with what was just done to it.
[[nodiscard]] std::string tenant_page(const audit::tenant_view& of, const std::optional<audit::done>& done = {});

/// The members `operation` and, where one was made, `calculation`.
void add_done(json_text& out, const audit::done& what);

}  // namespace licaudit::api
