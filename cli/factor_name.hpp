#pragma once

#include "cli/session.hpp"

#include <string>

namespace licaudit::cli {

struct factor_name {
  std::string licence, factor;
};

/// `ump/user-interface`, or `user-interface` alone where one licence of the tenant's page, else of the rules, has it.
/// exit_status 5 names the choices otherwise.
[[nodiscard]] outcome<factor_name> find_factor(const session& with, const std::string& tenant, const std::string& text);

}  // namespace licaudit::cli
