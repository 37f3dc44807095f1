#pragma once

#include "daemon/audit/desk.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::audit {

using tenant_names = std::set<std::string, std::less<>>;

/// An operation that has no date yet.
[[nodiscard]] inline operation undated(std::string type, std::string tenant, std::string text, std::string caller) {
  operation what;
  what.type = std::move(type);
  what.tenant = std::move(tenant);
  what.text = std::move(text);
  what.caller = std::move(caller);
  return what;
}

[[nodiscard]] inline failure unknown_tenant(const std::string& tenant) {
  return {errc::unknown, "tenant " + tenant + " is not known; see: licaudit tenants"};
}

[[nodiscard]] inline failure not_local(const std::string& tenant, const std::string& origin, const std::string& what) {
  return {errc::conflict, "tenant " + tenant + " comes from source " + origin + ": " + what + " there"};
}

/// Enters the operation, lets `work` change things, and calculates the tenants concerned; all at one instant. `prepare`
/// is given the transaction and the operation, to tell what it finds before. `work` is given the transaction, the
/// operation's sequence and its instant, and returns what moved of subjects.
template <class Prepare, class Work>
result<done> decide(desk& all, operation what, const tenant_names& concerned, const Prepare& prepare,
                    const Work& work) {
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    const instant at = all.next_instant();
    what.at = at;
    prepare(tx, what);
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

template <class Work>
result<done> decide(desk& all, operation what, const tenant_names& concerned, const Work& work) {
  return decide(
      all, std::move(what), concerned, [](ledger::transaction&, operation&) {}, work);
}

/// The tenant with its subtree and all above it: whom a change of its place or standing concerns.
[[nodiscard]] inline tenant_names kin_of(const desk& all, tenant_slot& slot) {
  tenant_names names;
  for (const auto* below : all.tenants.subtree(slot)) names.insert(below->id());
  for (const auto* above : all.tenants.ancestors(slot)) names.insert(above->id());
  return names;
}

// office_moves.cpp

/// Why a tenant cannot be what `then` says, whose parent is another one; none: it can.
[[nodiscard]] std::optional<failure> objection_to_move(desk& all, tenant_slot& slot, const tenant& then);
/// Names are unique beside each other, so that no page or bill is taken for another's; none: nobody has it.
[[nodiscard]] std::optional<failure> name_taken(const desk& all, const tenant& record);
/// Why nobody else may do what a planned move of the tenant waits to do; none: no move waits.
[[nodiscard]] std::optional<failure> waiting_move_of(const desk& all, const tenant_slot& slot);
/// What was planned for it, or could not be made, is no more.
void forget_planned_move(desk& all, ledger::transaction& tx, tenant_slot& slot);

}  // namespace licaudit::audit
