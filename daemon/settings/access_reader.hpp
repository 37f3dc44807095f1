#pragma once

#include "daemon/settings/yaml_value.hpp"

#include <optional>
#include <string>
#include <vector>

namespace licaudit::settings {

/// The list `access`. Names of users and groups become numbers here; one that does not exist is a problem.
[[nodiscard]] std::vector<access_rule> read_access(const yaml_value& list);

/// 64 hex digits, as `sha256sum` prints them; lower case.
[[nodiscard]] std::optional<std::string> read_sha256(const yaml_value& value);

}  // namespace licaudit::settings
