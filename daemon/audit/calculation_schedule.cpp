#include "daemon/audit/calculation_schedule.hpp"

#include <algorithm>

namespace licaudit::audit {

std::chrono::milliseconds calculation_schedule::left(std::optional<instant> last, std::chrono::milliseconds every,
                                                     instant now, steady tick) {
  if (last && *last != last_) {
    last_ = *last;
    seen_ = tick;
  }
  const auto by_wall_clock = last_ + every - now;
  const auto by_steady_clock = std::chrono::ceil<std::chrono::milliseconds>(seen_ + every - tick);
  return std::min<std::chrono::milliseconds>(by_wall_clock, by_steady_clock);
}

}  // namespace licaudit::audit
