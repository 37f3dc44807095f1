#pragma once

#include "factors/rules.hpp"

#include <vector>

namespace licaudit::factors {

/// What must hold among the licences and factors of a set, whatever their criteria say: names, priorities, billing, how
/// they are sold and how they count.
void check_set(const factor_set& set, std::vector<rule_error>& errors);

}  // namespace licaudit::factors
