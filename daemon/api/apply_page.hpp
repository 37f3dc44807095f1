#pragma once

#include "daemon/audit/office.hpp"

#include <optional>
#include <string>

namespace licaudit::api {

/// What Apply would do (with the name of the plan), or has done (with operation and calculation).
[[nodiscard]] std::string apply_page(const audit::apply_plan& plan, const std::optional<audit::done>& done = {});

}  // namespace licaudit::api
