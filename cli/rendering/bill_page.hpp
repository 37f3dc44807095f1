#pragma once

#include "cli/rendering/view.hpp"
#include "model/json.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// Tenant by tenant: each licence, its quantity, and the sentences that explain it.
[[nodiscard]] std::string bill_page(const json::object& answer, const view& as);

}  // namespace licaudit::cli::rendering
