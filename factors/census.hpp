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

  /// Takes over from a census of other rules over the same population what holds under these too: answers of tests,
  /// and where few criteria were edited, the tenants that `has` names then, judged anew by the edited ones alone.
  void take_over(const census& before);
  [[nodiscard]] bool has(tenant_index tenant) const {
    return tenant < tenants_.size() && tenants_[tenant].rules != nullptr;
  }

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

  /// Units of the tenant's subjects that change hands with the switches, licence by licence.
  [[nodiscard]] std::int64_t moved(tenant_index tenant, const switch_position& before,
                                   const switch_position& after) const;

  /// By lane: the bits of the factors that apply to the tenant and are on.
  [[nodiscard]] std::vector<std::uint32_t> switched_on(tenant_index tenant, const switch_position& on) const;

  /// What the lanes of its kind say of a row, in the order of `compiled::lanes`.
  [[nodiscard]] const mask_table::masks& masks_of(row_index row) const;
  /// The same for all rows whose masks are equal.
  [[nodiscard]] std::uint32_t combination_of(row_index row) const { return combination_of_[row]; }

 private:
  struct tenant_state {
    std::shared_ptr<const tenant_rules> rules;  ///< null: no tenant; the judge remembers its address
    std::uint32_t service = 0;                  ///< in `services_`
    histogram bars;
    std::vector<rule_problem> problems;  ///< that are known without a subject
  };

  /// By lane: the factors that apply to the tenant.
  [[nodiscard]] const std::vector<std::uint32_t>& applies(tenant_index tenant) const {
    return services_[tenants_[tenant].service];
  }
  [[nodiscard]] std::uint32_t service_of(const tenant_rules& of);

  void judge_row(row_index row, const tenant_rules& under);
  /// True if the factor says otherwise of any row than it did.
  bool judge_again(tenant_index tenant, std::uint32_t factor, std::vector<std::uint32_t>& next);
  /// Anew in these lanes, each named once.
  void raise_bars(tenant_index tenant, const std::vector<std::uint32_t>& lanes);

  struct sums {
    std::uint64_t n1 = 0, n2 = 0;
    bool failed = false;
  };
  /// By factor.
  void sum_up(const tenant_state& of, const std::vector<std::uint32_t>& switched_on, std::vector<sums>& into) const;

  std::shared_ptr<const rules> under_;
  const population& people_;
  judge judge_;
  std::array<mask_table, subject_kinds.size()> combinations_;
  std::vector<std::uint32_t> combination_of_;  ///< by row
  std::vector<std::uint32_t> all_lanes_;
  std::vector<std::vector<std::uint32_t>> services_;  ///< the few different `tenant_rules::applies`
  std::vector<tenant_state> tenants_;

  std::array<std::vector<histogram::heap>, subject_kinds.size()> heaps_;  ///< by combination; empty between calls
};

}  // namespace licaudit::factors
