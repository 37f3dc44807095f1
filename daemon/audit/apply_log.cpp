// What the operation log says of an Apply.
#include "daemon/audit/apply_log.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace licaudit::audit {

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

namespace {

json::object position(const effective_switch& of, bool on) {
  return {{"tenant", of.tenant}, {"licence", of.licence}, {"factor", of.factor}, {"on", on}};
}

}  // namespace

json::array positions_before(const desk& all, const apply_plan& plan) {
  json::array list;
  for (const auto& one : plan.switches)
    list.push_back(
        position(one, all.tenants.is_on(*all.tenants.find(one.tenant), factor_key(one.licence, one.factor))));
  return list;
}

json::array positions_after(const apply_plan& plan) {
  json::array list;
  for (const auto& one : plan.switches) list.push_back(position(one, one.on));
  return list;
}

std::string only_tenant_of(const apply_plan& plan) {
  if (plan.switches.empty()) return {};
  const auto& first = plan.switches.front().tenant;
  const bool alone = std::all_of(plan.switches.begin(), plan.switches.end(),
                                 [&first](const effective_switch& one) { return one.tenant == first; });
  return alone ? first : std::string();
}

std::vector<told_tenant> tenants_to_tell(const desk& all, const apply_request& request, const apply_plan& plan,
                                         const operation& whole) {
  std::map<std::string, apply_plan> parts;
  for (const auto& id : request.tenants) parts.try_emplace(id);
  for (const auto& one : plan.switches) parts[one.tenant].switches.push_back(one);
  parts.erase(whole.tenant);
  std::vector<told_tenant> made;
  made.reserve(parts.size());
  for (const auto& [id, own] : parts)
    made.push_back({id, text_of(own), json::object{{"switches", positions_before(all, own)}},
                    json::object{{"switches", positions_after(own)}}});
  return made;
}

void tell_tenants(ledger::transaction& tx, const operation& whole, std::int64_t sequence,
                  std::vector<told_tenant> each) {
  for (auto& one : each) {
    operation part;
    part.at = whole.at;
    part.type = whole.type;
    part.caller = whole.caller;
    part.tenant = one.id;
    part.text = one.text;
    part.detail["operation"] = sequence;
    part.detail["before"] = std::move(one.before);
    part.detail["after"] = std::move(one.after);
    tx.add_operation(part);
  }
}

}  // namespace licaudit::audit
