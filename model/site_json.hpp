#pragma once

#include "model/json.hpp"
#include "model/tenant.hpp"
#include "model/time_zone.hpp"

#include <string>

namespace licaudit {

// The sites inside the record of a tenant; tenant_json.cpp puts them together.

[[nodiscard]] json::object to_json(const site& value);

/// `what` begins every message; `zone` is where a former gateway's last day ends.
[[nodiscard]] result<site> site_from_json(const json::value& value, const std::string& what, const time_zone& zone);

}  // namespace licaudit
