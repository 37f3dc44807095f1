#pragma once

#include "daemon/ledger/database.hpp"
#include "model/instant.hpp"
#include "model/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::ledger {

/// The highest licensed value of a tenant and licence within a range, and the first instant of the range at which it
/// held.
struct licensed_peak {
  std::string tenant, licence;
  std::int64_t licensed = 0;
  instant at{};
  std::optional<std::int64_t> last{};  ///< what is in force as the range ends; none: it is not shown any more
  bool operator==(const licensed_peak&) const = default;
};

/// Of all tenants and licences that are shown in [since, until), in the order of the table: by tenant as it came to be
/// known, then by licence likewise. What is in force when the range begins belongs to it. The value is that of the
/// tallies whatever their state; one read transaction.
[[nodiscard]] result<std::vector<licensed_peak>> licensed_peaks(database& db, instant since, instant until);

}  // namespace licaudit::ledger
