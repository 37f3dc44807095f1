#pragma once

#include "factors/census.hpp"

#include <cstdint>

namespace licaudit::factors {

/// A rule set with a position of its switches.
struct view_of_rules {
  const census& under;
  const switch_board& on;
};

/// Units of the tenant's subjects that another factor holds, licence by licence, between two rule sets over one
/// population. Licences and factors are the same if their ids are.
[[nodiscard]] std::int64_t moved(const population& people, tenant_index tenant, const view_of_rules& before,
                                 const view_of_rules& after);

}  // namespace licaudit::factors
