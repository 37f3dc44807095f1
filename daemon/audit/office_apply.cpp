// Switches wait until Apply makes them effective; a plan says what that would change.
#include "daemon/audit/apply_comparison.hpp"
#include "daemon/audit/apply_log.hpp"
#include "daemon/audit/deciding.hpp"
#include "model/digest.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

// Plans are small and short-lived; a person reads one and applies it.
constexpr std::size_t most_plans = 64;
constexpr std::chrono::hours plan_life{24};

/// What an Apply is about, in the order of the ids. Everybody is meant by `scope` none; only those in `moving` can
/// count otherwise than before: the ones under a switch that waits, all where rules change, and those whose value a
/// guard holds, which an Apply lets go.
struct apply_extent {
  std::optional<tenant_set> scope;
  std::vector<tenant_slot*> moving;
  tenant_set pending;  ///< of the scope those with switches that wait

  [[nodiscard]] bool holds(const tenant_slot& slot) const { return !scope || scope->contains(&slot); }
};

result<std::optional<tenant_set>> scope_of(desk& all, const apply_request& request) {
  if (request.all) return std::optional<tenant_set>();
  if (request.tenants.empty())
    return failure{errc::malformed, "name the tenants to apply to, or say all; for every tenant: licaudit apply --all"};
  tenant_set tenants;
  for (const auto& id : request.tenants) {
    auto* slot = all.tenants.find(id);
    if (slot == nullptr) return unknown_tenant(id);
    tenants.merge(all.tenants.subtree(*slot));
  }
  return std::optional(std::move(tenants));
}

bool changes_rules(const desk& all, const apply_request& request) {
  return request.rules && all.engine.has_candidate();
}

/// Each of the tenants, in the order of their ids.
template <class Take>
void each_of(desk& all, const std::optional<tenant_set>& scope, const Take& take) {
  if (!scope) {
    for (auto& [id, slot] : all.tenants.all()) take(slot);
    return;
  }
  std::vector<tenant_slot*> sorted(scope->begin(), scope->end());
  std::sort(sorted.begin(), sorted.end(), by_tenant_id());
  for (auto* slot : sorted) take(*slot);
}

result<apply_extent> extent_of(desk& all, const apply_request& request) {
  auto scope = scope_of(all, request);
  if (!scope) return scope.error();
  apply_extent extent;
  extent.scope = std::move(*scope);
  bool everybody = changes_rules(all, request);
  tenant_set moving;
  for (auto* slot : all.waiting) {
    if (!extent.holds(*slot)) continue;
    extent.pending.insert(slot);
    if (slot->id() == all.tenants.root())
      everybody = true;
    else
      moving.merge(all.tenants.subtree(*slot));
  }
  for (const auto& [key, value] : all.sound)
    if (auto* slot = all.tenants.find(key.first); slot != nullptr && !value.source.empty() && extent.holds(*slot))
      moving.insert(slot);
  if (everybody || !moving.empty())
    each_of(all, extent.scope, [&](tenant_slot& slot) {
      if (everybody || moving.contains(&slot)) extent.moving.push_back(&slot);
    });
  return extent;
}

std::vector<effective_switch> switches_in(const desk& all, const tenant_set& pending) {
  std::vector<const tenant_slot*> sorted(pending.begin(), pending.end());
  std::sort(sorted.begin(), sorted.end(), by_tenant_id());
  std::vector<effective_switch> list;
  for (const auto* slot : sorted) {
    for (const auto& [key, value] : slot->decided->pending) {
      const auto slash = key.find('/');
      list.push_back(
          {slot->id(), key.substr(0, slash), key.substr(slash + 1), all.tenants.is_on(*slot, key, &pending)});
    }
  }
  return list;
}

json::object form_of(const desk& all, const apply_request& request, const apply_extent& extent,
                     const apply_plan& plan) {
  json::object form;
  form["tenants"] = text_array(request.tenants);
  form["all"] = request.all;
  form["rules"] = plan.rules ? json::value(plan.rules->first + plan.rules->second) : json::value(nullptr);
  json::array rests;
  switch_positions positions(all.tenants, all.engine.current());
  std::vector<factors::factor_sum> sums;
  for (const auto* slot : extent.moving) {
    json::array one{slot->id(), slot->touched};
    all.engine.count(all.engine.index_of(slot->id()).value(), positions.of(*slot).board, sums);
    for (const auto& sum : sums) one.push_back(sum.n1);
    rests.push_back(std::move(one));
  }
  form["rests"] = std::move(rests);
  json::array switches;
  for (const auto& one : plan.switches) switches.push_back(json::array{one.tenant, one.licence, one.factor, one.on});
  form["switches"] = std::move(switches);
  return form;
}

/// A tenant's own setting of a switch, and what waits to become it (null: the default).
json::object own_setting(const tenant_slot& slot, const std::string& key) {
  const auto value = [](std::optional<bool> set) { return set ? json::value(*set) : json::value(nullptr); };
  const auto own = slot.decided->switches.find(key);
  json::object form{{"own", value(own == slot.decided->switches.end() ? std::nullopt : std::optional(own->second))}};
  if (const auto waits = slot.decided->pending.find(key); waits != slot.decided->pending.end())
    form["pending"] = value(waits->second);
  return form;
}

/// Without an id, which only a plan that is kept needs.
apply_plan plan_of(const desk& all, const apply_request& request, const apply_extent& extent) {
  apply_plan plan;
  plan.switches = switches_in(all, extent.pending);
  const bool rules = changes_rules(all, request);
  if (rules) plan.rules = {all.engine.current().revision().name, all.how.rules->revision().name};
  apply_comparison compared(all, extent.pending,
                            rules ? factors::which_rules::candidate : factors::which_rules::effective);
  plan.tenants.reserve(extent.moving.size());
  for (const auto* slot : extent.moving) {
    auto move = compared.move_of(*slot);
    if (!move.licences.empty()) plan.tenants.push_back(std::move(move));
  }
  return plan;
}

}  // namespace

result<apply_plan> office::dry_run(const apply_request& request) {
  auto& all = *desk_;
  const auto extent = extent_of(all, request);
  if (!extent) return extent.error();
  auto plan = plan_of(all, request, *extent);
  plan.id = to_hex(sha256(canonical_json(form_of(all, request, *extent, plan)))).substr(0, 16);
  const auto same = [&plan](const desk::kept_plan& one) { return one.id == plan.id; };
  if (std::none_of(all.plans.begin(), all.plans.end(), same)) all.plans.push_back({plan.id, request, all.clock()});
  if (all.plans.size() > most_plans) all.plans.pop_front();
  return plan;
}

result<apply_request> office::request_of(const std::string& plan) const {
  for (const auto& one : desk_->plans)
    if (one.id == plan && desk_->clock() - one.made <= plan_life) return one.request;
  return failure{errc::unknown, "there is no plan " + plan +
                                    " (any more): a plan lasts a day and until a restart; make one "
                                    "with: licaudit apply ... --dry-run"};
}

result<applied> office::apply(const std::string& plan, const std::string& caller) {
  const auto request = request_of(plan);
  if (!request) return request.error();
  const auto now = dry_run(*request);
  if (!now) return now.error();
  if (now->id != plan)
    return failure{errc::conflict, "plan " + plan +
                                       " is out of date: what it rests on has moved since; look at the new "
                                       "one, " +
                                       now->id + ", and apply that"};
  return apply(*request, caller);
}

result<applied> office::apply(const apply_request& request, const std::string& caller) {
  auto& all = *desk_;
  if (request.rules && !request.all)
    return failure{errc::malformed, "rules take effect for every tenant at once; say: licaudit apply --all --rules"};
  const auto extent = extent_of(all, request);
  if (!extent) return extent.error();
  auto plan = plan_of(all, request, *extent);
  return all.in_transaction([&](ledger::transaction& tx) -> result<applied> {
    const instant at = all.next_instant();
    operation what;
    what.at = at;
    what.type = "apply";
    what.caller = caller;
    if (request.tenants.size() == 1) what.tenant = request.tenants.front();
    if (request.all && !plan.rules) what.tenant = only_tenant_of(plan);
    what.text = text_of(plan);
    what.detail["tenants"] = request.all ? json::value("all") : json::value(text_array(request.tenants));
    const auto& revision = all.engine.current().revision().name;
    what.detail["before"] = json::object{{"switches", positions_before(all, plan)}, {"rules", revision}};
    what.detail["after"] =
        json::object{{"switches", positions_after(plan)}, {"rules", plan.rules ? plan.rules->second : revision}};
    auto each = tenants_to_tell(all, request, plan, what);
    applied made{std::move(plan), {}};
    made.outcome.operation = tx.add_operation(what);
    const std::int64_t sequence = made.outcome.operation;
    tell_tenants(tx, what, sequence, std::move(each));
    for (auto* slot : extent->pending) {
      auto& decided = slot->decided.change();
      for (const auto& [key, value] : decided.pending) {
        tx.put_decision(sequence, {slot->id(), "switch:" + key, value});
        tx.drop_pending(slot->id(), "switch:" + key);
        if (value)
          decided.switches[key] = *value;
        else
          decided.switches.erase(key);
      }
      decided.pending.clear();
      all.waiting.erase(slot);
    }
    for (auto* slot : extent->moving) all.note_touched(*slot, sequence);
    if (made.plan.rules) {
      tx.keep_rules(all.how.rules->revision());
      tx.put_rules_in_force(sequence, at, all.how.rules->revision().name);
      all.engine.adopt_candidate();
      all.effective = all.how.rules;
      all.rules_since = at;
      all.all_stale = true;
    }
    // No source made it: there is no swing that somebody would have to accept.
    made.outcome.calculation =
        all.calculate(tx, cause_of("apply", sequence, caller, what.text), at, extent->scope, {}, {});
    return made;
  });
}

result<done> office::set_switch(const std::string& tenant, const std::string& licence, const std::string& factor,
                                std::optional<bool> on, const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return unknown_tenant(tenant);
  const auto* which = all.engine.current().set().find(licence, factor);
  const std::string key = factor_key(licence, factor);
  if (which == nullptr) return failure{errc::unknown, "there is no factor " + key + "; see: licaudit rules"};
  if (!which->switchable)
    return failure{errc::refused, "factor " + key + " is always counted; only switchable factors can be switched"};
  if (!which->applies_to(slot->record->service) && !slot->has_children())
    return failure{errc::refused, "factor " + key + " does not apply to the service " + slot->record->service + " of " +
                                      tenant + "; see: licaudit show " + tenant};
  return all.in_transaction([&](ledger::transaction& tx) -> result<done> {
    operation what;
    what.at = all.next_instant();
    what.type = "factor";
    what.caller = caller;
    what.tenant = tenant;
    what.text = key + (on ? (*on ? " on" : " off") : " back to the default") + ", pending";
    what.detail["licence"] = licence;
    what.detail["factor"] = factor;
    const auto own = slot->decided->switches.find(key);
    const bool stays = own == slot->decided->switches.end() ? !on.has_value() : on.has_value() && *on == own->second;
    what.detail["before"] = own_setting(*slot, key);
    json::object after{{"own", what.detail["before"].at("own")}};
    if (!stays) after["pending"] = on ? json::value(*on) : json::value(nullptr);
    what.detail["after"] = std::move(after);
    done made;
    made.operation = tx.add_operation(what);
    all.stale.insert(slot);
    if (stays) {
      tx.drop_pending(tenant, "switch:" + key);
      slot->decided.change().pending.erase(key);
      if (slot->decided->pending.empty()) all.waiting.erase(slot);
    } else {
      tx.put_pending(made.operation, {tenant, "switch:" + key, on});
      slot->decided.change().pending[key] = on;
      all.waiting.insert(slot);
    }
    return made;
  });
}

}  // namespace licaudit::audit
