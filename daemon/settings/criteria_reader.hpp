#pragma once

#include "daemon/settings/rule_places.hpp"
#include "daemon/settings/yaml_value.hpp"
#include "model/factor_set.hpp"

#include <string>

namespace licaudit::settings {

/// A list of criteria; `rule_path` is that of the list (`licences.ump.factors.direct-routing.match`).
[[nodiscard]] criteria read_criteria(const yaml_value& list, const std::string& rule_path, rule_places& places);

}  // namespace licaudit::settings
