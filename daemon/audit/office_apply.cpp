// Switches wait until Apply makes them effective; a plan says what that would change.
#include "daemon/audit/desk.hpp"
#include "model/digest.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

using name_set = std::set<std::string, std::less<>>;

// Plans are small and short-lived; a person reads one and applies it.
constexpr std::size_t most_plans = 64;
constexpr std::chrono::hours plan_life{24};

/// What an Apply is about. Everybody is meant by `scope` none; only those in `moving` can count otherwise than before:
/// the ones under a switch that waits, all where rules change, and those whose value a guard holds, which an Apply lets
/// go.
struct apply_extent {
  std::optional<name_set> scope;
  name_set pending;  ///< of the scope those with switches that wait
  name_set moving;
};

result<std::optional<name_set>> scope_of(const desk& all, const apply_request& request) {
  if (request.all) return std::optional<name_set>();
  if (request.tenants.empty())
    return failure{errc::malformed, "name the tenants to apply to, or say all; for every tenant: licaudit apply --all"};
  name_set tenants;
  for (const auto& id : request.tenants) {
    if (all.tenants.find(id) == nullptr)
      return failure{errc::unknown, "tenant " + id + " is not known; see: licaudit tenants"};
    tenants.merge(all.tenants.subtree(id));
  }
  return std::optional(std::move(tenants));
}

bool changes_rules(const desk& all, const apply_request& request) {
  return request.rules && all.engine.has_candidate();
}

result<apply_extent> extent_of(const desk& all, const apply_request& request) {
  auto scope = scope_of(all, request);
  if (!scope) return scope.error();
  apply_extent extent;
  extent.scope = std::move(*scope);
  const bool everybody = changes_rules(all, request);
  const auto look_at = [&](const std::string& id, const tenant_slot& slot) {
    if (!slot.pending.empty()) extent.pending.insert(id);
    if (everybody) extent.moving.insert(id);
  };
  if (extent.scope)
    for (const auto& id : *extent.scope) look_at(id, *all.tenants.find(id));
  else
    for (const auto& [id, slot] : all.tenants.all()) look_at(id, slot);
  if (!everybody)
    for (const auto& id : extent.pending) extent.moving.merge(all.tenants.subtree(id));
  for (const auto& [key, value] : all.sound)
    if (!value.source.empty() && (!extent.scope || extent.scope->find(key.first) != extent.scope->end()))
      extent.moving.insert(key.first);
  return extent;
}

std::vector<effective_switch> switches_in(const desk& all, const name_set& pending) {
  std::vector<effective_switch> list;
  for (const auto& id : pending) {
    const auto* slot = all.tenants.find(id);
    for (const auto& [key, value] : slot->pending) {
      const auto slash = key.find('/');
      list.push_back({id, key.substr(0, slash), key.substr(slash + 1), all.tenants.is_on(id, key, &pending)});
    }
  }
  return list;
}

const factors::licence_count* find(const std::vector<factors::licence_count>& counts, const std::string& licence) {
  const auto known = std::find_if(counts.begin(), counts.end(),
                                  [&](const factors::licence_count& one) { return one.which->id == licence; });
  return known == counts.end() ? nullptr : &*known;
}

const factors::factor_count* find(const factors::licence_count* counts, const std::string& factor) {
  if (counts == nullptr) return nullptr;
  const auto known = std::find_if(counts->factors.begin(), counts->factors.end(),
                                  [&](const factors::factor_count& one) { return one.which->id == factor; });
  return known == counts->factors.end() ? nullptr : &*known;
}

/// What one licence of a tenant moves by, with the rules before and after.
licence_move move_of(const factors::licence_count* before, const factors::licence_count* after, bool disabled) {
  licence_move move;
  const auto take = [&](const factors::factor_count* from, const factors::factor_count* to) {
    factor_move row;
    if (from != nullptr) {
      row.from_n1 = disabled ? 0 : from->n1;
      row.from_n2 = from->n2;
    }
    if (to != nullptr) {
      row.to_n1 = disabled ? 0 : to->n1;
      row.to_n2 = to->n2;
    }
    move.licensed_from += row.from_n1;
    move.licensed_to += row.to_n1;
    if (row.from_n1 == row.to_n1 && row.from_n2 == row.to_n2) return;
    row.factor = (to != nullptr ? to : from)->which->id;
    move.factors.push_back(std::move(row));
  };
  if (after != nullptr)
    for (const auto& one : after->factors) take(find(before, one.which->id), &one);
  if (before != nullptr)
    for (const auto& one : before->factors)
      if (find(after, one.which->id) == nullptr) take(&one, nullptr);
  if (!move.factors.empty()) move.licence = (after != nullptr ? after : before)->which->id;
  return move;
}

/// Positions of switches before an Apply and after it, and the rules that count then.
struct apply_basis {
  const desk& all;
  switch_positions before, after;
  factors::which_rules then;
};

tenant_move move_of_tenant(apply_basis& basis, const std::string& id) {
  const auto& all = basis.all;
  const auto on_before = basis.before.of(id), on_after = basis.after.of(id);
  const auto before = all.engine.count(id, on_before);
  const auto after = all.engine.count(id, on_after, basis.then);
  const bool disabled = all.tenants.is_disabled(id);
  tenant_move move;
  move.tenant = id;
  const auto add = [&move](licence_move one) {
    if (!one.factors.empty()) move.licences.push_back(std::move(one));
  };
  for (const auto& one : after) add(move_of(find(before, one.which->id), &one, disabled));
  for (const auto& one : before)
    if (find(after, one.which->id) == nullptr) add(move_of(&one, nullptr, disabled));
  std::sort(move.licences.begin(), move.licences.end(),
            [](const licence_move& a, const licence_move& b) { return a.licence < b.licence; });
  // Whoever changes hands leaves one number and comes to another.
  if (!disabled && !move.licences.empty()) move.moved = all.engine.moved(id, on_before, on_after, basis.then);
  return move;
}

json::object form_of(const desk& all, const apply_request& request, const name_set& moving, const apply_plan& plan) {
  json::object form;
  form["tenants"] = text_array(request.tenants);
  form["all"] = request.all;
  form["rules"] = plan.rules ? json::value(plan.rules->first + plan.rules->second) : json::value(nullptr);
  json::array rests;
  switch_positions positions(all.tenants);
  for (const auto& id : moving) {
    json::array one{id, all.tenants.find(id)->touched};
    for (const auto& licence : all.engine.count(id, positions.of(id)))
      for (const auto& factor : licence.factors) one.push_back(factor.n1);
    rests.push_back(std::move(one));
  }
  form["rests"] = std::move(rests);
  json::array switches;
  for (const auto& one : plan.switches) switches.push_back(json::array{one.tenant, one.licence, one.factor, one.on});
  form["switches"] = std::move(switches);
  return form;
}

std::string text_of(const apply_plan& plan) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (plan.switches.size() <= 3)
    for (const auto& one : plan.switches) add(one.factor + (one.on ? " on" : " off"));
  else
    add(std::to_string(plan.switches.size()) + " switches");
  if (plan.rules) add("rules " + plan.rules->second.substr(0, 12));
  return text.empty() ? "applied, nothing was pending" : text;
}

}  // namespace

namespace {

/// Without an id, which only a plan that is kept needs.
apply_plan plan_of(const desk& all, const apply_request& request, const apply_extent& extent) {
  apply_plan plan;
  plan.switches = switches_in(all, extent.pending);
  const bool rules = changes_rules(all, request);
  if (rules) plan.rules = {all.engine.current().revision().name, all.how.rules->revision().name};
  apply_basis basis{all, switch_positions(all.tenants), switch_positions(all.tenants, &extent.pending),
                    rules ? factors::which_rules::candidate : factors::which_rules::effective};
  for (const auto& id : extent.moving) {
    auto move = move_of_tenant(basis, id);
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
  plan.id = to_hex(sha256(canonical_json(form_of(all, request, extent->moving, plan)))).substr(0, 16);
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
    what.text = text_of(plan);
    what.detail["tenants"] = request.all ? json::value("all") : json::value(text_array(request.tenants));
    json::array switches;
    for (const auto& one : plan.switches)
      switches.push_back(
          json::object{{"tenant", one.tenant}, {"licence", one.licence}, {"factor", one.factor}, {"on", one.on}});
    what.detail["switches"] = std::move(switches);
    if (plan.rules) what.detail["rules"] = json::object{{"from", plan.rules->first}, {"to", plan.rules->second}};
    applied made{std::move(plan), {}};
    made.outcome.operation = tx.add_operation(what);
    const std::int64_t sequence = made.outcome.operation;
    for (const auto& id : extent->pending) {
      auto* slot = all.tenants.find(id);
      for (const auto& [key, value] : slot->pending) {
        tx.put_decision(sequence, {id, "switch:" + key, value});
        tx.drop_pending(id, "switch:" + key);
        if (value)
          slot->switches[key] = *value;
        else
          slot->switches.erase(key);
      }
      slot->pending.clear();
    }
    for (const auto& id : extent->moving) all.note_touched(id, sequence);
    if (made.plan.rules) {
      tx.keep_rules(all.how.rules->revision());
      tx.put_rules_in_force(sequence, at, all.how.rules->revision().name);
      all.engine.adopt_candidate();
      all.effective = all.how.rules;
      all.rules_since = at;
      all.all_stale = true;
    }
    made.outcome.calculation =
        all.calculate(tx, cause_of("apply", sequence, caller, what.text), at, extent->scope, {}, extent->moving);
    return made;
  });
}

result<done> office::set_switch(const std::string& tenant, const std::string& licence, const std::string& factor,
                                std::optional<bool> on, const std::string& caller) {
  auto& all = *desk_;
  auto* slot = all.tenants.find(tenant);
  if (slot == nullptr) return failure{errc::unknown, "tenant " + tenant + " is not known; see: licaudit tenants"};
  const auto* which = all.engine.current().set().find(licence, factor);
  const std::string key = factor_key(licence, factor);
  if (which == nullptr) return failure{errc::unknown, "there is no factor " + key + "; see: licaudit rules"};
  if (!which->switchable)
    return failure{errc::refused, "factor " + key + " is always counted; only switchable factors can be switched"};
  if (!which->applies_to(slot->record.service) && !all.tenants.has_children(tenant))
    return failure{errc::refused, "factor " + key + " does not apply to the service " + slot->record.service + " of " +
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
    what.detail["on"] = on ? json::value(*on) : json::value(nullptr);
    done made;
    made.operation = tx.add_operation(what);
    all.stale.insert(tenant);
    const auto own = slot->switches.find(key);
    const std::optional<bool> before = own == slot->switches.end() ? std::nullopt : std::optional(own->second);
    if (before == on) {
      tx.drop_pending(tenant, "switch:" + key);
      slot->pending.erase(key);
    } else {
      tx.put_pending(made.operation, {tenant, "switch:" + key, on});
      slot->pending[key] = on;
    }
    return made;
  });
}

}  // namespace licaudit::audit
