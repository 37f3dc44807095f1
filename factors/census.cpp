#include "factors/census.hpp"

#include "factors/failure_report.hpp"

#include <algorithm>
#include <bit>

namespace licaudit::factors {

census::census(std::shared_ptr<const rules> under, const population& people)
    : under_(std::move(under)), people_(people), judge_(under_->inside(), people) {}

void census::put_tenant(tenant_index tenant, const licaudit::tenant& value, instant now) {
  auto bound = bind(under_->inside(), value, now, people_.fields());
  if (tenant >= tenants_.size()) tenants_.resize(tenant + 1);
  auto& state = tenants_[tenant];
  if (state && state->rules.judges_like(bound)) {
    state->rules.problems = std::move(bound.problems);
    return;
  }
  if (state) judge_.forget(state->rules);
  state = std::make_unique<tenant_state>();
  state->rules = std::move(bound);
  state->lanes.resize(under_->inside().lanes.size());
  for (auto row = people_.first_of(tenant); row != no_row; row = people_.at(row).next) add(row);
}

void census::remove_tenant(tenant_index tenant) {
  judge_.forget(tenants_[tenant]->rules);
  tenants_[tenant].reset();
}

void census::add(row_index row) {
  const auto& one = people_.at(row);
  auto& state = *tenants_[one.tenant];
  const auto masks = judge_.masks_of(row, state.rules);
  const auto& lanes = judge_.lanes_of(one.kind);
  for (std::size_t i = 0; i < lanes.size(); ++i) state.lanes[lanes[i]].add(masks[i], one.units);
  if (row >= combination_of_.size()) combination_of_.resize(row + 1);
  combination_of_[row] = combinations_[index_of(one.kind)].number_of(masks);
}

void census::remove(row_index row) {
  const auto& one = people_.at(row);
  const auto& masks = masks_of(row);
  const auto& lanes = judge_.lanes_of(one.kind);
  for (std::size_t i = 0; i < lanes.size(); ++i) tenants_[one.tenant]->lanes[lanes[i]].remove(masks[i], one.units);
}

const mask_table::masks& census::masks_of(row_index row) const {
  return combinations_[index_of(people_.at(row).kind)].of(combination_of_[row]);
}

std::vector<licence_count> census::count(tenant_index tenant, const switch_position& on) const {
  const auto& all = under_->inside();
  const auto& state = *tenants_[tenant];
  std::vector<licence_count> counts;
  for (std::uint32_t lane = 0; lane < all.lanes.size(); ++lane) {
    if (state.rules.applies[lane] == 0) continue;
    const auto* of = all.lanes[lane].of;
    if (counts.empty() || counts.back().which != of) counts.push_back({of, {}});
    count_lane(lane, state, on, counts.back());
  }
  for (auto& one : counts) {
    // The factors lie in one array, in the order of the set.
    std::sort(one.factors.begin(), one.factors.end(), [](const auto& a, const auto& b) { return a.which < b.which; });
  }
  return counts;
}

void census::count_lane(std::uint32_t lane, const tenant_state& of, const switch_position& on,
                        licence_count& into) const {
  const auto& all = under_->inside();
  const auto& factors = all.lanes[lane].factors;
  struct sums {
    std::uint64_t n1 = 0, n2 = 0;
  };
  std::array<sums, most_factors_of_a_lane> by_bit{};
  std::uint32_t switched_on = 0;
  std::uint32_t failed = 0;
  const auto applies = of.rules.applies[lane];
  for (auto left = applies; left != 0; left &= left - 1) {
    const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
    if (on(*into.which, *all.factors[factors[bit]].which)) switched_on |= 1U << bit;
  }
  for (const auto& bar : of.lanes[lane].bars()) {
    failed |= bar.of.failed;
    for (auto left = bar.of.configured; left != 0; left &= left - 1) {
      by_bit[static_cast<std::size_t>(std::countr_zero(left))].n2 += bar.units;
    }
    // The lowest bit is the highest priority: it holds the subject.
    if (const auto holders = bar.of.eligible & switched_on; holders != 0) {
      by_bit[static_cast<std::size_t>(std::countr_zero(holders))].n1 += bar.units;
    }
  }
  for (auto left = applies; left != 0; left &= left - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(left));
    into.factors.push_back({all.factors[factors[bit]].which, (switched_on >> bit & 1U) != 0, (failed >> bit & 1U) != 0,
                            static_cast<std::int64_t>(by_bit[bit].n1), static_cast<std::int64_t>(by_bit[bit].n2)});
  }
}

std::vector<rule_problem> census::problems(tenant_index tenant) {
  const auto& state = *tenants_[tenant];
  auto found = state.rules.problems;
  const bool failed = std::any_of(state.lanes.begin(), state.lanes.end(), [](const histogram& one) {
    return std::any_of(one.bars().begin(), one.bars().end(), [](const auto& bar) { return bar.of.failed != 0; });
  });
  if (!failed) return found;
  failure_report report(under_->inside(), people_, judge_, state.rules);
  for (auto row = people_.first_of(tenant); row != no_row; row = people_.at(row).next) report.add(row, masks_of(row));
  for (auto& one : report.problems()) found.push_back(std::move(one));
  return found;
}

}  // namespace licaudit::factors
