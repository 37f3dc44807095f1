#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// What an Apply would do (the answer carries `plan`) or has done (it carries `calculation`): per tenant, licence and
/// factor from and to, what becomes effective, and the command that does it.
[[nodiscard]] std::string plan_page(const json::object& answer, const view& as);

}  // namespace licaudit::cli::rendering
