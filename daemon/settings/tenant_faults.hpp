#pragma once

#include "daemon/settings/yaml_value.hpp"

namespace licaudit::settings {

/// Refuses every key of this tenant that model/tenant.hpp does not take, each at its own place. The model stops at the
/// first fault and knows no lines; here each key, item and member is given to it alone to see which one it refuses.
/// True if anything was refused.
bool refuse_tenant_faults(const yaml_value& value);

}  // namespace licaudit::settings
