// What sources and people give, put in force.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/reconciliation.hpp"

#include <algorithm>
#include <stdexcept>

namespace licaudit::audit {

namespace {

struct new_version {
  ledger::subject_number number;
  subject_name name;
  bool before;
  std::optional<subject> value;
};

std::optional<subject> merge(const desk& all, std::vector<ledger::given_version> given) {
  if (given.empty()) return std::nullopt;
  std::stable_sort(given.begin(), given.end(), [&all](const auto& a, const auto& b) {
    return all.precedence(a.source) < all.precedence(b.source);
  });
  std::vector<subject> values;
  for (auto& one : given) values.push_back(std::move(one.value));
  return merged(values);
}

void count_movement(subject_movement& moved, const new_version& version) {
  const bool number = version.name.kind == subject_kind::number;
  if (version.name.kind == subject_kind::meter) return;
  if (!version.before) ++(number ? moved.numbers_added : moved.users_added);
  if (version.before && !version.value) ++(number ? moved.numbers_removed : moved.users_removed);
  if (version.before && version.value) ++(number ? moved.numbers_changed : moved.users_changed);
}

json::object entry_form(ledger::transaction& tx, const inventory_change& change,
                        const std::vector<new_version>& versions) {
  ledger::versions_digest subjects;
  for (const auto& version : versions)
    subjects.add(tx.key_of(version.number), tx.version_of(version.number, version.value));
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
  form["subjects"] = subjects.form();
  return form;
}

}  // namespace

void desk::note_touched(const std::string& tenant, std::int64_t sequence) {
  dirty.insert(tenant);
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

bool desk::put_in_force(ledger::transaction& tx, inventory_change& change, instant at) {
  std::vector<new_version> versions;
  for (const auto& one : change.subjects) {
    if (one.value)
      tx.put_given(change.source, one.number, one.line, *one.value);
    else
      tx.drop_given(change.source, one.number);
    auto value = merge(*this, tx.given_of(one.number));
    const auto before = tx.current(one.number);
    if (value == before) continue;
    versions.push_back({one.number, tx.name_of(one.number), before.has_value(), std::move(value)});
  }
  if (versions.empty() && change.tenants.empty() && change.gone.empty()) return false;

  std::sort(versions.begin(), versions.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  const std::int64_t sequence = tx.enter("inventory", at, entry_form(tx, change, versions));
  for (const auto& record : change.tenants) {
    tx.put_tenant(sequence, record.id, change.source, record);
    tenants.put(record, change.source);
    hold_fields_of(record);
    engine.put_tenant(record, at);
    note_touched(record.id, sequence);
  }
  for (const auto& id : change.gone) {
    tx.put_tenant(sequence, id, change.source, std::nullopt);
    if (auto* slot = tenants.find(id)) slot->gone = true;
    for (const auto& below : tenants.subtree(id)) note_touched(below, sequence);
  }
  std::map<std::string, subject_movement, std::less<>> moved;
  for (const auto& version : versions) {
    tx.put_version(sequence, version.number, version.value);
    const auto number = static_cast<std::uint64_t>(version.number);
    if (version.value)
      engine.put_subject(number, *version.value);
    else
      engine.remove_subject(number);
    count_movement(moved[version.name.tenant], version);
    note_touched(version.name.tenant, sequence);
  }
  for (auto& [tenant, movement] : moved) {
    movement.tenant = tenant;
    auto& [users, numbers] = populations[tenant];
    users += movement.users_added - movement.users_removed;
    numbers += movement.numbers_added - movement.numbers_removed;
    change.moved.push_back(movement);
  }
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
