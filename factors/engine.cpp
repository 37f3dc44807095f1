#include "factors/engine.hpp"

#include "factors/engine_state.hpp"
#include "factors/movement.hpp"

#include <optional>
#include <utility>

namespace licaudit::factors {

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
  return index ? users(*index) : 0;
}

std::int64_t engine::users(tenant_index tenant) const {
  return state_->users(tenant);
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
