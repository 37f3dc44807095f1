#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "factors/rules.hpp"
#include "model/instant.hpp"
#include "model/subject.hpp"
#include "model/time_zone.hpp"

#include <functional>
#include <map>
#include <optional>

namespace licaudit::audit {

/// When the month began that an instant lies in, by the zone of each tenant. Tenants of one zone ask its calendar once.
class month_starts {
 public:
  month_starts(const tenant_book& tenants, instant at) : tenants_(tenants), at_(at) {}

  [[nodiscard]] instant of(const tenant_slot& slot);

 private:
  const tenant_book& tenants_;
  instant at_;
  std::map<const tenant_slot*, instant> known_;  ///< by who names the zone
};
[[nodiscard]] instant month_start(const time_zone& zone, instant at);

/// Some licence of the rules counts meters by the month.
[[nodiscard]] bool counts_by_month(const factor_set& rules);
/// Some factor of the licence counts meters.
[[nodiscard]] bool counts_meters(const licence& of);
/// The meter is configured for a licence that counts by the month: only such a counter can fall.
[[nodiscard]] bool is_monthly_counter(const factors::rules& under, const tenant& whose, const subject& meter,
                                      instant now);

/// What stands around a reading.
struct reading_context {
  instant dated;                                     ///< of a reading that does not say when it was read: the run's
  const time_zone& zone;                             ///< of the tenant
  std::function<bool(const field_map&)> is_counter;  ///< asked where it shows less than before
};
/// The fields of a meter once its source gave this reading after that one; none: it says nothing new, because it is
/// older than what is known, or the same. A counter that fell within its month remembers from where, until it shows as
/// much again.
[[nodiscard]] std::optional<field_map> newer_reading(const field_map* before, field_map given,
                                                     const reading_context& around);

}  // namespace licaudit::audit
