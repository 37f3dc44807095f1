#pragma once

#include "daemon/api/order_months.hpp"
#include "daemon/audit/office.hpp"
#include "model/json.hpp"

#include <optional>
#include <string>

namespace licaudit::api {

/// A cart as JSON: its lines with what they make of this month; `done` if it was confirmed.
[[nodiscard]] std::string order_page(const audit::view& all, const audit::cart_page& cart, const month_effects& months,
                                     const std::optional<audit::done>& done = {});

/// What goes beside the sentence where lines are blocked.
[[nodiscard]] json::object blocked_members(const audit::cart_page& cart);
/// `nothing was ordered: voice: ...; outbound: ...`
[[nodiscard]] std::string blocked_text(const audit::cart_page& cart);

/// What a limit is now.
[[nodiscard]] std::string limit_page(const audit::view& all, const std::string& tenant, const std::string& licence,
                                     std::optional<std::int64_t> limit, const audit::done& done);

/// What the tenant's page will show as acquired after the order, by licence.
[[nodiscard]] std::map<std::string, std::int64_t, std::less<>> acquired_after(const audit::tenant_view& of,
                                                                              const audit::cart_page& cart);

}  // namespace licaudit::api
