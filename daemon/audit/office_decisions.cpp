// Decisions on tenants, and the source `local`.
#include "daemon/audit/desk.hpp"

#include "model/names.hpp"

namespace licaudit::audit {

namespace {

using name_set = std::set<std::string, std::less<>>;

operation decision(const std::string& type, const std::string& tenant, std::string text, const std::string& caller) {
  operation what;
  what.type = type;
  what.tenant = tenant;
  what.text = std::move(text);
  what.caller = caller;
  return what;
}

/// Enters the operation, lets `work` change things, and calculates the tenants concerned; all at one instant.
template <class Work>
result<done> decide(desk& all, operation what, const name_set& concerned, const Work& work) {
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    const instant at = all.next_instant();
    what.at = at;
    done made;
    made.operation = tx.add_operation(what);
    const std::vector<subject_movement> moved = work(tx, made.operation, at);
    const auto scope = all.tenants.named(concerned);
    for (auto* slot : scope) all.note_touched(*slot, made.operation);
    made.calculation =
        all.calculate(tx, cause_of("decision", made.operation, what.caller, what.text), at, scope, moved, scope);
    return made;
  });
}

failure unknown_tenant(const std::string& tenant) {
  return {errc::unknown, "tenant " + tenant + " is not known; see: licaudit tenants"};
}

failure not_local(const std::string& tenant, const std::string& origin, const std::string& what) {
  return {errc::conflict, "tenant " + tenant + " comes from source " + origin + ": " + what + " there"};
}

/// Of the tenant nothing is left but the rows of its tallies, which the calculation buries.
void forget(desk& all, tenant_slot& slot, instant at) {
  const std::string id = slot.id();
  all.leaving[id] = all.tallies.withdraw(slot);
  for (auto* marked : {&all.waiting, &all.dirty, &all.stale}) marked->erase(&slot);
  all.published_no_more.push_back(id);
  all.engine.remove_tenant(id);
  all.tenants.remove(id);
  all.populations.erase(id);
  all.end_findings_of_tenant(id, at);
}

result<tenant> patched(const tenant& record, const json::object& patch) {
  json::object form = to_json(record);
  for (const auto& [key, value] : patch)
    if (key != "enabled") {
      if (value.is_null())
        form.erase(key);
      else
        form[key] = value;
    }
  return tenant_from_json(form);
}

}  // namespace

result<done> office::create_tenant(const json::value& record, const std::string& caller) {
  auto& all = *desk_;
  auto made = tenant_from_json(record);
  if (!made) return made.error();
  if (all.tenants.find(made->id) != nullptr)
    return failure{errc::conflict, "tenant " + made->id + " is there already; choose another id"};
  if (const auto objection = all.objection_to(*made, {}); !objection.empty())
    return failure{errc::refused, "tenant " + made->id + ": " + objection};
  auto what = decision("tenant", made->id, "tenant " + made->id + " created", caller);
  what.detail["tenant"] = to_json(*made);
  return decide(all, std::move(what), {made->id}, [&](ledger::transaction& tx, std::int64_t, instant at) {
    inventory_change change;
    change.source = "local";
    change.tenants.push_back(*made);
    all.put_in_force(tx, change, at);
    return change.moved;
  });
}

result<done> office::change_tenant(const std::string& tenant, const json::object& patch, const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  static const name_set known{"name", "parent", "enabled", "settings", "attributes"};
  for (const auto& [key, value] : patch)
    if (known.find(std::string_view(key)) == known.end())
      return failure{errc::malformed, std::string(key) +
                                          " cannot be changed here; name, parent, enabled, settings and "
                                          "attributes can"};
  const auto* enabled = patch.if_contains("enabled");
  if (enabled != nullptr && !enabled->is_bool()) return failure{errc::malformed, "enabled: expected true or false"};
  const bool changes_record = patch.size() > (enabled == nullptr ? 0u : 1u);
  if (changes_record && slot->origin != "local") return not_local(tenant, slot->origin, "change it");
  auto record = patched(*slot->record, patch);
  if (!record) return record.error();
  if (const auto objection = all.objection_to(*record, {{record->id, &*record}}); changes_record && !objection.empty())
    return failure{errc::refused, "tenant " + tenant + ": " + objection};
  std::string text = "tenant " + tenant;
  text += enabled == nullptr ? " changed" : enabled->as_bool() ? " enabled" : " disabled";
  auto what = decision("tenant", tenant, std::move(text), caller);
  what.detail["before"] = to_json(*slot->record);
  what.detail["change"] = patch;
  name_set concerned;
  for (const auto* below : all.tenants.subtree(*slot)) concerned.insert(below->id());
  // Where it moves, the sums of its old parents change too.
  for (const auto* above : all.tenants.ancestors(*slot)) concerned.insert(above->id());
  return decide(all, std::move(what), concerned, [&](ledger::transaction& tx, std::int64_t sequence, instant at) {
    if (enabled != nullptr) {
      tx.put_decision(sequence, {tenant, "enabled", enabled->as_bool()});
      slot->enabled = enabled->as_bool();
    }
    inventory_change change;
    change.source = "local";
    if (changes_record && !(*slot->record == *record)) change.tenants.push_back(*record);
    all.put_in_force(tx, change, at);
    return change.moved;
  });
}

result<done> office::remove_tenant(const std::string& tenant, const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  if (slot->origin != "local") return not_local(tenant, slot->origin, "remove it");
  if (slot->has_children())
    return failure{errc::conflict, "tenant " + tenant + " has tenants under it; move or remove them first"};
  name_set above;
  for (const auto* one : all.tenants.ancestors(*slot)) above.insert(one->id());
  auto what = decision("tenant", tenant, "tenant " + tenant + " removed", caller);
  what.detail["tenant"] = to_json(*slot->record);
  return decide(all, std::move(what), above, [&](ledger::transaction& tx, std::int64_t, instant at) {
    inventory_change change;
    change.source = "local";
    change.gone.push_back(tenant);
    all.put_in_force(tx, change, at);
    forget(all, *slot, at);
    return change.moved;
  });
}

result<done> office::put_subject(const subject& value, const std::string& caller) {
  auto& all = *desk_;
  if (all.tenants.find(value.name.tenant) == nullptr) return unknown_tenant(value.name.tenant);
  if (!is_subject_id(value.name.id))
    return failure{errc::malformed, "an id has 1 to 256 bytes and no control characters"};
  const std::string kind(to_text(value.name.kind));
  // The text under the hash names no person: the entry of the change knows the subject by its key.
  return decide(all, decision("subject", value.name.tenant, kind + " put", caller), {value.name.tenant},
                [&](ledger::transaction& tx, std::int64_t, instant at) {
                  inventory_change change;
                  change.source = "local";
                  change.put(tx.find_subject(value.name), value);
                  all.put_in_force(tx, change, at);
                  return change.moved;
                });
}

result<done> office::remove_subject(const subject_name& name, const std::string& caller) {
  auto& all = *desk_;
  if (all.tenants.find(name.tenant) == nullptr) return unknown_tenant(name.tenant);
  const std::string kind(to_text(name.kind));
  {
    // Looked up in a transaction of its own, so that a refusal leaves no entry.
    ledger::transaction look(all.book);
    const auto number = look.find_subject(name);
    if (!number || !look.is_given("local", *number))
      return failure{errc::unknown, kind + " " + name.id + " of " + name.tenant +
                                        " was not put here; what a source gives is removed at the source"};
  }
  return decide(all, decision("subject", name.tenant, kind + " removed", caller), {name.tenant},
                [&](ledger::transaction& tx, std::int64_t, instant at) {
                  inventory_change change;
                  change.source = "local";
                  if (const auto number = tx.find_subject(name)) change.remove(*number);
                  all.put_in_force(tx, change, at);
                  return change.moved;
                });
}

}  // namespace licaudit::audit
