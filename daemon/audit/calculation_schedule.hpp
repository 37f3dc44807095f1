#pragma once

#include "model/instant.hpp"

#include <chrono>
#include <optional>

namespace licaudit::audit {

/// When the next calculation at an interval is due: a pure value, told two clocks. The wall clock can be set, and the
/// steady one does not see that a machine slept, so whichever has passed the interval first makes it due: a wall clock
/// that is set back leaves no gap, one that is set forward makes one calculation and no flood.
class calculation_schedule {
 public:
  using steady = std::chrono::steady_clock::time_point;

  calculation_schedule(instant now, steady tick) : last_(now), seen_(tick) {}

  /// How long it is until then; zero or less: now. `last`: the newest calculation of all tenants, whatever made it;
  /// none: since the beginning.
  [[nodiscard]] std::chrono::milliseconds left(std::optional<instant> last, std::chrono::milliseconds every,
                                               instant now, steady tick);

 private:
  instant last_;
  steady seen_;  ///< when `last_` was first heard of
};

}  // namespace licaudit::audit
