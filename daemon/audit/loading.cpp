// The desk's memory, from the ledger.
#include "daemon/audit/desk.hpp"

#include <utility>

namespace licaudit::audit {

desk::desk(ledger::ledger& open, policy settings, std::function<instant()> now)
    : book(open), how(std::move(settings)), clock(std::move(now)), engine(how.rules), effective(how.rules) {}

instant desk::next_instant() {
  latest = std::max(clock(), latest + std::chrono::milliseconds(1));
  return latest;
}

result<std::shared_ptr<const factors::rules>> desk::rules_in_force() {
  const auto stored = book.rules_text();
  if (!stored) return how.rules;
  rules_since = stored->second;
  const auto text = parse_json(stored->first);
  if (!text) return failure{errc::corrupt, "the rules in force: " + text.error().detail};
  auto set = factor_set_from_json(*text);
  if (!set) return failure{errc::corrupt, "the rules in force: " + set.error().detail};
  if (revision_of(*set).name == how.rules->revision().name) return how.rules;
  return how.compile(*set);
}

result<void> desk::load() {
  auto in_force = rules_in_force();
  if (!in_force) return in_force.error();
  engine = factors::engine(*in_force);
  effective = *in_force;
  const bool pending = effective->revision().name != how.rules->revision().name;
  if (pending) engine.hold_fields(*how.rules);
  latest = std::max(latest, book.last_instant());
  load_tenants();
  load_subjects();
  if (pending && !engine.set_candidate(how.rules))
    return failure{errc::corrupt, "the pending rules read fields that are not held"};
  load_tallies();
  return {};
}

void desk::load_tenants() {
  tenants = {};
  dirty.clear();
  for (const auto& stored : book.tenants()) {
    if (!stored.record) continue;
    if (stored.gone && stored.origin == "local") {
      tenants.retired.insert(stored.id);  // removed by a person, not lost by a source
      continue;
    }
    tenants.put(*stored.record, stored.origin).gone = stored.gone;
    engine.hold_fields(*stored.record);
    dirty.insert(stored.id);
  }
  for (const auto& [id, slot] : tenants.all()) engine.put_tenant(slot.record, latest);
  for (const auto& decision : book.decisions()) {
    auto* slot = tenants.find(decision.tenant);
    if (slot == nullptr || !decision.value) continue;
    if (decision.item == "enabled") slot->enabled = *decision.value;
    if (decision.item.rfind("switch:", 0) == 0) slot->switches[decision.item.substr(7)] = *decision.value;
  }
  for (const auto& pending : book.pending_switches())
    if (auto* slot = tenants.find(pending.tenant)) slot->pending[pending.item.substr(7)] = pending.value;
}

void desk::load_subjects() {
  populations.clear();
  book.each_subject([this](ledger::subject_number number, const subject& value) {
    if (tenants.find(value.name.tenant) == nullptr) return;
    engine.put_subject(static_cast<std::uint64_t>(number), value);
    auto& [users, numbers] = populations[value.name.tenant];
    if (value.name.kind == subject_kind::user) ++users;
    if (value.name.kind == subject_kind::number) ++numbers;
  });
}

void desk::load_tallies() {
  tallies = {};
  sound.clear();
  last = book.last_calculation();
  std::map<std::int64_t, std::optional<ledger::stored_calculation>> made;
  const auto calculation = [&](std::int64_t sequence) -> const std::optional<ledger::stored_calculation>& {
    auto [known, added] = made.try_emplace(sequence);
    if (added) known->second = book.calculation(sequence);
    return known->second;
  };
  for (const auto& stored : book.tallies()) {
    tallies.restore(stored.tenant, stored.rows);
    if (tallies.find(stored.tenant) == nullptr) continue;
    auto& entry = tallies.of(stored.tenant);
    if (!tenants.has_children(stored.tenant)) entry.own = entry.shown;
    if (last) entry.calculated = calculation_stamp{last->sequence, last->at};
    for (const auto& row : stored.rows) {
      if (row.factor.empty() || (row.flags & ledger::flag_absent) != 0) continue;
      const auto& by = calculation(row.since);
      if (!by) continue;
      const auto moved = by->moved.find(stored.tenant);
      entry.changes[factor_key(row.licence, row.factor)] = {
          by->at, describe(by->cause, moved == by->moved.end() ? nullptr : &moved->second)};
    }
  }
  for (auto& value : book.sound_values()) sound[{value.tenant, value.licence}] = value;
  held = book.held();
  findings = book.findings();
  run_findings.clear();
  for (const auto& one : findings)
    if (one.kind == "set-aside" || one.kind == "second-claim" || one.kind == "unknown-tenant")
      run_findings[one.source].push_back(one);
  load_health();
  tenant_findings.clear();
  for (const auto& [id, slot] : tenants.all()) refresh_rule_findings(id);
  degraded = reasons_to_degrade(latest);
}

void desk::load_health() {
  health = {};
  for (const auto& source : how.sources)
    if (!source.for_each_service) condition_of(source.name);
  for (const auto& stored : book.sources()) {
    if (configured(stored.name) == nullptr) continue;
    auto& source = condition_of(stored.name);
    source.last_good = stored.last_good;
    source.failed_since_good = stored.failed_since_good;
    source.problem = stored.last_failed ? stored.problem : std::string();
    source.tenants.insert(stored.tenants.begin(), stored.tenants.end());
  }
  renew_abandoned();
}

result<void> desk::take_policy(policy settings) {
  const policy before = std::exchange(how, std::move(settings));
  engine.drop_candidate();
  load_health();
  if (how.rules->revision().name == effective->revision().name) return {};
  if (engine.set_candidate(how.rules)) return {};
  auto loaded = load();
  if (loaded) return loaded;
  how = before;
  if (auto again = load(); !again) return again;
  return loaded;
}

}  // namespace licaudit::audit
