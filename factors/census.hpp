#pragma once

#include "factors/histogram.hpp"
#include "factors/judge.hpp"
#include "factors/population.hpp"
#include "factors/tenant_rules.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace licaudit::factors {

/// One rule set over the population: what it says of every row, and the histograms of every tenant, kept up to date.
class census {
 public:
  census(std::shared_ptr<const rules> under, const population& people);

  [[nodiscard]] const rules& under() const { return *under_; }
  [[nodiscard]] const std::shared_ptr<const rules>& shared_rules() const { return under_; }

  /// Classifies the tenant's rows again if they would be judged otherwise.
  void put_tenant(tenant_index tenant, const licaudit::tenant& value, instant now);
  /// Its rows have been removed.
  void remove_tenant(tenant_index tenant);

  void add(row_index row);
  /// Before the population removes it.
  void remove(row_index row);
  void forget(const population::left_value& value) { judge_.forget(value); }

  [[nodiscard]] std::vector<licence_count> count(tenant_index tenant, const switch_position& on) const;
  /// Asks again where a criterion failed, so that it can say which.
  [[nodiscard]] std::vector<rule_problem> problems(tenant_index tenant);

  /// What the lanes of its kind say of a row, in the order of `compiled::lanes`.
  [[nodiscard]] const mask_table::masks& masks_of(row_index row) const;
  [[nodiscard]] const tenant_rules& rules_of(tenant_index tenant) const { return tenants_[tenant]->rules; }

 private:
  struct tenant_state {
    tenant_rules rules;
    std::vector<histogram> lanes;
  };

  void count_lane(std::uint32_t lane, const tenant_state& of, const switch_position& on, licence_count& into) const;

  std::shared_ptr<const rules> under_;
  const population& people_;
  judge judge_;
  std::array<mask_table, subject_kinds.size()> combinations_;
  std::vector<std::uint32_t> combination_of_;           ///< by row
  std::vector<std::unique_ptr<tenant_state>> tenants_;  ///< the judge remembers addresses
};

}  // namespace licaudit::factors
