#pragma once

#include <cstdint>

namespace licaudit::audit {

/// The thresholds of the guards (domain.md 2): a share over `percent` that is also over `least`.
struct guard {
  std::int64_t percent = 20;
  std::int64_t least = 10;

  /// Would a change of so many out of so many be suspicious? Nothing out of nothing is not, and what was not there
  /// before cannot swing.
  [[nodiscard]] bool trips(std::int64_t change, std::int64_t of) const {
    return of > 0 && change > least && change * 100 > of * percent;
  }
};

}  // namespace licaudit::audit
