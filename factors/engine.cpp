#include "factors/engine.hpp"

#include "factors/census.hpp"
#include "factors/movement.hpp"
#include "factors/roster.hpp"

#include <boost/assert.hpp>
#include <optional>
#include <utility>

namespace licaudit::factors {

/// The tenants, the population, and one census for each rule set. `each_census` pairs every change of the population
/// with its place in both censuses.
class engine::state {
 public:
  explicit state(std::shared_ptr<const rules> effective)
      : people_(std::make_unique<population>(effective->inside().fields)) {
    effective_ = std::make_unique<census>(std::move(effective), tenants_, *people_);
  }

  [[nodiscard]] census& of(which_rules which) {
    BOOST_ASSERT(which == which_rules::effective || candidate_);
    return which == which_rules::effective ? *effective_ : *candidate_;
  }
  [[nodiscard]] bool has_candidate() const { return candidate_ != nullptr; }
  [[nodiscard]] const population& people() const { return *people_; }
  [[nodiscard]] const roster& tenants() const { return tenants_; }

  bool set_candidate(std::shared_ptr<const rules> candidate) {
    if (!people_->fields().contains(candidate->inside().fields)) return false;
    auto made = std::make_unique<census>(std::move(candidate), tenants_, *people_);
    made->take_over(*effective_);
    put_tenants(*made);
    candidate_ = std::move(made);
    return true;
  }
  void drop_candidate() { candidate_.reset(); }
  void adopt_candidate() {
    BOOST_ASSERT(candidate_);
    effective_ = std::move(candidate_);
    for (tenant_index i = 0; i < tenants_.size(); ++i) note_moved(i);
  }

  void hold(const held_fields& more) {
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

  void put_tenant(const tenant& value, instant now) {
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

  bool begin_month(std::string_view id, instant start) {
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

  void remove_tenant(std::string_view id) {
    const auto index = tenants_.find(id);
    if (!index) return;
    while (people_->any_of(*index) != no_row) remove_row(people_->any_of(*index));
    forget_left_values();
    each_census([&](census& one) { one.remove_tenant(*index); });
    tenants_.remove(id);
  }

  void put_subject(std::uint64_t number, const subject& value) { put_subject(number, view_of(value, room_)); }

  void put_subject(std::uint64_t number, const subject_view& value) {
    const auto tenant = tenants_.find(value.tenant);
    BOOST_ASSERT(tenant);
    const auto row = people_->find(number);
    if (row == no_row) return add_row(number, *tenant, value);
    if (people_->tenant(row) == *tenant && people_->kind(row) == value.kind) return change_row(row, value);
    remove_row(row);
    forget_left_values();
    add_row(number, *tenant, value);
  }

  void remove_subject(std::uint64_t number) {
    if (const auto row = people_->find(number); row != no_row) remove_row(row);
    forget_left_values();
  }

  [[nodiscard]] std::int64_t users(tenant_index of) const { return static_cast<std::int64_t>(tenants_.at(of).users); }

  [[nodiscard]] std::vector<tenant_index> take_moved() {
    auto taken = std::exchange(moved_, {});
    for (const auto one : taken) is_moved_[one] = false;
    std::erase_if(taken, [&](tenant_index one) { return !tenants_.at(one).is_there; });
    return taken;
  }

 private:
  /// What a subject adds to the counts of which tenant.
  struct standing {
    tenant_index tenant;
    subject_kind kind;
    std::uint32_t combination;
    std::uint64_t units;
    bool operator==(const standing&) const = default;
  };
  [[nodiscard]] standing standing_of(row_index row) const {
    return {people_->tenant(row), people_->kind(row), effective_->combination_of(row), people_->units(row)};
  }

  template <class Do>
  void each_census(const Do& act) {
    act(*effective_);
    if (candidate_) act(*candidate_);
  }

  /// Those that it does not have.
  void put_tenants(census& into) const {
    for (tenant_index i = 0; i < tenants_.size(); ++i) {
      if (tenants_.at(i).is_there && !into.has(i)) into.put_tenant(i);
    }
  }

  void add_row(std::uint64_t number, tenant_index tenant, const subject_view& value) {
    const auto row = people_->add(number, tenant, value);
    each_census([&](census& one) { one.add(row); });
    if (value.kind == subject_kind::user) tenants_.at(tenant).users += people_->units(row);
    note_moved(tenant);
  }

  void change_row(row_index row, const subject_view& value) {
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
    if (before != standing_of(row) || remeasured || had_failed || effective_->has_failed(row))
      note_moved(before.tenant);
  }

  void remove_row(row_index row) {
    each_census([&](census& one) { one.remove(row); });
    const auto tenant = people_->tenant(row);
    if (people_->kind(row) == subject_kind::user) tenants_.at(tenant).users -= people_->units(row);
    note_moved(tenant);
    const auto last = people_->remove(row);
    if (last != row) each_census([&](census& one) { one.move(last, row); });
  }

  void forget_left_values() {
    for (const auto& value : people_->left_values()) {
      each_census([&](census& one) { one.forget(value); });
    }
  }

  void note_moved(tenant_index tenant) {
    if (tenant >= is_moved_.size()) is_moved_.resize(tenant + 1, false);
    if (is_moved_[tenant]) return;
    is_moved_[tenant] = true;
    moved_.push_back(tenant);
  }

  roster tenants_;
  std::unique_ptr<population> people_;
  std::unique_ptr<census> effective_, candidate_;
  std::vector<tenant_index> moved_;
  std::vector<bool> is_moved_;
  std::vector<population::new_value> new_values_;
  std::vector<field_text> room_;
};

engine::engine(std::shared_ptr<const rules> effective) : state_(std::make_unique<state>(std::move(effective))) {}
engine::~engine() = default;
engine::engine(engine&&) noexcept = default;
engine& engine::operator=(engine&&) noexcept = default;

const rules& engine::current(which_rules which) const {
  return state_->of(which).under();
}
bool engine::has_candidate() const {
  return state_->has_candidate();
}
bool engine::set_candidate(std::shared_ptr<const rules> candidate) {
  return state_->set_candidate(std::move(candidate));
}
void engine::drop_candidate() {
  state_->drop_candidate();
}
void engine::adopt_candidate() {
  state_->adopt_candidate();
}

void engine::hold_fields(const rules& of) {
  state_->hold(of.inside().fields);
}
void engine::hold_fields(const tenant& of) {
  state_->hold(fields_of(current().inside(), of));
  if (has_candidate()) state_->hold(fields_of(current(which_rules::candidate).inside(), of));
}
bool engine::holds_fields(const tenant& of) const {
  const auto& held = state_->people().fields();
  return held.contains(fields_of(current().inside(), of)) &&
         (!has_candidate() || held.contains(fields_of(current(which_rules::candidate).inside(), of)));
}

void engine::put_tenant(const tenant& value, instant now) {
  state_->put_tenant(value, now);
}
bool engine::begin_month(std::string_view id, instant start) {
  return state_->begin_month(id, start);
}
void engine::remove_tenant(std::string_view id) {
  state_->remove_tenant(id);
}
void engine::put_subject(std::uint64_t number, const subject_view& value) {
  state_->put_subject(number, value);
}
void engine::put_subject(std::uint64_t number, const subject& value) {
  state_->put_subject(number, value);
}
void engine::remove_subject(std::uint64_t number) {
  state_->remove_subject(number);
}

std::vector<licence_count> engine::count(std::string_view tenant, const switch_position& on, which_rules which) const {
  const auto index = index_of(tenant);
  if (!index) return {};
  return state_->of(which).count(*index, on);
}

std::optional<tenant_index> engine::index_of(std::string_view tenant) const {
  return state_->tenants().find(tenant);
}
std::string_view engine::id_of(tenant_index tenant) const {
  return state_->tenants().at(tenant).texts.text("id");
}
void engine::count(tenant_index tenant, const switch_board& on, std::vector<factor_sum>& into,
                   which_rules which) const {
  state_->of(which).sum_up(tenant, on, into);
}
void engine::count(tenant_index tenant, const switch_board& on, const licence& only, std::vector<factor_sum>& into,
                   which_rules which) const {
  state_->of(which).sum_up(tenant, on, only, into);
}

std::vector<tenant_index> engine::take_moved() {
  return state_->take_moved();
}

std::int64_t engine::moved(std::string_view tenant, const switch_position& before, const switch_position& after,
                           which_rules then) const {
  const auto index = index_of(tenant);
  if (!index) return 0;
  return moved(*index, switch_board(current(), before), switch_board(current(then), after), then);
}
std::int64_t engine::moved(tenant_index tenant, const switch_board& before, const switch_board& after,
                           which_rules then) const {
  const auto& now = state_->of(which_rules::effective);
  if (then == which_rules::effective) return now.moved(tenant, before, after);
  return factors::moved(state_->people(), tenant, {now, before}, {state_->of(then), after});
}

std::int64_t engine::users(std::string_view tenant) const {
  const auto index = index_of(tenant);
  return index ? state_->users(*index) : 0;
}

std::optional<engine::lacking_subjects> engine::lacking(tenant_index tenant, const switch_board& on,
                                                        const licence& holds, const licence& needs) const {
  return state_->of(which_rules::effective).lacking(tenant, on, holds, needs);
}

std::vector<rule_problem> engine::problems(std::string_view tenant, which_rules which) const {
  const auto index = index_of(tenant);
  if (!index) return {};
  return state_->of(which).problems(*index);
}

}  // namespace licaudit::factors
