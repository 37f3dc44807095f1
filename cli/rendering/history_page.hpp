#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// Dated tallies, one table per licence: /v1/tenants/{t}/history.
[[nodiscard]] std::string history_page(const json::object& history, const view& as);

}  // namespace licaudit::cli::rendering
