// Subjects of the source `local`, which people put and remove.
#include "daemon/audit/deciding.hpp"

#include "model/names.hpp"

namespace licaudit::audit {

namespace {

/// What `local` says of a subject: a salted digest, because nothing of a person may stand under the hash of an entry.
json::value given_here(ledger::transaction& tx, const ledger::subject_identity& who) {
  for (const auto& one : tx.givers_of(who.number))
    if (one.source == "local") return json::value(to_hex(ledger::version_of(who, one.form)));
  return nullptr;
}

/// The operation knows the subject by its key, as history does.
void tell_of(ledger::transaction& tx, operation& what, ledger::subject_number number,
             const std::optional<subject>& then) {
  const auto who = tx.identity_of(number);
  what.detail["kind"] = to_text(who.name.kind);
  what.detail["key"] = who.key;
  what.detail["before"] = given_here(tx, who);
  what.detail["after"] =
      then ? json::value(to_hex(ledger::version_of(who, ledger::form_of(*then)))) : json::value(nullptr);
}

}  // namespace

result<done> office::put_subject(const subject& value, const std::string& caller) {
  auto& all = *desk_;
  if (all.tenants.find(value.name.tenant) == nullptr) return unknown_tenant(value.name.tenant);
  if (!is_subject_id(value.name.id))
    return failure{errc::malformed, "an id has 1 to 256 bytes and no control characters"};
  return decide(
      all, undated("subject", value.name.tenant, std::string(to_text(value.name.kind)) + " put", caller),
      {value.name.tenant},
      [&](ledger::transaction& tx, operation& what) { tell_of(tx, what, tx.find_or_add_subject(value.name), value); },
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
  std::optional<ledger::subject_number> number;
  {
    // Looked up in a transaction of its own, so that a refusal leaves no entry.
    ledger::transaction look(all.book);
    number = look.find_subject(name);
    if (!number || !look.is_given("local", *number))
      return failure{errc::unknown, kind + " " + name.id + " of " + name.tenant +
                                        " was not put here; what a source gives is removed at the source"};
  }
  return decide(
      all, undated("subject", name.tenant, kind + " removed", caller), {name.tenant},
      [&](ledger::transaction& tx, operation& what) { tell_of(tx, what, *number, std::nullopt); },
      [&](ledger::transaction& tx, std::int64_t, instant at) {
        inventory_change change;
        change.source = "local";
        change.remove(*number);
        all.put_in_force(tx, change, at);
        return change.moved;
      });
}

}  // namespace licaudit::audit
