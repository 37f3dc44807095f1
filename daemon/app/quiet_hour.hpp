#pragma once

#include "model/instant.hpp"
#include "model/time_zone.hpp"

#include <chrono>
#include <optional>

namespace licaudit::app {

/// When work is done that can wait: once a local day, at half past three; where the daemon did not run then, ten
/// minutes after its start, so that a host that sleeps at night has it done too.
class quiet_hour {
 public:
  explicit quiet_hour(instant started) : started_(started) {}

  [[nodiscard]] bool is_due(instant now, const time_zone& zone) const {
    const auto local = zone.civil(now);
    if (done_ == local.day || now < started_ + std::chrono::minutes(10)) return false;
    return local.clock.to_duration() >= std::chrono::hours(3) + std::chrono::minutes(30);
  }
  void done(instant now, const time_zone& zone) { done_ = zone.civil(now).day; }

 private:
  instant started_;
  std::optional<std::chrono::year_month_day> done_{};
};

}  // namespace licaudit::app
