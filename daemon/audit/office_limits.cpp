// How much of a limited service a tenant may use.
#include "daemon/audit/deciding.hpp"
#include "daemon/audit/pool_tree.hpp"
#include "model/allowance.hpp"
#include "model/quantity.hpp"

namespace licaudit::audit {

namespace {

json::value form_of(const std::optional<std::int64_t>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

/// Why it cannot be set; empty if it can.
std::string objection(const licence& of, const tenant_slot& slot, std::optional<std::int64_t> limit) {
  if (!of.terms.limit) return of.id + " has no limit; only licences whose rule says `limit` have one: licaudit rules";
  const pool_tree now(of);
  if (const auto* giver = now.giver_of(slot); !limit && giver != nullptr)
    return of.id + " is handed out of the pool of " + giver->id() + ": give a number, none would have no end";
  auto then = now;
  then.suppose_limit(slot, limit);
  return pool_objection(of, slot, now, then);
}

std::string text_of(const licence& of, const std::optional<std::int64_t>& limit) {
  if (!limit) return "limit of " + of.id + " none";
  const auto allowed = std::to_string(allowed_amount(*of.terms.limit, limit).value());
  return "limit of " + of.id + ' ' + std::to_string(*limit) + ", " + allowed +
         (of.terms.limit->unit.empty() ? "" : " " + of.terms.limit->unit) + " allowed";
}

}  // namespace

result<done> office::set_limit(const std::string& tenant, const std::string& licence, std::optional<std::int64_t> limit,
                               const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  const auto* of = all.engine.current().set().find(licence);
  if (of == nullptr) return failure{errc::unknown, "there is no licence " + licence + "; see: licaudit rules"};
  if (limit && !is_quantity(*limit))
    return failure{errc::malformed, std::string("limit: expected ") + a_quantity + ", or null for none"};
  if (auto why = objection(*of, *slot, limit); !why.empty()) return failure{errc::refused, std::move(why)};
  auto what = undated("limit", tenant, text_of(*of, limit), caller);
  what.detail["licence"] = licence;
  what.detail["before"] = form_of(slot->limit(licence));
  what.detail["after"] = form_of(limit);
  return decide(all, std::move(what), {tenant}, [&](ledger::transaction& tx, std::int64_t sequence, instant) {
    tx.put_decision(sequence, {tenant, "limit:" + licence, limit});
    if (limit)
      slot->decided.change().limits[licence] = *limit;
    else
      slot->decided.change().limits.erase(licence);
    return std::vector<subject_movement>();
  });
}

}  // namespace licaudit::audit
