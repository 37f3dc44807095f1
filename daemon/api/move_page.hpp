#pragma once

#include "daemon/audit/office.hpp"

#include <optional>
#include <string>

namespace licaudit::api {

/// What a move changes; without `outcome` what it would change.
[[nodiscard]] std::string move_page(const audit::relocation& what, const std::optional<audit::done>& outcome);

}  // namespace licaudit::api
