// What sources and people give, put in force.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/metering.hpp"
#include "daemon/audit/reconciliation.hpp"
#include "daemon/ledger/chain.hpp"
#include "daemon/ledger/field_text.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "model/digest.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace licaudit::audit {

namespace {

/// Puts what one source says of subjects in force, one by one: what it gives, what follows for the version, the engine.
class subjects_in_work {
 public:
  subjects_in_work(desk& all, ledger::transaction& tx, const inventory_change& change, std::int64_t sequence,
                   instant at)
      : all_(all),
        tx_(tx),
        records_(change.records),
        source_(change.source),
        sequence_(sequence),
        at_(at),
        dated_(change.dated.value_or(at)) {}

  void add(std::uint32_t record) {
    auto one = records_[record];
    std::string reading;
    if (one.kind == subject_kind::meter) (void)take_reading(one, nullptr, reading);
    const auto number = tx_.add_given(sequence_, source_, one, versions_);
    put_into_engine(number, {one.tenant, one.kind, one.id, one.quantity, fields_.read(one.fields)});
    auto& work = work_of(one.tenant);
    ++work.given;
    note(work, one.kind, false, true);
  }

  void put(const given_change& change) {
    if (change.record)
      put_known(change.number, records_[*change.record]);
    else
      drop(change.number);
  }

  [[nodiscard]] json::object digest() { return versions_.form(); }

  /// What moved, by tenant; counted in the ledger.
  std::vector<subject_movement> finish() {
    std::vector<subject_movement> moved;
    for (auto& [tenant, work] : work_) {
      tx_.count_given(source_, tenant, work.given);
      if (!work.has_moved) continue;
      work.moved.tenant = tenant;
      all_.populations.add(tenant, work.moved.users_added - work.moved.users_removed,
                           work.moved.numbers_added - work.moved.numbers_removed);
      const auto heads = all_.populations.of(tenant);
      tx_.put_head_count(tenant, heads.users, heads.numbers);
      moved.push_back(std::move(work.moved));
    }
    return moved;
  }

 private:
  struct tenant_work {
    subject_movement moved;
    bool has_moved = false;
    std::int64_t given = 0;  ///< how many more
  };

  /// Most changes come tenant by tenant.
  tenant_work& work_of(std::string_view tenant) {
    if (last_ == work_.end() || last_->first != tenant) last_ = work_.try_emplace(std::string(tenant)).first;
    return last_->second;
  }

  /// The meter says what is known of it now, which lies in `room`. False: nothing new.
  [[nodiscard]] bool take_reading(ledger::packed_subject& one, const std::string* before, std::string& room) {
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

  void put_known(ledger::subject_number number, ledger::packed_subject one) {
    const auto who = tx_.identity_of(number);
    const auto before = tx_.current_form(number);
    auto others = tx_.givers_of(number);
    const auto own = own_of(others);
    std::string reading;
    if (one.kind == subject_kind::meter &&
        !take_reading(one, own == others.end() ? nullptr : &own->form.fields, reading))
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

  void drop(ledger::subject_number number) {
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

  [[nodiscard]] std::vector<ledger::given_form>::iterator own_of(std::vector<ledger::given_form>& given) const {
    return std::find_if(given.begin(), given.end(), [this](const auto& one) { return one.source == source_; });
  }

  /// A new version.
  void enter(const ledger::subject_identity& who, bool before, const std::optional<ledger::subject_form>& form) {
    versions_.add(who.key, ledger::version_of(who, form));
    tx_.put_version(sequence_, who.number, form);
    if (form)
      put_into_engine(who.number,
                      {who.name.tenant, who.name.kind, who.name.id, form->quantity, fields_.read(form->fields)});
    else
      all_.engine.remove_subject(static_cast<std::uint64_t>(who.number));
    note(work_of(who.name.tenant), who.name.kind, before, form.has_value());
  }

  void put_into_engine(ledger::subject_number number, const subject_view& value) {
    all_.engine.put_subject(static_cast<std::uint64_t>(number), value);
  }

  static void note(tenant_work& work, subject_kind kind, bool before, bool after) {
    work.has_moved = true;
    if (kind == subject_kind::meter) return;
    auto& moved = work.moved;
    const bool number = kind == subject_kind::number;
    if (!before) ++(number ? moved.numbers_added : moved.users_added);
    if (before && !after) ++(number ? moved.numbers_removed : moved.users_removed);
    if (before && after) ++(number ? moved.numbers_changed : moved.users_changed);
  }

  [[nodiscard]] ledger::subject_form merge(const subject_name& name, std::vector<ledger::given_form> given) const {
    std::stable_sort(given.begin(), given.end(), [this](const auto& a, const auto& b) {
      return all_.precedence(a.source) < all_.precedence(b.source);
    });
    std::vector<subject> values;
    values.reserve(given.size());
    for (const auto& one : given) values.push_back(ledger::subject_of(name, one.form.quantity, one.form.fields));
    return ledger::form_of(merged(values));
  }

  desk& all_;
  ledger::transaction& tx_;
  const ledger::packed_subjects& records_;
  const std::string& source_;
  std::int64_t sequence_;
  instant at_, dated_;
  ledger::versions_digest versions_;
  std::map<std::string, tenant_work, std::less<>> work_;
  std::map<std::string, tenant_work, std::less<>>::iterator last_ = work_.end();
  ledger::stored_fields fields_;
};

json::object entry_form(const inventory_change& change, json::object subjects) {
  json::object tenants;
  for (const auto& record : change.tenants) tenants[record.id] = to_hex(sha256(canonical_json(to_json(record))));
  json::object form;
  form["source"] = change.source;
  if (change.run != 0) {
    form["run"] = change.run;
    form["stream"] = change.stream_sha256;
  }
  form["tenants"] = std::move(tenants);
  form["gone"] = text_array(change.gone);
  form["subjects"] = std::move(subjects);
  return form;
}

}  // namespace

void desk::note_touched(tenant_slot& slot, std::int64_t sequence) {
  dirty.insert(&slot);
  stale.insert(&slot);
  slot.touched = sequence;
}

/// Criteria of a tenant's own may read a field that nothing read before: then the inventory is read once more. What
/// this transaction has written is among what is read.
void desk::hold_fields_of(const tenant& record) {
  if (engine.holds_fields(record)) return;
  factors::engine wider(effective);
  if (engine.has_candidate()) wider.hold_fields(*how.rules);
  for (const auto& [id, slot] : tenants.all()) wider.hold_fields(*slot.record);
  for (const auto& [id, slot] : tenants.all()) wider.put_tenant(*slot.record, latest);
  book.each_subject([&](ledger::subject_number number, const subject& value) {
    if (tenants.find(value.name.tenant) != nullptr) wider.put_subject(static_cast<std::uint64_t>(number), value);
  });
  if (engine.has_candidate() && !wider.set_candidate(how.rules))
    throw std::logic_error("the candidate reads fields that were asked for and are not held");
  engine = std::move(wider);
  begin_months(std::nullopt, latest);
}

std::string desk::objection_to(const tenant& record,
                               const std::map<std::string, const tenant*, std::less<>>& others) const {
  if (auto objection = tenants.objection(record, others); !objection.empty()) return objection;
  const auto errors = factors::check_unit_settings(*effective, record);
  return errors.empty() ? std::string() : errors.front().path + ": " + errors.front().what;
}

void desk::note_former_ends(const tenant& record, instant from) {
  for (const auto& site : record.sites)
    for (const auto& former : site.former_gateways)
      if (former.until && *former.until > from) former_ends.emplace(*former.until, record.id);
}

tenant_slot& desk::take_record(const tenant& record, const std::string& origin, instant at) {
  // Sums of parents, and what is inherited.
  const auto* before = tenants.find(record.id);
  const std::string left = before == nullptr ? std::string() : before->record->parent;
  auto& slot = tenants.put(record, origin);
  for (const auto& id : {left, record.parent})
    if (auto* parent = tenants.find(id); parent != nullptr && left != record.parent) {
      dirty.insert(parent);
      stale.insert(parent);
    }
  stale.merge(tenants.subtree(slot));
  hold_fields_of(record);
  engine.put_tenant(record, at);
  note_former_ends(record, at);
  return slot;
}

bool desk::put_in_force(ledger::transaction& tx, inventory_change& change, instant at) {
  // Everything is dated by the entry that is made at the end, when its form is known.
  const std::int64_t sequence = tx.next_sequence();
  for (const auto& record : change.tenants) {
    tx.put_tenant(sequence, record.id, change.source, record);
    note_touched(take_record(record, change.source, at), sequence);
  }
  for (const auto& id : change.gone) {
    tx.put_tenant(sequence, id, change.source, std::nullopt);
    auto* slot = tenants.find(id);
    if (slot == nullptr) continue;
    slot->gone = true;
    for (auto* below : tenants.subtree(*slot)) note_touched(*below, sequence);
  }
  // By number, as the ledger stores them; those that have none yet get theirs in turn.
  std::stable_sort(change.subjects.begin(), change.subjects.end(),
                   [](const auto& a, const auto& b) { return a.number < b.number; });
  subjects_in_work subjects(*this, tx, change, sequence, at);
  for (const auto& one : change.subjects) subjects.put(one);
  for (const auto record : change.added) subjects.add(record);
  change.moved = subjects.finish();
  if (change.moved.empty() && change.tenants.empty() && change.gone.empty()) return false;
  for (const auto& one : change.moved)
    if (auto* slot = tenants.find(one.tenant)) note_touched(*slot, sequence);
  if (tx.enter("inventory", at, entry_form(change, subjects.digest())) != sequence)
    throw std::logic_error("another entry came between an inventory's rows and itself");
  return true;
}

result<run_outcome> desk::take(ledger::delivery run) {
  return in_transaction([&](ledger::transaction& tx) -> result<run_outcome> {
    run_outcome outcome;
    const instant at = next_instant();
    auto& condition = condition_of(run.run.source);
    const std::string trouble = condition.trouble(at);
    reconciled made;
    if (run.run.state != run_state::failed) {
      made = reconcile(*this, tx, run);
      if (!made.held.empty()) run.run.state = run_state::held;
    }
    run.run.id = tx.add_run(run.run);
    health.note(run.run);
    bool moved = trouble != condition.trouble(at);
    if (run.run.state != run_state::failed) {
      for (const auto& tenant : made.released) tx.drop_held(run.run.source, tenant);
      for (auto& one : made.held) {
        one.run = run.run.id;
        tx.put_held(one);
        outcome.held.push_back(one.tenant);
      }
      moved = moved || !made.held.empty() || !made.released.empty() || run_findings[run.run.source] != made.findings;
      held = book.held();
      run_findings[run.run.source] = made.findings;
      condition.tenants.insert(made.fed.begin(), made.fed.end());
      tx.set_cursor(run.run.source, run.cursor);
      made.change.run = run.run.id;
      moved = put_in_force(tx, made.change, at) || moved;
      // Tenants that change their service leave a `for_each`; a last run may come after its source left the settings.
      if (!made.change.tenants.empty() || !is_in_settings(run.run.source)) renew_abandoned();
    }
    if (moved) {
      calculation_cause cause;
      cause.kind = "sync";
      cause.source = run.run.source;
      cause.run = run.run.id;
      if (run.run.state != run_state::ok) cause.text = to_text(run.run.state);
      outcome.calculation = calculate(tx, cause, at, std::nullopt, made.change.moved, tenants.named(made.first_fed));
    }
    outcome.run = run.run;
    return outcome;
  });
}

}  // namespace licaudit::audit
