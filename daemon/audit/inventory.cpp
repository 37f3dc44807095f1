// What sources and people give, put in force.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/reconciliation.hpp"
#include "daemon/audit/subjects_in_work.hpp"
#include "daemon/ledger/row_forms.hpp"
#include "model/digest.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace licaudit::audit {

namespace {

// Some megabytes. Of fewer a commit is quick, and each way to the disk costs as much as it saves.
constexpr std::size_t many_subjects = 200;

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
  // Subjects are done, and the calculation takes about as long as the disk does. The entry below is not: it would be
  // written twice.
  if (change.subjects.size() + change.added.size() >= many_subjects) tx.write_ahead();
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
