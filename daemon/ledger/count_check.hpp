#pragma once

#include "daemon/ledger/database.hpp"

#include <string>
#include <vector>

namespace licaudit::ledger {

/// A count of a tenant's subjects that is not that of the rows that it counts.
struct wrong_count {
  std::string tenant;
  std::string what;    ///< the count
  std::string source;  ///< whose it is; empty: of no source alone
};

/// Both ways: what is counted and not there, and what is there and not counted.
[[nodiscard]] std::vector<wrong_count> wrong_counts(database& db);

}  // namespace licaudit::ledger
