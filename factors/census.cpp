#include "factors/census.hpp"

#include "factors/failure_report.hpp"
#include "factors/rule_change.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace licaudit::factors {
namespace {

std::uint32_t lowest_bit(std::uint32_t bits) {
  return bits & (~bits + 1U);
}

}  // namespace

census::census(std::shared_ptr<const rules> under, const roster& tenants, const population& people)
    : under_(std::move(under)),
      roster_(tenants),
      people_(people),
      judge_(under_->inside(), people),
      bars_(under_->inside().lanes.size()),
      configured_(under_->inside().lanes.size()) {
  const auto& all = under_->inside();
  has_terms_ = !all.with_terms.empty() ||
               std::any_of(all.lanes.begin(), all.lanes.end(), [](const lane& one) { return one.is_measured; });
}

void census::take_over(const census& before) {
  judge_.learn_from(before.judge_);
  const auto& was = before.under_->inside();
  const auto edited = edited_factors(was, under_->inside());
  if (!edited) return;
  table_ = before.table_;
  combination_of_ = before.combination_of_;
  services_ = before.services_;
  configured_ = before.configured_;
  bars_ = before.bars_;
  resize(before.tenants_.size());
  std::vector<rejudgement::moved_row> moved;
  std::vector<rejudgement> by_service;
  for (const auto& applies : services_) by_service.emplace_back(judge_, table_, *under_, applies, *edited);
  for (tenant_index i = 0; i < tenants_.size(); ++i) {
    if (!before.has(i) || !outlasts(under_->inside(), roster_.at(i).texts, *edited)) continue;
    tenants_[i] = before.tenants_[i];
    moved.clear();
    people_.each_span(
        i, [&](const row_span& rows) { by_service[tenants_[i].service].judge_again(rows, combination_of_, moved); });
    if (!moved.empty()) move_bars(i, moved);
  }
  for (const auto& [tenant, problems] : before.problems_) {
    if (!has(tenant)) continue;
    for (const auto& one : problems) problems_[tenant].push_back(moved_to(under_->inside(), was, one));
  }
}

void census::resize(std::size_t tenants) {
  tenants_.resize(tenants);
  bars_.resize(tenants);
  for (std::size_t lane = 0; lane < configured_.size(); ++lane)
    configured_[lane].resize(tenants * under_->inside().lanes[lane].factors.size());
}

void census::put_tenant(tenant_index tenant) {
  if (tenant >= tenants_.size()) resize(tenant + 1);
  std::vector<rule_problem> problems;
  work_for(tenant, &problems);
  tenants_[tenant] = {true, service_of(bound_)};
  people_.each_span(tenant, [&](const row_span& rows) {
    const auto& found = judge_rows(rows);
    combination_heaps_.resize(table_.size());
    for (std::uint32_t i = 0; i < rows.count; ++i) gather(found[i], {1, people_.units(rows.first + i)});
  });
  raise_bars(tenant);
  problems_.erase(tenant);
  if (!problems.empty()) problems_.emplace(tenant, std::move(problems));
}

void census::remove_tenant(tenant_index tenant) {
  if (at_work_ == tenant) at_work_ = UINT32_MAX;
  tenants_[tenant] = {};
  bars_.assign(tenant, {});
  clear_configured(tenant);
  problems_.erase(tenant);
}

void census::work_for(tenant_index tenant) {
  if (at_work_ != tenant) work_for(tenant, nullptr);
}

void census::work_for(tenant_index tenant, std::vector<rule_problem>* problems) {
  const auto& of = roster_.at(tenant);
  bound_ = bind(under_->inside(), of.texts, of.now, people_.fields(), problems);
  judge_.start(bound_);
  at_work_ = tenant;
}

std::uint32_t census::service_of(const tenant_rules& of) {
  const auto known = std::find(services_.begin(), services_.end(), of.applies);
  const auto index = static_cast<std::uint32_t>(known - services_.begin());
  if (known == services_.end()) services_.push_back(of.applies);
  return index;
}

const std::vector<std::uint32_t>& census::judge_rows(const row_span& rows) {
  if (combination_of_.size() < people_.size()) combination_of_.resize(people_.size());
  const auto& found = judge_.combinations_of(rows, table_);
  for (std::uint32_t i = 0; i < rows.count; ++i) combination_of_.set(rows.first + i, found[i]);
  return found;
}

void census::raise_bars(tenant_index tenant) {
  sum_bars();
  std::sort(raised_.begin(), raised_.end(), [](const auto& a, const auto& b) { return a.of < b.of; });
  clear_configured(tenant);
  for (const auto& one : raised_) configure(tenant, one.of, one.units);
  bars_.assign(tenant, raised_);
}

void census::move_bars(tenant_index tenant, const std::vector<rejudgement::moved_row>& moved) {
  combination_heaps_.resize(table_.size());
  for (const auto& one : moved) {
    const histograms::heap heap{1, people_.units(one.row)};
    gather(one.before, -heap);
    gather(one.now, heap);
  }
  sum_bars();
  for (const auto& one : raised_) add_to_bar(tenant, one.of, {one.subjects, one.units});
}

void census::gather(std::uint32_t combination, const histograms::heap& more) {
  auto& heap = combination_heaps_[combination];
  if (heap.is_empty()) used_combinations_.push_back(combination);
  heap.add(more);
}

void census::sum_bars() {
  raised_.clear();
  bar_heaps_.resize(under_->inside().lanes.size());
  for (const auto number : used_combinations_) {
    const auto heap = std::exchange(combination_heaps_[number], {});
    for (const auto bar : table_.at(number).bars) {
      auto& sum = heap_of(bar);
      if (sum.is_empty()) raised_.push_back({bar, 0, 0});
      sum.add(heap);
    }
  }
  used_combinations_.clear();
  for (auto& one : raised_) {
    const auto heap = std::exchange(heap_of(one.of), {});
    one.subjects = heap.subjects;
    one.units = heap.units;
  }
  // What is taken away and added again, as of rows that leave one combination for another that shares a bar.
  std::erase_if(raised_, [](const auto& one) { return one.subjects == 0 && one.units == 0; });
}

void census::configure(tenant_index tenant, lane_mask_number bar, std::uint64_t units) {
  auto* to = configured_of(tenant, lane_of(bar));
  each_bit(table_.mask_of(bar).configured, [&](std::size_t bit) { to[bit] += units; });
}

void census::clear_configured(tenant_index tenant) {
  for (std::size_t lane = 0; lane < configured_.size(); ++lane)
    std::fill_n(configured_of(tenant, lane), under_->inside().lanes[lane].factors.size(), 0);
}

histograms::heap& census::heap_of(lane_mask_number bar) {
  auto& heaps = bar_heaps_[lane_of(bar)];
  if (place_of(bar) >= heaps.size()) heaps.resize(place_of(bar) + 1);
  return heaps[place_of(bar)];
}

void census::add(row_index row) {
  work_for(people_.tenant(row));
  judge_rows({people_.kind(row), row, 1});
  add_to_bars(row, {1, people_.units(row)});
}

void census::remove(row_index row) {
  add_to_bars(row, -histograms::heap{1, people_.units(row)});
}

void census::add_to_bars(row_index row, const histograms::heap& more) {
  for (const auto bar : table_.at(combination_of(row)).bars) add_to_bar(people_.tenant(row), bar, more);
}

void census::add_to_bar(tenant_index tenant, lane_mask_number bar, const histograms::heap& more) {
  bars_.add(tenant, bar, more);
  configure(tenant, bar, more.units);
}

void census::sum_up(tenant_index tenant, const switch_board& on, sums& into) const {
  into.resize(under_->inside().factors.size());
  sum_up(tenant, on, 0, static_cast<std::uint32_t>(under_->inside().lanes.size()), into);
}

void census::sum_up(tenant_index tenant, const switch_board& on, const licence& only, sums& into) const {
  const auto& lanes = under_->inside().lanes;  // where those of a licence stand side by side
  std::uint32_t first = 0;
  while (first < lanes.size() && lanes[first].of != &only) ++first;
  auto end = first;
  while (end < lanes.size() && lanes[end].of == &only) ++end;
  sum_up(tenant, on, first, end, into);
}

void census::sum_up(tenant_index tenant, const switch_board& on, std::uint32_t first, std::uint32_t end,
                    sums& into) const {
  const auto add = [](std::int64_t& to, std::uint64_t units) {
    to = static_cast<std::int64_t>(static_cast<std::uint64_t>(to) + units);
  };
  bars_.fetch_ahead(tenant, first, end);
  for (auto lane = first; lane < end; ++lane) {
    const auto& factors = under_->inside().lanes[lane].factors;
    const auto* configured = configured_of(tenant, lane);
    for (std::size_t bit = 0; bit < factors.size(); ++bit)
      into[factors[bit]] = {0, static_cast<std::int64_t>(configured[bit]), false};
    for (const auto& bar : bars_.of(tenant, lane)) {
      const auto& said = table_.mask_of(bar.of);
      each_bit(said.failed, [&](std::size_t bit) { into[factors[bit]].failed = true; });
      // The lowest bit is the highest priority: it holds the subject.
      const auto holders = said.eligible & on.bits(lane);
      if (holders != 0) add(into[factors[static_cast<std::size_t>(std::countr_zero(holders))]].n1, bar.units);
    }
  }
  if (has_terms_) apply_terms(tenant, on, first, end, into);
}

std::vector<licence_count> census::count(tenant_index tenant, const switch_position& position) const {
  const auto& all = under_->inside();
  const switch_board on(*under_, position);
  sums by_factor;
  sum_up(tenant, on, by_factor);
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
    const auto& sum = by_factor[i];
    counts.back().factors.push_back({one.which, on.is_on(one.lane, one.bit), sum.failed, sum.n1, sum.n2});
  }
  return counts;
}

std::int64_t census::moved(tenant_index tenant, const switch_board& before, const switch_board& after) const {
  std::uint64_t units = 0;
  for (const auto& bar : bars_.of(tenant)) {
    const auto lane = lane_of(bar.of);
    const auto& of = table_.mask_of(bar.of);
    if (lowest_bit(of.eligible & before.bits(lane)) != lowest_bit(of.eligible & after.bits(lane))) units += bar.units;
  }
  return static_cast<std::int64_t>(units);
}

std::vector<rule_problem> census::problems(tenant_index tenant) {
  std::vector<rule_problem> found;
  if (const auto known = problems_.find(tenant); known != problems_.end()) found = known->second;
  if (has_terms_) add_term_problems(tenant, found);
  const auto bars = bars_.of(tenant);
  const bool failed =
      std::any_of(bars.begin(), bars.end(), [&](const auto& bar) { return table_.mask_of(bar.of).failed != 0; });
  if (!failed) return found;
  work_for(tenant);
  failure_report report(under_->inside(), people_, judge_);
  people_.each_row(tenant, [&](row_index row) { report.add(row, masks_of(row)); });
  for (auto& one : report.problems()) found.push_back(std::move(one));
  return found;
}

}  // namespace licaudit::factors
