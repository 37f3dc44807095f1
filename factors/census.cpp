#include "factors/census.hpp"

#include "factors/failure_report.hpp"
#include "factors/rule_change.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <set>
#include <utility>

namespace licaudit::factors {
namespace {

std::uint32_t lowest_bit(std::uint32_t bits) {
  return bits & (~bits + 1U);
}

}  // namespace

census::census(std::shared_ptr<const rules> under, const population& people)
    : under_(std::move(under)), people_(people), judge_(under_->inside(), people) {
  all_lanes_.resize(under_->inside().lanes.size());
  std::iota(all_lanes_.begin(), all_lanes_.end(), 0U);
}

void census::take_over(const census& before) {
  judge_.learn_from(before.judge_);
  const auto& was = before.under_->inside();
  const auto edited = edited_factors(was, under_->inside());
  if (!edited) return;
  combinations_ = before.combinations_;
  combination_of_ = before.combination_of_;
  services_ = before.services_;
  tenants_.resize(before.tenants_.size());
  std::vector<std::vector<std::uint32_t>> next(edited->size());
  for (tenant_index i = 0; i < tenants_.size(); ++i) {
    if (!before.has(i) || !outlasts(*before.tenants_[i].rules, *edited)) continue;
    tenants_[i] = before.tenants_[i];
    for (auto& one : tenants_[i].problems) one = moved_to(under_->inside(), was, std::move(one));
    std::set<std::uint32_t> changed;
    for (std::size_t j = 0; j < edited->size(); ++j) {
      if (judge_again(i, (*edited)[j], next[j])) changed.insert(under_->inside().factors[(*edited)[j]].lane);
    }
    if (!changed.empty()) raise_bars(i, {changed.begin(), changed.end()});
  }
}

/// `next` remembers which combination follows which, by number and what the factor says: 3 bits.
bool census::judge_again(tenant_index tenant, std::uint32_t factor, std::vector<std::uint32_t>& next) {
  const auto& of = under_->inside().factors[factor];
  if ((applies(tenant)[of.lane] >> of.bit & 1U) == 0) return false;
  const auto kind = of.which->kind;
  auto& combinations = combinations_[index_of(kind)];
  const auto place = judge_.place_of(of.lane);
  const auto bit = 1U << of.bit;
  bool changed = false;
  for (auto row = people_.first_of(tenant); row != no_row; row = people_.at(row).next) {
    if (people_.at(row).kind != kind) continue;
    const auto said = judge_.shared_bits(factor, row);
    const auto now = combination_of_[row];
    const auto key =
        now * 8U + (said.configured != 0 ? 1U : 0U) + (said.eligible != 0 ? 2U : 0U) + (said.failed != 0 ? 4U : 0U);
    if (key >= next.size()) next.resize(combinations.size() * 8U, no_index);
    if (next[key] == no_index) {
      auto masks = combinations.of(now);
      masks[place] = {(masks[place].configured & ~bit) | said.configured,
                      (masks[place].eligible & ~bit) | said.eligible, (masks[place].failed & ~bit) | said.failed};
      next[key] = combinations.number_of(masks);
    }
    changed |= next[key] != now;
    combination_of_[row] = next[key];
  }
  return changed;
}

void census::put_tenant(tenant_index tenant, const licaudit::tenant& value, instant now) {
  auto bound = bind(under_->inside(), value, now, people_.fields());
  auto problems = std::move(bound.problems);
  if (tenant >= tenants_.size()) tenants_.resize(tenant + 1);
  auto& state = tenants_[tenant];
  if (!state.rules || !state.rules->judges_like(bound)) {
    if (state.rules) judge_.forget(*state.rules);
    state = {};
    state.service = service_of(bound);
    state.rules = std::make_shared<const tenant_rules>(std::move(bound));
    for (auto row = people_.first_of(tenant); row != no_row; row = people_.at(row).next) judge_row(row, *state.rules);
    raise_bars(tenant, all_lanes_);
  }
  state.problems = std::move(problems);
}

void census::remove_tenant(tenant_index tenant) {
  judge_.forget(*tenants_[tenant].rules);
  tenants_[tenant] = {};
}

std::uint32_t census::service_of(const tenant_rules& of) {
  const auto known = std::find(services_.begin(), services_.end(), of.applies);
  const auto index = static_cast<std::uint32_t>(known - services_.begin());
  if (known == services_.end()) services_.push_back(of.applies);
  return index;
}

void census::judge_row(row_index row, const tenant_rules& under) {
  if (row >= combination_of_.size()) combination_of_.resize(people_.size());
  combination_of_[row] = combinations_[index_of(people_.at(row).kind)].number_of(judge_.masks_of(row, under));
}

/// Combination by combination, of which there are far fewer than rows.
void census::raise_bars(tenant_index tenant, const std::vector<std::uint32_t>& lanes) {
  std::vector<std::pair<subject_kind, std::uint32_t>> used;
  for (const auto kind : subject_kinds) heaps_[index_of(kind)].resize(combinations_[index_of(kind)].size());
  for (auto row = people_.first_of(tenant); row != no_row; row = people_.at(row).next) {
    const auto& one = people_.at(row);
    auto& heap = heaps_[index_of(one.kind)][combination_of_[row]];
    if (heap.subjects++ == 0) used.emplace_back(one.kind, combination_of_[row]);
    heap.units += static_cast<std::uint64_t>(one.units);
  }
  auto& bars = tenants_[tenant].bars;
  for (const auto lane : lanes) bars.clear(lane);
  for (const auto& [kind, number] : used) {
    auto& heap = heaps_[index_of(kind)][number];
    const auto& masks = combinations_[index_of(kind)].of(number);
    for (const auto lane : lanes) {
      if (under_->inside().lanes[lane].kind == kind) bars.add(lane, masks[judge_.place_of(lane)], heap);
    }
    heap = {};
  }
}

void census::add(row_index row) {
  const auto& one = people_.at(row);
  auto& state = tenants_[one.tenant];
  judge_row(row, *state.rules);
  const auto& masks = masks_of(row);
  const auto& lanes = judge_.lanes_of(one.kind);
  for (std::size_t i = 0; i < lanes.size(); ++i) state.bars.add(lanes[i], masks[i], one.units);
}

void census::remove(row_index row) {
  const auto& one = people_.at(row);
  const auto& masks = masks_of(row);
  const auto& lanes = judge_.lanes_of(one.kind);
  for (std::size_t i = 0; i < lanes.size(); ++i) tenants_[one.tenant].bars.remove(lanes[i], masks[i], one.units);
}

const mask_table::masks& census::masks_of(row_index row) const {
  return combinations_[index_of(people_.at(row).kind)].of(combination_of_[row]);
}

std::vector<licence_count> census::count(tenant_index tenant, const switch_position& on) const {
  const auto& all = under_->inside();
  const auto& state = tenants_[tenant];
  const auto switches = switched_on(tenant, on);
  std::vector<sums> by_factor(all.factors.size());
  sum_up(state, switches, by_factor);
  const auto& applied = applies(tenant);
  std::vector<licence_count> counts;
  counts.reserve(under_->set().licences.size());
  for (std::size_t i = 0; i < all.factors.size(); ++i) {
    const auto& one = all.factors[i];
    if ((applied[one.lane] >> one.bit & 1U) == 0) continue;
    if (counts.empty() || counts.back().which != one.of) {
      counts.push_back({one.of, {}});
      counts.back().factors.reserve(one.of->factors.size());
    }
    counts.back().factors.push_back({one.which, (switches[one.lane] >> one.bit & 1U) != 0, by_factor[i].failed,
                                     static_cast<std::int64_t>(by_factor[i].n1),
                                     static_cast<std::int64_t>(by_factor[i].n2)});
  }
  return counts;
}

void census::sum_up(const tenant_state& of, const std::vector<std::uint32_t>& switched_on,
                    std::vector<sums>& into) const {
  const auto& all = under_->inside();
  for (const auto& bar : of.bars.bars()) {
    const auto& factors = all.lanes[bar.lane].factors;
    const auto sum = [&](std::uint32_t bits) -> sums& {
      return into[factors[static_cast<std::size_t>(std::countr_zero(bits))]];
    };
    for (auto left = bar.of.failed; left != 0; left &= left - 1) sum(left).failed = true;
    for (auto left = bar.of.configured; left != 0; left &= left - 1) sum(left).n2 += bar.units;
    // The lowest bit is the highest priority: it holds the subject.
    if (const auto holders = bar.of.eligible & switched_on[bar.lane]; holders != 0) sum(holders).n1 += bar.units;
  }
}

std::vector<std::uint32_t> census::switched_on(tenant_index tenant, const switch_position& on) const {
  const auto& all = under_->inside();
  const auto& applied = applies(tenant);
  std::vector<std::uint32_t> bits(all.lanes.size(), 0);
  for (std::size_t lane = 0; lane < all.lanes.size(); ++lane) {
    const auto& of = all.lanes[lane];
    for (auto left = applied[lane]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
      if (on(*of.of, *all.factors[of.factors[bit]].which)) bits[lane] |= 1U << bit;
    }
  }
  return bits;
}

std::int64_t census::moved(tenant_index tenant, const switch_position& before, const switch_position& after) const {
  const auto from = switched_on(tenant, before);
  const auto to = switched_on(tenant, after);
  std::uint64_t units = 0;
  for (const auto& bar : tenants_[tenant].bars.bars()) {
    const bool moves = lowest_bit(bar.of.eligible & from[bar.lane]) != lowest_bit(bar.of.eligible & to[bar.lane]);
    if (moves) units += bar.units;
  }
  return static_cast<std::int64_t>(units);
}

std::vector<rule_problem> census::problems(tenant_index tenant) {
  const auto& state = tenants_[tenant];
  auto found = state.problems;
  const auto& bars = state.bars.bars();
  const bool failed = std::any_of(bars.begin(), bars.end(), [](const auto& bar) { return bar.of.failed != 0; });
  if (!failed) return found;
  failure_report report(under_->inside(), people_, judge_, *state.rules);
  for (auto row = people_.first_of(tenant); row != no_row; row = people_.at(row).next) report.add(row, masks_of(row));
  for (auto& one : report.problems()) found.push_back(std::move(one));
  return found;
}

}  // namespace licaudit::factors
