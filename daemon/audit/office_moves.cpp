// A tenant gets another parent: at once, or at a time that is planned.
#include "daemon/audit/deciding.hpp"
#include "daemon/audit/new_finding.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

struct wanted_move {
  tenant_slot* slot;
  tenant_slot* parent;
};

tenant under(const tenant_slot& slot, const std::string& to) {
  tenant record = *slot.record;
  record.parent = to;
  return record;
}

/// Whom a request is about, once nothing speaks against it.
result<wanted_move> checked(desk& all, const relocation_request& request) {
  auto* slot = all.tenants.find(request.tenant);
  if (slot == nullptr) return unknown_tenant(request.tenant);
  if (auto objection = objection_to_move(all, *slot, under(*slot, request.to))) return *objection;
  if (slot->record->parent == request.to)
    return failure{errc::refused, "tenant " + request.tenant + " stands under " + request.to + " already"};
  if (auto waits = waiting_move_of(all, *slot)) return *waits;
  if (request.effective && *request.effective <= all.clock())
    return failure{errc::refused, "effective: " + to_rfc3339(*request.effective) +
                                      " lies in the past; history stays as it was, name a time to come or none"};
  return wanted_move{slot, all.tenants.find(request.to)};
}

relocation described(desk& all, const wanted_move& wanted, const relocation_request& request) {
  auto made = relocation_of(all, *wanted.slot, *wanted.parent);
  made.effective = request.effective;
  return made;
}

/// The record under its new parent, put in force within a decision.
std::vector<subject_movement> put_under(desk& all, ledger::transaction& tx, tenant_slot& slot, const std::string& to,
                                        instant at) {
  forget_planned_move(all, tx, slot);
  inventory_change change;
  change.source = "local";
  change.tenants.push_back(under(slot, to));
  all.put_in_force(tx, change, at);
  return change.moved;
}

operation moving(const tenant_slot& slot, const std::string& to, const std::string& caller) {
  auto what = undated("tenant", slot.id(), "tenant " + slot.id() + " moved under " + to, caller);
  what.detail["before"] = json::object{{"parent", slot.record->parent}};
  what.detail["after"] = json::object{{"parent", to}};
  return what;
}

json::value form_of(const std::optional<ledger::stored_move>& planned) {
  if (!planned) return nullptr;
  json::object form{{"to", planned->to}, {"effective", to_rfc3339(planned->effective)}};
  form["operation"] = planned->operation;
  return form;
}

result<done> plan(desk& all, const wanted_move& wanted, const relocation_request& request, const std::string& caller) {
  auto& slot = *wanted.slot;
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    auto what = undated(
        "tenant", slot.id(),
        "tenant " + slot.id() + " to be moved under " + request.to + " at " + to_rfc3339(*request.effective), caller);
    what.at = all.next_instant();
    what.detail["before"] = json::object{{"planned_move", form_of(slot.decided->planned)}};
    ledger::stored_move planned{slot.id(), request.to, *request.effective, tx.next_sequence(), caller, {}};
    what.detail["after"] = json::object{{"planned_move", form_of(planned)}};
    done made;
    forget_planned_move(all, tx, slot);
    made.operation = tx.add_operation(what);
    tx.put_planned_move(planned);
    all.due_moves.emplace(planned.effective, slot.id());
    slot.decided.change().planned = std::move(planned);
    all.post_findings_of_tenant(slot, what.at);
    tx.put_findings(all.findings.take_changes());
    all.stale.insert(&slot);
    return made;
  });
}

/// What is staged rests on the pools above: it has to be settled first.
std::optional<failure> open_cart_of(const desk& all, tenant_slot& slot) {
  for (const auto* one : all.tenants.subtree(slot))
    if (const auto callers = all.carts.callers_with_lines(one->id()); !callers.empty())
      return failure{errc::conflict, "tenant " + one->id() + " has an open cart of " + callers.front() +
                                         "; confirm or empty it first: licaudit order show " + one->id()};
  return std::nullopt;
}

/// Makes the move that was planned.
result<done> make_planned(desk& all, tenant_slot& slot) {
  const auto planned = *slot.decided->planned;
  auto what = moving(slot, planned.to, "licauditd");
  what.text += ", as " + planned.caller + " planned in operation " + std::to_string(planned.operation);
  what.detail["planned"] = form_of(planned);
  return decide(all, std::move(what), kin_of(all, slot), [&](ledger::transaction& tx, std::int64_t, instant at) {
    return put_under(all, tx, slot, planned.to, at);
  });
}

/// It has become impossible: the attempt is entered, a finding says so until the plan is cancelled or replaced.
result<done> give_up_planned(desk& all, tenant_slot& slot, const std::string& why) {
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    auto planned = *slot.decided->planned;
    auto what = undated("refused", slot.id(),
                        "the planned move of tenant " + slot.id() + " under " + planned.to + " was not made: " + why,
                        "licauditd");
    what.at = all.next_instant();
    what.detail["planned"] = form_of(planned);
    done made;
    made.operation = tx.add_operation(what);
    planned.refused = why;
    tx.put_planned_move(planned);
    all.due_moves.erase({planned.effective, slot.id()});
    slot.decided.change().planned = std::move(planned);
    all.post_findings_of_tenant(slot, what.at);
    tx.put_findings(all.findings.take_changes());
    all.stale.insert(&slot);
    return made;
  });
}

}  // namespace

std::optional<failure> name_taken(const desk& all, const tenant& record) {
  const auto others = all.tenants.namesakes(record);
  if (others.empty()) return std::nullopt;
  return failure{errc::conflict, "tenant " + others.front()->id() + " under " + record.parent + " is called " +
                                     others.front()->record->name + " as well; rename one of the two"};
}

std::optional<failure> objection_to_move(desk& all, tenant_slot& slot, const tenant& then) {
  const auto& id = slot.id();
  const auto& to = then.parent;
  const auto refuse = [&id](const std::string& why) { return failure{errc::refused, "tenant " + id + why}; };
  if (slot.record->parent.empty()) return refuse(" is the root, under which all others stand; it cannot be moved");
  if (slot.origin != "local") return not_local(id, slot.origin, "move it");
  if (to.empty()) return refuse(" needs a parent; only the root has none");
  auto* parent = all.tenants.find(to);
  if (parent == nullptr) return unknown_tenant(to);
  if (to == id) return refuse(" cannot stand under itself; name another parent");
  const auto above = all.tenants.ancestors(*parent);
  if (std::find(above.begin(), above.end(), &slot) != above.end())
    return refuse(" cannot be moved under " + to + ", which stands under it; move " + to + " first");
  if (const auto objection = all.tenants.objection(then, {}); !objection.empty()) return refuse(": " + objection);
  if (auto taken = name_taken(all, then)) return taken;
  if (auto open = open_cart_of(all, slot)) return open;
  if (const auto lacking = pool_objection_to(all, slot, *parent); !lacking.empty()) return refuse(": " + lacking);
  return std::nullopt;
}

std::optional<failure> waiting_move_of(const desk&, const tenant_slot& slot) {
  if (!slot.decided->planned || !slot.decided->planned->refused.empty()) return std::nullopt;
  return failure{errc::conflict, "tenant " + slot.id() + " is to be moved under " + slot.decided->planned->to + " at " +
                                     to_rfc3339(slot.decided->planned->effective) + " already, operation " +
                                     std::to_string(slot.decided->planned->operation) +
                                     "; cancel that first: licaudit tenant move " + slot.id() + " --cancel"};
}

void forget_planned_move(desk& all, ledger::transaction& tx, tenant_slot& slot) {
  if (!slot.decided->planned) return;
  all.due_moves.erase({slot.decided->planned->effective, slot.id()});
  tx.drop_planned_move(slot.id());
  slot.decided.change().planned.reset();
}

result<relocation> office::try_move(const relocation_request& request) {
  const auto wanted = checked(*desk_, request);
  if (!wanted) return wanted.error();
  return described(*desk_, *wanted, request);
}

result<relocated> office::move(const relocation_request& request, const std::string& caller) {
  auto& all = *desk_;
  const auto wanted = checked(all, request);
  if (!wanted) return wanted.error();
  relocated made{described(all, *wanted, request), {}};
  auto& slot = *wanted->slot;
  auto outcome = request.effective ? plan(all, *wanted, request, caller)
                                   : decide(all, moving(slot, request.to, caller), kin_of(all, slot),
                                            [&](ledger::transaction& tx, std::int64_t, instant at) {
                                              return put_under(all, tx, slot, request.to, at);
                                            });
  if (!outcome) return outcome.error();
  made.outcome = *outcome;
  return made;
}

result<done> office::cancel_move(const std::string& tenant, const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  if (!slot->decided->planned) return failure{errc::conflict, "no move of tenant " + tenant + " is planned"};
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    auto what =
        undated("tenant", tenant,
                "planned move of tenant " + tenant + " under " + slot->decided->planned->to + " cancelled", caller);
    what.at = all.next_instant();
    what.detail["before"] = json::object{{"planned_move", form_of(slot->decided->planned)}};
    what.detail["after"] = json::object{{"planned_move", nullptr}};
    done made;
    made.operation = tx.add_operation(what);
    forget_planned_move(all, tx, *slot);
    all.post_findings_of_tenant(*slot, what.at);
    tx.put_findings(all.findings.take_changes());
    all.stale.insert(slot);
    return made;
  });
}

result<std::int64_t> office::make_due_moves() {
  auto& all = *desk_;
  std::int64_t made = 0;
  const instant now = all.clock();
  while (!all.due_moves.empty() && all.due_moves.begin()->first <= now) {
    auto* slot = all.tenants.find(all.due_moves.begin()->second);
    const auto objection = objection_to_move(all, *slot, under(*slot, slot->decided->planned->to));
    const auto outcome = objection ? give_up_planned(all, *slot, objection->detail) : make_planned(all, *slot);
    if (!outcome) return outcome.error();
    ++made;
  }
  return made;
}

}  // namespace licaudit::audit
