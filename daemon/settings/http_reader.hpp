#pragma once

#include "daemon/settings/yaml_value.hpp"

#include <optional>

namespace licaudit::settings {

/// The map `http`; `listen` is all it has, and what makes it.
[[nodiscard]] std::optional<listen_address> read_http(const yaml_value& map);

}  // namespace licaudit::settings
