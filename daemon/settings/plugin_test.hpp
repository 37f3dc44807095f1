#pragma once

#include "factors/value_test.hpp"

#include <licaudit/factor_plugin.h>

namespace licaudit::settings {

/// A factory of tests over a loaded plugin's table, which lives as long as the process.
[[nodiscard]] factors::value_test_factory make_plugin_factory(const licaudit_factor_plugin& table);

}  // namespace licaudit::settings
