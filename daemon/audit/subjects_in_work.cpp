#include "daemon/audit/subjects_in_work.hpp"

#include "daemon/audit/metering.hpp"
#include "daemon/ledger/row_forms.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::audit {

subjects_in_work::subjects_in_work(desk& all, ledger::transaction& tx, const inventory_change& change,
                                   std::int64_t sequence, instant at)
    : all_(all),
      tx_(tx),
      records_(change.records),
      source_(change.source),
      sequence_(sequence),
      at_(at),
      dated_(change.dated.value_or(at)) {}

void subjects_in_work::add(std::uint32_t record) {
  auto one = records_[record];
  std::string reading;
  if (one.kind == subject_kind::meter) (void)take_reading(one, nullptr, reading);
  const auto number = tx_.add_given(sequence_, source_, one, versions_);
  put_into_engine(number, {one.tenant, one.kind, one.id, one.quantity, fields_.read(one.fields)});
  auto& work = work_of(one.tenant);
  ++work.given;
  note(work, one.kind, false, true);
}

void subjects_in_work::put(const given_change& change) {
  if (change.record)
    put_known(change.number, records_[*change.record]);
  else
    drop(change.number);
}

std::vector<subject_movement> subjects_in_work::finish() {
  std::vector<subject_movement> moved;
  for (auto& [tenant, work] : work_) {
    tx_.count_given(source_, tenant, work.given);
    if (!work.has_moved) continue;
    work.moved.tenant = tenant;
    const auto& of = work.moved;
    const auto users = of.users_added - of.users_removed, numbers = of.numbers_added - of.numbers_removed;
    if (users != 0 || numbers != 0) {
      all_.populations.add(tenant, users, numbers);
      const auto heads = all_.populations.of(tenant);
      tx_.put_head_count(tenant, heads.users, heads.numbers);
    }
    moved.push_back(std::move(work.moved));
  }
  return moved;
}

subjects_in_work::tenant_work& subjects_in_work::work_of(std::string_view tenant) {
  if (last_ == work_.end() || last_->first != tenant) last_ = work_.try_emplace(std::string(tenant)).first;
  return last_->second;
}

bool subjects_in_work::take_reading(ledger::packed_subject& one, const std::string* before, std::string& room) {
  const auto* slot = all_.tenants.find(one.tenant);
  const auto* decides = slot == nullptr ? nullptr : all_.tenants.nearest_with_zone(*slot);
  const auto zone = decides == nullptr ? time_zone() : time_zone::find(decides->record->time_zone).value();
  const auto is_counter = [&](const field_map& fields) {
    return slot != nullptr && is_monthly_counter(*all_.effective, *slot->record, {name_of(one), fields, 1}, at_);
  };
  std::optional<field_map> known;
  if (before != nullptr) known = ledger::fields_of(*before);
  const auto newer =
      newer_reading(known ? &*known : nullptr, ledger::fields_of(one.fields), {dated_, zone, is_counter});
  if (!newer) return false;
  room = ledger::text_of(*newer);
  one.fields = room;
  return true;
}

void subjects_in_work::put_known(ledger::subject_number number, ledger::packed_subject one) {
  const auto who = tx_.identity_of(number, name_of(one));
  const auto before = tx_.current_form(number);
  auto others = tx_.givers_of(number);
  const auto own = own_of(others);
  std::string reading;
  if (one.kind == subject_kind::meter && !take_reading(one, own == others.end() ? nullptr : &own->form.fields, reading))
    return;
  if (own == others.end())
    ++work_of(who.name.tenant).given;
  else
    others.erase(own);
  ledger::subject_form form{one.quantity, std::string(one.fields)};
  tx_.put_given(source_, number, one.line, form, others.empty());
  if (!others.empty()) {
    // From now on the version in force is a sum: each says its part by itself.
    for (const auto& other : others) tx_.put_given(other.source, number, other.line, other.form, false);
    others.push_back({source_, one.line, std::move(form)});
    form = merge(who.name, std::move(others));
  }
  if (before != form) enter(who, before.has_value(), form);
}

void subjects_in_work::drop(ledger::subject_number number) {
  const auto who = tx_.identity_of(number);
  const auto before = tx_.current_form(number);
  auto others = tx_.givers_of(number);
  const auto own = own_of(others);
  if (own == others.end()) return;
  others.erase(own);
  tx_.drop_given(source_, number);
  --work_of(who.name.tenant).given;
  std::optional<ledger::subject_form> form;
  if (!others.empty()) form = merge(who.name, std::move(others));
  if (before != form) enter(who, before.has_value(), form);
}

std::vector<ledger::given_form>::iterator subjects_in_work::own_of(std::vector<ledger::given_form>& given) const {
  return std::find_if(given.begin(), given.end(), [this](const auto& one) { return one.source == source_; });
}

void subjects_in_work::enter(const ledger::subject_identity& who, bool before,
                             const std::optional<ledger::subject_form>& form) {
  versions_.add(who.key, ledger::version_of(who, form));
  tx_.put_version(sequence_, who.number, form);
  if (form)
    put_into_engine(who.number,
                    {who.name.tenant, who.name.kind, who.name.id, form->quantity, fields_.read(form->fields)});
  else
    all_.engine.remove_subject(static_cast<std::uint64_t>(who.number));
  note(work_of(who.name.tenant), who.name.kind, before, form.has_value());
}

void subjects_in_work::put_into_engine(ledger::subject_number number, const subject_view& value) {
  all_.engine.put_subject(static_cast<std::uint64_t>(number), value);
}

void subjects_in_work::note(tenant_work& work, subject_kind kind, bool before, bool after) {
  work.has_moved = true;
  if (kind == subject_kind::meter) return;
  auto& moved = work.moved;
  const bool number = kind == subject_kind::number;
  if (!before) ++(number ? moved.numbers_added : moved.users_added);
  if (before && !after) ++(number ? moved.numbers_removed : moved.users_removed);
  if (before && after) ++(number ? moved.numbers_changed : moved.users_changed);
}

ledger::subject_form subjects_in_work::merge(const subject_name& name, std::vector<ledger::given_form> given) const {
  std::stable_sort(given.begin(), given.end(), [this](const auto& a, const auto& b) {
    return all_.precedence(a.source) < all_.precedence(b.source);
  });
  std::vector<subject> values;
  values.reserve(given.size());
  for (const auto& one : given) values.push_back(ledger::subject_of(name, one.form.quantity, one.form.fields));
  return ledger::form_of(merged(values));
}

}  // namespace licaudit::audit
