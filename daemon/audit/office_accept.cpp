// What a person lets take effect: a run that a guard holds, or the leaving of a source that left the settings.
#include "daemon/audit/desk.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

using name_set = std::set<std::string, std::less<>>;

/// Of which source, run and tenants something is accepted; 0 and none mean any.
struct acceptance {
  const std::string& source;
  std::int64_t run;
  const std::vector<std::string>& tenants;
  const std::string& caller;

  [[nodiscard]] bool concerns(const std::string& tenant) const {
    return tenants.empty() || std::find(tenants.begin(), tenants.end(), tenant) != tenants.end();
  }
  [[nodiscard]] bool concerns(const std::string& from, std::int64_t of_run, const std::string& tenant) const {
    return from == source && (run == 0 || of_run == run) && concerns(tenant);
  }
};

/// Enters the operation, puts the change in force and calculates; nothing that it moves is guarded.
done put_through(desk& all, ledger::transaction& tx, inventory_change& change, const name_set& accepted,
                 const acceptance& asked, const std::string& text, json::object before, json::object after) {
  const instant at = all.next_instant();
  operation what;
  what.at = at;
  what.type = "accept";
  what.caller = asked.caller;
  if (accepted.size() == 1) what.tenant = *accepted.begin();
  what.text = text;
  what.detail["source"] = asked.source;
  what.detail["run"] = asked.run;
  what.detail["tenants"] = text_array(std::vector<std::string>(accepted.begin(), accepted.end()));
  what.detail["before"] = std::move(before);
  what.detail["after"] = std::move(after);
  done made;
  made.operation = tx.add_operation(what);
  all.held = all.book.held();
  all.put_in_force(tx, change, at);
  all.renew_abandoned();
  const auto unguarded = all.tenants.named(accepted);
  for (auto* slot : unguarded) all.note_touched(*slot, made.operation);
  const auto cause = cause_of("accept", made.operation, asked.caller, text);
  made.calculation = all.calculate(tx, cause, at, std::nullopt, change.moved, unguarded);
  return made;
}

/// Why the differences wait, by tenant.
json::object reasons_of(const std::vector<ledger::held_difference>& waiting) {
  json::object reasons;
  for (const auto& one : waiting) reasons[one.tenant] = one.reason;
  return reasons;
}

/// Of the tallies that a swing holds: by `tenant/licence` the value before it.
json::object sound_values(const desk& all, const name_set& accepted, const acceptance& asked) {
  json::object values;
  for (const auto& [key, value] : all.sound)
    if (accepted.contains(value.tenant) && asked.concerns(value.source, value.run, value.tenant))
      values[value.tenant + '/' + value.licence] = value.licensed;
  return values;
}

/// The same: the value that is let go.
json::object shown_values(const desk& all, const name_set& accepted, const acceptance& asked) {
  json::object values = sound_values(all, accepted, asked);
  for (const auto& tenant : accepted)
    if (const auto* slot = all.tenants.find(tenant))
      for (const auto& one : slot->tally.own->licences)
        if (auto* value = values.if_contains(tenant + '/' + one.licence)) *value = one.licensed;
  return values;
}

/// How many subjects a source gave, by tenant.
json::object counts_of(const abandoned_inventory& left, const name_set& concerned) {
  json::object counts;
  for (const auto& [tenant, count] : left.subjects)
    if (concerned.contains(tenant)) counts[tenant] = count;
  return counts;
}

result<done> release_held(desk& all, const acceptance& asked) {
  std::vector<ledger::held_difference> waiting;
  for (const auto& one : all.held)
    if (asked.concerns(one.source, one.run, one.tenant)) waiting.push_back(one);
  name_set accepted;
  for (const auto& [key, value] : all.sound)
    if (!value.source.empty() && asked.concerns(value.source, value.run, value.tenant)) accepted.insert(value.tenant);
  if (waiting.empty() && accepted.empty())
    return failure{errc::conflict, "nothing of source " + asked.source + " is held" +
                                       (asked.run == 0 ? std::string() : " by run " + std::to_string(asked.run)) +
                                       "; see: licaudit sources"};
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    inventory_change change;
    change.source = asked.source;
    for (const auto& one : waiting) {
      auto parts = waiting_change_from(one.tenant, one.form);
      if (!parts) return parts.error();
      for (const auto& [value, line] : parts->put) change.put(tx.find_subject(value.name), value, line);
      for (const auto& name : parts->removed)
        if (const auto number = tx.find_subject(name)) change.remove(*number);
      tx.drop_held(asked.source, one.tenant);
      change.run = one.run;
      accepted.insert(one.tenant);
    }
    return put_through(all, tx, change, accepted, asked, "accept source " + asked.source,
                       {{"waiting", reasons_of(waiting)}, {"licensed", sound_values(all, accepted, asked)}},
                       {{"waiting", json::object()}, {"licensed", shown_values(all, accepted, asked)}});
  });
}

/// What the source gave leaves as if it gave nothing any more; what waited of it is dropped.
result<done> let_leave(desk& all, const abandoned_inventory& left, const acceptance& asked) {
  name_set concerned, leaving;
  for (const auto& [tenant, count] : left.subjects)
    if (asked.concerns(tenant)) concerned.insert(tenant);
  for (const auto& tenant : left.tenants)
    if (asked.concerns(tenant)) leaving.insert(tenant);
  for (auto* slot : all.tenants.named(leaving))
    for (const auto* below : all.tenants.subtree(*slot)) concerned.insert(below->id());
  if (concerned.empty())
    return failure{errc::conflict,
                   "source " + asked.source + " gives nothing of these tenants; see: licaudit findings"};
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    inventory_change change;
    change.source = asked.source;
    change.gone.assign(leaving.begin(), leaving.end());
    for (const auto& tenant : concerned) {
      for (const auto number : tx.given_numbers(asked.source, tenant)) change.remove(number);
      tx.drop_held(asked.source, tenant);
    }
    // Should it come back, a delta would build on what is not there any more.
    tx.set_cursor(asked.source, {});
    return put_through(all, tx, change, concerned, asked,
                       "source " + asked.source + " left the settings; what it gave leaves",
                       {{"subjects", counts_of(left, concerned)},
                        {"tenants", text_array(std::vector<std::string>(leaving.begin(), leaving.end()))}},
                       {{"subjects", json::object()}, {"tenants", json::array()}});
  });
}

}  // namespace

result<done> office::accept(const std::string& source, std::int64_t run, const std::vector<std::string>& tenants,
                            const std::string& caller) {
  const acceptance asked{source, run, tenants, caller};
  const auto left = desk_->abandoned.find(source);
  if (left == desk_->abandoned.end()) return release_held(*desk_, asked);
  const abandoned_inventory inventory = left->second;
  return let_leave(*desk_, inventory, asked);
}

}  // namespace licaudit::audit
