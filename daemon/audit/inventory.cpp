// What sources and people give, put in force.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/reconciliation.hpp"
#include "daemon/ledger/chain.hpp"
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
  subjects_in_work(desk& all, ledger::transaction& tx, const std::string& source, std::int64_t sequence)
      : all_(all), tx_(tx), source_(source), sequence_(sequence) {}

  void put(given_change& change) {
    if (change.value && change.number == 0)
      put_new(change);
    else if (change.value)
      put_known(change);
    else
      drop(change);
  }

  [[nodiscard]] json::object digest() { return versions_.form(); }

  /// What moved, by tenant; counted in the ledger.
  std::vector<subject_movement> finish() {
    for (const auto& [tenant, more] : given_) tx_.count_given(source_, tenant, more);
    std::vector<subject_movement> moved;
    for (auto& [tenant, movement] : moved_) {
      movement.tenant = tenant;
      all_.populations.add(tenant, movement.users_added - movement.users_removed,
                           movement.numbers_added - movement.numbers_removed);
      const auto heads = all_.populations.of(tenant);
      tx_.put_head_count(tenant, heads.users, heads.numbers);
      moved.push_back(std::move(movement));
    }
    return moved;
  }

 private:
  void put_new(const given_change& change) {
    const auto who = tx_.add_subject(change.value->name);
    const auto form = ledger::form_of(*change.value);
    tx_.put_given(source_, who.number, change.line, form, true);
    ++given_[who.name.tenant];
    enter(who, false, form, *change.value);
  }

  void put_known(const given_change& change) {
    const auto who = tx_.identity_of(change.number);
    const auto before = tx_.current_form(change.number);
    auto others = tx_.givers_of(change.number);
    const auto own =
        std::find_if(others.begin(), others.end(), [this](const auto& one) { return one.source == source_; });
    if (own == others.end())
      ++given_[who.name.tenant];
    else
      others.erase(own);
    const auto form = ledger::form_of(*change.value);
    tx_.put_given(source_, change.number, change.line, form, others.empty());
    if (others.empty()) return follow(who, before, form, *change.value);
    // From now on the version in force is a sum: each says its part by itself.
    for (const auto& one : others) tx_.put_given(one.source, change.number, one.line, one.form, false);
    others.push_back({source_, change.line, form});
    const auto sum = merge(who.name, std::move(others));
    follow(who, before, ledger::form_of(sum), sum);
  }

  void drop(const given_change& change) {
    const auto who = tx_.identity_of(change.number);
    const auto before = tx_.current_form(change.number);
    auto others = tx_.givers_of(change.number);
    const auto own =
        std::find_if(others.begin(), others.end(), [this](const auto& one) { return one.source == source_; });
    if (own == others.end()) return;
    others.erase(own);
    tx_.drop_given(source_, change.number);
    --given_[who.name.tenant];
    if (!others.empty()) {
      const auto sum = merge(who.name, std::move(others));
      return follow(who, before, ledger::form_of(sum), sum);
    }
    if (before) enter(who, true, std::nullopt, {});
  }

  void follow(const ledger::subject_identity& who, const std::optional<ledger::subject_form>& before,
              const ledger::subject_form& form, const subject& value) {
    if (before != form) enter(who, before.has_value(), form, value);
  }

  /// A new version.
  void enter(const ledger::subject_identity& who, bool before, const std::optional<ledger::subject_form>& form,
             const subject& value) {
    versions_.add(who.key, ledger::version_of(who, form));
    tx_.put_version(sequence_, who.number, form);
    const auto number = static_cast<std::uint64_t>(who.number);
    if (form)
      all_.engine.put_subject(number, value);
    else
      all_.engine.remove_subject(number);
    count_movement(who.name, before, form.has_value());
  }

  void count_movement(const subject_name& who, bool before, bool after) {
    auto& moved = moved_[who.tenant];
    if (who.kind == subject_kind::meter) return;
    const bool number = who.kind == subject_kind::number;
    if (!before) ++(number ? moved.numbers_added : moved.users_added);
    if (before && !after) ++(number ? moved.numbers_removed : moved.users_removed);
    if (before && after) ++(number ? moved.numbers_changed : moved.users_changed);
  }

  [[nodiscard]] subject merge(const subject_name& name, std::vector<ledger::given_form> given) const {
    std::stable_sort(given.begin(), given.end(), [this](const auto& a, const auto& b) {
      return all_.precedence(a.source) < all_.precedence(b.source);
    });
    std::vector<subject> values;
    for (const auto& one : given) values.push_back(ledger::subject_of(name, one.form.quantity, one.form.fields));
    return merged(values);
  }

  desk& all_;
  ledger::transaction& tx_;
  const std::string& source_;
  std::int64_t sequence_;
  ledger::versions_digest versions_;
  std::map<std::string, subject_movement, std::less<>> moved_;
  std::map<std::string, std::int64_t, std::less<>> given_;  ///< how many more, by tenant
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

void desk::note_touched(const std::string& tenant, std::int64_t sequence) {
  dirty.insert(tenant);
  stale.insert(tenant);
  if (auto* slot = tenants.find(tenant)) slot->touched = sequence;
}

/// Criteria of a tenant's own may read a field that nothing read before: then the inventory is read once more. What
/// this transaction has written is among what is read.
void desk::hold_fields_of(const tenant& record) {
  if (engine.holds_fields(record)) return;
  factors::engine wider(effective);
  if (engine.has_candidate()) wider.hold_fields(*how.rules);
  for (const auto& [id, slot] : tenants.all()) wider.hold_fields(slot.record);
  for (const auto& [id, slot] : tenants.all()) wider.put_tenant(slot.record, latest);
  book.each_subject([&](ledger::subject_number number, const subject& value) {
    if (tenants.find(value.name.tenant) != nullptr) wider.put_subject(static_cast<std::uint64_t>(number), value);
  });
  if (engine.has_candidate() && !wider.set_candidate(how.rules))
    throw std::logic_error("the candidate reads fields that were asked for and are not held");
  engine = std::move(wider);
}

void desk::note_former_ends(const tenant& record, instant from) {
  for (const auto& site : record.sites)
    for (const auto& former : site.former_gateways)
      if (former.until && *former.until > from) former_ends.emplace(*former.until, record.id);
}

void desk::take_record(const tenant& record, const std::string& origin, instant at) {
  // Sums of parents, and what is inherited.
  const auto* before = tenants.find(record.id);
  const std::string left = before == nullptr ? std::string() : before->record.parent;
  tenants.put(record, origin);
  for (const auto& parent : {left, record.parent})
    if (left != record.parent && tenants.find(parent) != nullptr) {
      dirty.insert(parent);
      stale.insert(parent);
    }
  for (const auto& below : tenants.subtree(record.id)) stale.insert(below);
  hold_fields_of(record);
  engine.put_tenant(record, at);
  note_former_ends(record, at);
}

bool desk::put_in_force(ledger::transaction& tx, inventory_change& change, instant at) {
  // Everything is dated by the entry that is made at the end, when its form is known.
  const std::int64_t sequence = tx.next_sequence();
  for (const auto& record : change.tenants) {
    tx.put_tenant(sequence, record.id, change.source, record);
    take_record(record, change.source, at);
    note_touched(record.id, sequence);
  }
  for (const auto& id : change.gone) {
    tx.put_tenant(sequence, id, change.source, std::nullopt);
    if (auto* slot = tenants.find(id)) slot->gone = true;
    for (const auto& below : tenants.subtree(id)) note_touched(below, sequence);
  }
  // By number, as the ledger stores them; those that have none yet get theirs in turn.
  std::stable_sort(change.subjects.begin(), change.subjects.end(), [](const auto& a, const auto& b) {
    return (a.number == 0 ? INT64_MAX : a.number) < (b.number == 0 ? INT64_MAX : b.number);
  });
  subjects_in_work subjects(*this, tx, change.source, sequence);
  for (auto& one : change.subjects) {
    subjects.put(one);
    one.value.reset();  // a first synchronisation brings a million: what the engine takes, they give back
  }
  change.moved = subjects.finish();
  if (change.moved.empty() && change.tenants.empty() && change.gone.empty()) return false;
  for (const auto& one : change.moved) note_touched(one.tenant, sequence);
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
      outcome.calculation = calculate(tx, cause, at, std::nullopt, made.change.moved, made.first_fed);
    }
    outcome.run = run.run;
    return outcome;
  });
}

}  // namespace licaudit::audit
