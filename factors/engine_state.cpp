#include "factors/engine_state.hpp"

#include <boost/assert.hpp>
#include <utility>

namespace licaudit::factors {

engine::state::state(std::shared_ptr<const rules> effective)
    : people_(std::make_unique<population>(effective->inside().fields)) {
  effective_ = std::make_unique<census>(std::move(effective), tenants_, *people_);
}

census& engine::state::of(which_rules which) {
  BOOST_ASSERT(which == which_rules::effective || candidate_);
  return which == which_rules::effective ? *effective_ : *candidate_;
}

bool engine::state::set_candidate(std::shared_ptr<const rules> candidate) {
  if (!people_->fields().contains(candidate->inside().fields)) return false;
  auto made = std::make_unique<census>(std::move(candidate), tenants_, *people_);
  made->take_over(*effective_);
  put_tenants(*made);
  candidate_ = std::move(made);
  return true;
}

void engine::state::adopt_candidate() {
  BOOST_ASSERT(candidate_);
  effective_ = std::move(candidate_);
  for (tenant_index i = 0; i < tenants_.size(); ++i) note_moved(i);
}

void engine::state::hold(const held_fields& more) {
  BOOST_ASSERT(people_->is_empty());
  auto fields = people_->fields();
  fields.add(more);
  const auto effective = effective_->shared_rules();
  const auto candidate = candidate_ ? candidate_->shared_rules() : nullptr;
  candidate_.reset();
  people_ = std::make_unique<population>(std::move(fields));
  effective_ = std::make_unique<census>(effective, tenants_, *people_);
  put_tenants(*effective_);
  if (candidate) (void)set_candidate(candidate);
}

void engine::state::put_tenant(const tenant& value, instant now) {
  const auto index = tenants_.put(value.id);
  auto& known = tenants_.at(index);
  tenant_texts texts(value);
  // Former gateways may end without a change of the tenant.
  const bool alike =
      effective_->has(index) && known.texts == texts && views_of(known.texts, known.now) == views_of(texts, now);
  known.now = now;
  if (alike) return;
  known.texts = std::move(texts);
  each_census([&](census& one) { one.put_tenant(index); });
  note_moved(index);
}

bool engine::state::begin_month(std::string_view id, instant start) {
  const auto index = tenants_.find(id);
  if (!index || tenants_.at(*index).month_start == start) return false;
  const auto before = std::exchange(tenants_.at(*index).month_start, start);
  bool moves = false;
  people_->each_span(*index, [&](const row_span& rows) {
    if (rows.kind != subject_kind::meter) return;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      const auto at = people_->measure(rows.first + i)->at;
      moves = moves || (at >= before) != (at >= start);
    }
  });
  if (moves) note_moved(*index);
  return moves;
}

void engine::state::remove_tenant(std::string_view id) {
  const auto index = tenants_.find(id);
  if (!index) return;
  while (people_->any_of(*index) != no_row) remove_row(people_->any_of(*index));
  forget_left_values();
  each_census([&](census& one) { one.remove_tenant(*index); });
  tenants_.remove(id);
}

void engine::state::put_subject(std::uint64_t number, const subject& value) {
  put_subject(number, view_of(value, room_));
}

void engine::state::put_subject(std::uint64_t number, const subject_view& value) {
  const auto tenant = tenants_.find(value.tenant);
  BOOST_ASSERT(tenant);
  const auto row = people_->find(number);
  if (row == no_row) return add_row(number, *tenant, value);
  if (people_->tenant(row) == *tenant && people_->kind(row) == value.kind) return change_row(row, value);
  remove_row(row);
  forget_left_values();
  add_row(number, *tenant, value);
}

void engine::state::remove_subject(std::uint64_t number) {
  if (const auto row = people_->find(number); row != no_row) remove_row(row);
  forget_left_values();
}

std::vector<tenant_index> engine::state::take_moved() {
  auto taken = std::exchange(moved_, {});
  for (const auto one : taken) is_moved_[one] = false;
  std::erase_if(taken, [&](tenant_index one) { return !tenants_.at(one).is_there; });
  return taken;
}

void engine::state::put_tenants(census& into) const {
  for (tenant_index i = 0; i < tenants_.size(); ++i) {
    if (tenants_.at(i).is_there && !into.has(i)) into.put_tenant(i);
  }
}

void engine::state::add_row(std::uint64_t number, tenant_index tenant, const subject_view& value) {
  const auto row = people_->add(number, tenant, value);
  each_census([&](census& one) { one.add(row); });
  if (value.kind == subject_kind::user) tenants_.at(tenant).users += people_->units(row);
  note_moved(tenant);
}

void engine::state::change_row(row_index row, const subject_view& value) {
  const auto units = static_cast<std::uint64_t>(value.quantity);
  const auto before = standing_of(row);
  people_->take_changes(row, value, new_values_);
  const auto measured = people_->measure_of(value);
  const auto* was = people_->measure(row);
  const bool remeasured = (was != nullptr) != measured.has_value() || (was != nullptr && *was != *measured);
  if (new_values_.empty() && before.units == units && !remeasured) return;
  const bool had_failed = effective_->has_failed(row);
  each_census([&](census& one) { one.remove(row); });
  people_->change(row, units, new_values_);
  if (remeasured) people_->put_measure(row, measured);
  forget_left_values();
  each_census([&](census& one) { one.add(row); });
  if (before.kind == subject_kind::user) tenants_.at(before.tenant).users += units - before.units;
  if (before != standing_of(row) || remeasured || had_failed || effective_->has_failed(row)) note_moved(before.tenant);
}

void engine::state::remove_row(row_index row) {
  each_census([&](census& one) { one.remove(row); });
  const auto tenant = people_->tenant(row);
  if (people_->kind(row) == subject_kind::user) tenants_.at(tenant).users -= people_->units(row);
  note_moved(tenant);
  const auto last = people_->remove(row);
  if (last != row) each_census([&](census& one) { one.move(last, row); });
}

void engine::state::forget_left_values() {
  for (const auto& value : people_->left_values()) {
    each_census([&](census& one) { one.forget(value); });
  }
}

void engine::state::note_moved(tenant_index tenant) {
  if (tenant >= is_moved_.size()) is_moved_.resize(tenant + 1, false);
  if (is_moved_[tenant]) return;
  is_moved_[tenant] = true;
  moved_.push_back(tenant);
}

}  // namespace licaudit::factors
