// Decisions on tenants; office_moves.cpp has those on their places.
#include "daemon/audit/deciding.hpp"

#include "model/tenant_attributes.hpp"

namespace licaudit::audit {

namespace {

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

/// As RFC 7396 has it: of `settings` and `attributes` the members that are named change, and null takes one away.
json::value merged(const json::value* before, const json::value& patch) {
  if (before == nullptr || !before->is_object() || !patch.is_object()) return patch;
  json::object made = before->get_object();
  for (const auto& [key, value] : patch.get_object())
    if (value.is_null())
      made.erase(key);
    else
      made[key] = value;
  return made;
}

result<tenant> patched(const tenant& record, const json::object& patch) {
  json::object form = to_json(record);
  for (const auto& [key, value] : patch) {
    if (key == "enabled") continue;
    if (value.is_null())
      form.erase(key);
    else
      form[key] = merged(form.if_contains(key), value);
  }
  return tenant_from_json(form);
}

/// What stands under the keys of a patch.
json::object values_of(const tenant& record, bool enabled, const json::object& patch) {
  const json::object form = to_json(record);
  json::object values;
  for (const auto& [key, value] : patch) {
    const auto* known = form.if_contains(key);
    values[key] = key == "enabled" ? json::value(enabled) : known == nullptr ? json::value(nullptr) : *known;
  }
  return values;
}

std::string text_of(const tenant& then, const json::object& patch, bool moves) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? " " : ", ") + part; };
  for (const auto& [key, value] : patch) {
    if (key == "enabled")
      add(value.as_bool() ? "enabled" : "disabled");
    else if (key == "parent" && moves)
      add("moved under " + then.parent);
    else if (key != "parent")
      add(std::string(key) + " changed");
  }
  return "tenant " + then.id + (text.empty() ? " stays as it was" : text);
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
  if (auto wrong = check_attributes(made->attributes)) return *wrong;
  if (auto taken = name_taken(all, *made)) return *taken;
  auto what = undated("tenant", made->id, "tenant " + made->id + " created", caller);
  what.detail["before"] = nullptr;
  what.detail["after"] = to_json(*made);
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
  static const tenant_names known{"name", "parent", "enabled", "settings", "attributes"};
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
  if (patch.contains("attributes"))
    if (auto wrong = check_attributes(record->attributes)) return *wrong;
  const bool moves = record->parent != slot->record->parent;
  if (moves) {
    if (auto waits = waiting_move_of(all, *slot)) return *waits;
    if (auto objection = objection_to_move(all, *slot, *record)) return *objection;
  }
  if (const auto objection = all.objection_to(*record, {{record->id, &*record}}); changes_record && !objection.empty())
    return failure{errc::refused, "tenant " + tenant + ": " + objection};
  if (record->name != slot->record->name && !moves)
    if (auto taken = name_taken(all, *record)) return *taken;
  const bool stands = enabled == nullptr ? slot->enabled : enabled->as_bool();
  auto what = undated("tenant", tenant, text_of(*record, patch, moves), caller);
  what.detail["before"] = values_of(*slot->record, slot->enabled, patch);
  what.detail["after"] = values_of(*record, stands, patch);
  // Where it moves, the sums of its old parents change too.
  return decide(all, std::move(what), kin_of(all, *slot),
                [&](ledger::transaction& tx, std::int64_t sequence, instant at) {
                  if (moves) forget_planned_move(all, tx, *slot);
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
  tenant_names above;
  for (const auto* one : all.tenants.ancestors(*slot)) above.insert(one->id());
  auto what = undated("tenant", tenant, "tenant " + tenant + " removed", caller);
  what.detail["before"] = to_json(*slot->record);
  what.detail["after"] = nullptr;
  return decide(all, std::move(what), above, [&](ledger::transaction& tx, std::int64_t, instant at) {
    inventory_change change;
    change.source = "local";
    change.gone.push_back(tenant);
    all.put_in_force(tx, change, at);
    forget_planned_move(all, tx, *slot);
    forget(all, *slot, at);
    return change.moved;
  });
}

}  // namespace licaudit::audit
