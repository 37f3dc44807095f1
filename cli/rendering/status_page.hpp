#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// /v1/status for a person: the daemon, its sources, what waits for somebody.
[[nodiscard]] std::string status_page(const json::object& status, const view& as);

/// The revision in force, the one that waits, and the factors with their criteria: /v1/rules.
[[nodiscard]] std::string rules_page(const json::object& rules, const view& as);

}  // namespace licaudit::cli::rendering
