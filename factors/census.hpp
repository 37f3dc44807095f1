#pragma once

#include "factors/histograms.hpp"
#include "factors/judge.hpp"
#include "factors/mask_table.hpp"
#include "factors/packed_numbers.hpp"
#include "factors/population.hpp"
#include "factors/rejudgement.hpp"
#include "factors/roster.hpp"
#include "factors/switch_board.hpp"
#include "factors/tenant_rules.hpp"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace licaudit::factors {

/// One rule set over the population: what it says of every row, and the histograms of every tenant, kept up to date.
class census {
 public:
  census(std::shared_ptr<const rules> under, const roster& tenants, const population& people);

  /// Takes over from a census of other rules over the same population what holds under these too: answers of tests,
  /// and where few criteria were edited, the tenants that `has` names then, judged anew by the edited ones alone.
  void take_over(const census& before);
  [[nodiscard]] bool has(tenant_index tenant) const { return tenant < tenants_.size() && tenants_[tenant].is_there; }

  [[nodiscard]] const rules& under() const { return *under_; }
  [[nodiscard]] const std::shared_ptr<const rules>& shared_rules() const { return under_; }

  /// As it stands in the roster: classifies its rows again.
  void put_tenant(tenant_index tenant);
  /// Its rows have been removed.
  void remove_tenant(tenant_index tenant);

  void add(row_index row);
  /// Before the population removes or changes it.
  void remove(row_index row);
  /// What stood in one row stands in the other now.
  void move(row_index from, row_index to) { combination_of_.set(to, combination_of_[from]); }
  void forget(const population::left_value& value) { judge_.forget(value); }

  /// What counts at a tenant under a position of the switches: by factor, in the order of the set.
  using sums = std::vector<factor_sum>;
  void sum_up(tenant_index tenant, const switch_board& on, sums& into) const;
  /// The same of one licence's factors alone; the others stay as they are in `into`.
  void sum_up(tenant_index tenant, const switch_board& on, const licence& only, sums& into) const;
  [[nodiscard]] std::vector<licence_count> count(tenant_index tenant, const switch_position& position) const;

  /// Asks again where a criterion failed, so that it can say which.
  [[nodiscard]] std::vector<rule_problem> problems(tenant_index tenant);

  /// Units of the tenant's subjects that change hands with the switches, licence by licence.
  [[nodiscard]] std::int64_t moved(tenant_index tenant, const switch_board& before, const switch_board& after) const;

  /// See engine::lacking. Walks over all subjects of the tenant.
  [[nodiscard]] std::optional<engine::lacking_subjects> lacking(tenant_index tenant, const switch_board& on,
                                                                const licence& holds, const licence& needs) const;

  /// By lane: the factors that apply to the tenant.
  [[nodiscard]] const std::vector<std::uint32_t>& applies(tenant_index tenant) const {
    return services_[tenants_[tenant].service];
  }

  /// What the lanes of its kind say of a row, in the order of `compiled::lanes`.
  [[nodiscard]] const mask_table::masks& masks_of(row_index row) const { return table_.at(combination_of(row)).of; }
  /// The same for all rows of a kind whose masks are equal.
  [[nodiscard]] std::uint32_t combination_of(row_index row) const {
    return static_cast<std::uint32_t>(combination_of_[row]);
  }
  /// One of the row's criteria could not be tested.
  [[nodiscard]] bool has_failed(row_index row) const { return table_.at(combination_of(row)).failed; }

 private:
  struct tenant_state {
    bool is_there = false;
    std::uint32_t service = 0;  ///< in `services_`
  };

  void resize(std::size_t tenants);
  [[nodiscard]] std::uint32_t service_of(const tenant_rules& of);
  /// Lets the judge work under the rules of this tenant.
  void work_for(tenant_index tenant);
  /// The same afresh; `problems`: where to tell them, or null.
  void work_for(tenant_index tenant, std::vector<rule_problem>* problems);
  /// By row: its combination now. Until the next call.
  const std::vector<std::uint32_t>& judge_rows(const row_span& rows);
  /// Afresh, of what was gathered: all its rows.
  void raise_bars(tenant_index tenant);
  /// After these of its rows have moved.
  void move_bars(tenant_index tenant, const std::vector<rejudgement::moved_row>& moved);
  /// Rows are put in heaps by way of combinations, of which there are far fewer; `sum_bars` puts those in `raised_`.
  void gather(std::uint32_t combination, const histograms::heap& more);
  void sum_bars();
  [[nodiscard]] histograms::heap& heap_of(lane_mask_number bar);
  /// n2 of the lane's factors at the tenant.
  [[nodiscard]] std::uint64_t* configured_of(tenant_index tenant, std::size_t lane) {
    return configured_[lane].data() + tenant * under_->inside().lanes[lane].factors.size();
  }
  [[nodiscard]] const std::uint64_t* configured_of(tenant_index tenant, std::size_t lane) const {
    return configured_[lane].data() + tenant * under_->inside().lanes[lane].factors.size();
  }
  void clear_configured(tenant_index tenant);
  void add_to_bars(row_index row, const histograms::heap& more);
  void add_to_bar(tenant_index tenant, lane_mask_number bar, const histograms::heap& more);
  /// Adds the units to n2 of the factors that the mask of the bar is configured for.
  void configure(tenant_index tenant, lane_mask_number bar, std::uint64_t units);
  /// Of the lanes from `first` up to `end`.
  void sum_up(tenant_index tenant, const switch_board& on, std::uint32_t first, std::uint32_t end, sums& into) const;

  // census_terms.cpp
  void apply_terms(tenant_index tenant, const switch_board& on, std::uint32_t first, std::uint32_t end,
                   sums& into) const;
  void add_numbers(tenant_index tenant, const switch_board& on, std::uint32_t lane, sums& into) const;
  void add_meters(tenant_index tenant, const switch_board& on, std::uint32_t lane, sums& into) const;
  void add_term_problems(tenant_index tenant, std::vector<rule_problem>& to) const;
  void add_measure_problems(tenant_index tenant, std::uint32_t lane, std::vector<rule_problem>& to) const;
  /// Calls `act(row, measure, mask)` for the subjects of the lane's kind that have one.
  template <class Act>
  void each_measured(tenant_index tenant, std::uint32_t lane, const Act& act) const;
  [[nodiscard]] std::string name_of_meter(row_index row) const;
  static void complete(rule_problem& one);

  std::shared_ptr<const rules> under_;
  bool has_terms_;  ///< some factor counts otherwise than by quantities
  const roster& roster_;
  const population& people_;
  judge judge_;
  mask_table table_;
  packed_numbers combination_of_{2};                  ///< by row
  std::vector<std::vector<std::uint32_t>> services_;  ///< the few different `tenant_rules::applies`
  std::vector<tenant_state> tenants_;
  histograms bars_;
  /// By lane, tenant and bit, modulo 2^64 as the bars are, whose sum it is: no position of a switch changes it.
  std::vector<std::vector<std::uint64_t>> configured_;
  std::unordered_map<tenant_index, std::vector<rule_problem>> problems_;  ///< that are known without a subject

  tenant_index at_work_ = UINT32_MAX;
  tenant_rules bound_{};  ///< of the tenant at work

  // While bars are raised; the heaps are empty between calls.
  std::vector<histograms::heap> combination_heaps_;       ///< by number
  std::vector<std::vector<histograms::heap>> bar_heaps_;  ///< by lane and place
  std::vector<std::uint32_t> used_combinations_;
  std::vector<histograms::bar> raised_;
};

}  // namespace licaudit::factors
