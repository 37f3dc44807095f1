#pragma once

#include "model/calculation.hpp"

#include <cstdint>
#include <vector>

namespace licaudit::audit {

/// The sum of what the tenants right under one show. A child that changes is taken out as it was and put in as it is,
/// so that ten thousand children need not be added up again.
class child_sum {
 public:
  void add(const tenant_tally& child) { count(child, 1); }
  /// As it was added.
  void remove(const tenant_tally& child) { count(child, -1); }

  /// Numbers add, the worse state holds; `on` of a factor that the tally has not is left for the caller.
  void add_to(tenant_tally& tally) const;

 private:
  struct factor_sum {
    interned_text factor;
    std::int64_t children = 0, calculated = 0, with_configured = 0, configured = 0;
  };
  struct licence_sum {
    interned_text licence;
    std::int64_t children = 0, licensed = 0, with_acquired = 0, acquired = 0, degraded = 0, held = 0;
    std::vector<factor_sum> factors;
  };
  void count(const tenant_tally& child, std::int64_t sign);
  static void count(const licence_tally& child, std::int64_t sign, licence_sum& into);

  std::int64_t monitored_ = 0;
  std::vector<licence_sum> licences_;  ///< some that no child has any more
};

}  // namespace licaudit::audit
