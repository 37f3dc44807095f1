// Everything a person should look at, worst first.
#include "daemon/audit/desk.hpp"

#include <algorithm>
#include <tuple>

namespace licaudit::audit {

namespace {

finding of_tenant(const std::string& kind, severity level, const std::string& tenant, std::string text,
                  std::string action) {
  finding one;
  one.kind = kind;
  one.level = level;
  one.tenant = tenant;
  one.text = std::move(text);
  one.action = std::move(action);
  return one;
}

std::string kind_of(const factors::rule_problem& problem) {
  switch (problem.what) {
    case factors::rule_problem::kind::blank_placeholder:
      return problem.field == "pstn_gateway" ? "blank-gateway" : "blank-placeholder";
    case factors::rule_problem::kind::failed_criterion:
      return "failed-criterion";
    case factors::rule_problem::kind::bad_criterion:
      return "bad-criterion";
  }
  return "rules";
}

std::string action_of(const factors::rule_problem& problem) {
  switch (problem.what) {
    case factors::rule_problem::kind::blank_placeholder:
      return "give the tenant or its site a value for " + problem.field;
    case factors::rule_problem::kind::failed_criterion:
      return "simplify the regex of " + problem.criterion;
    case factors::rule_problem::kind::bad_criterion:
      return "correct the tenant's own criteria or application settings";
  }
  return {};
}

finding of_problem(const std::string& tenant, const factors::rule_problem& problem) {
  auto one = of_tenant(kind_of(problem), severity::warn, tenant, problem.text, action_of(problem));
  one.site = problem.site;
  const bool of_site = problem.what == factors::rule_problem::kind::blank_placeholder;
  if (problem.of_licence != nullptr && !of_site) one.licence = problem.of_licence->id;
  if (problem.of_factor != nullptr && !of_site) one.factor = problem.of_factor->id;
  one.count = std::max<std::int64_t>(1, problem.subjects);
  return one;
}

void add_over_use(const std::string& tenant, const tenant_tally& tally, std::vector<finding>& all) {
  for (const auto& licence : tally.licences) {
    if (!licence.acquired || licence.licensed <= *licence.acquired) continue;
    const auto over = std::to_string(licence.licensed - *licence.acquired);
    auto one = of_tenant("over-use", severity::warn, tenant,
                         over + " above acquired: " + std::to_string(licence.licensed) + " licensed of " +
                             std::to_string(*licence.acquired),
                         "order " + over + ", or free " + over);
    one.licence = licence.licence;
    one.count = licence.licensed - *licence.acquired;
    all.push_back(std::move(one));
  }
}

void add_swing(const ledger::sound_value& value, const tally_book& tallies, std::vector<finding>& all) {
  if (value.source.empty()) return;
  const auto* entry = tallies.find(value.tenant);
  if (entry == nullptr) return;
  for (const auto& licence : entry->own.licences)
    if (licence.licence == value.licence) {
      auto one = of_tenant("swing", severity::page, value.tenant,
                           value.licence + " went from " + std::to_string(value.licensed) + " to " +
                               std::to_string(licence.licensed) + " by source " + value.source +
                               "; held: not billed before it is accepted",
                           "if it is right: licaudit source accept " + value.source + " --tenant " + value.tenant);
      one.licence = value.licence;
      one.source = value.source;
      all.push_back(std::move(one));
    }
}

finding of_held(const ledger::held_difference& one) {
  auto made = of_tenant("shrink", severity::page, one.tenant,
                        "source " + one.source + ", run " + std::to_string(one.run) + " " + one.reason +
                            "; held: the last good inventory stays",
                        "if it is right: licaudit source accept " + one.source + " --run " + std::to_string(one.run) +
                            " --tenant " + one.tenant);
  made.source = one.source;
  return made;
}

finding of_abandoned(const std::string& source, const abandoned_inventory& left) {
  finding one;
  one.kind = "unconfigured-source";
  one.source = source;
  if (left.subjects.size() == 1) one.tenant = left.subjects.begin()->first;
  one.count = 0;
  for (const auto& [tenant, count] : left.subjects) one.count += count;
  one.text = "source " + source +
             " is no longer in the settings; what it gave still counts: " + std::to_string(one.count) +
             (one.count == 1 ? " subject" : " subjects");
  if (!left.tenants.empty())
    one.text += ", " + std::to_string(left.tenants.size()) + (left.tenants.size() == 1 ? " tenant" : " tenants");
  one.count = std::max<std::int64_t>(1, one.count);
  one.action = "put it back into the settings, or let what it gave leave: licaudit source accept " + source;
  return one;
}

}  // namespace

void desk::refresh_rule_findings(const std::string& tenant) {
  std::vector<finding> made;
  std::set<std::string> seen;
  for (const auto& problem : engine.problems(tenant)) {
    auto one = of_problem(tenant, problem);
    if (seen.insert(finding_id(one)).second) made.push_back(std::move(one));
  }
  if (made.empty())
    tenant_findings.erase(tenant);
  else
    tenant_findings[tenant] = std::move(made);
}

std::vector<finding> desk::list_findings(instant now) {
  std::vector<finding> all = health.findings(now);
  for (const auto& [source, left] : abandoned) all.push_back(of_abandoned(source, left));
  for (const auto& one : held) all.push_back(of_held(one));
  for (const auto& [key, value] : sound) add_swing(value, tallies, all);
  for (const auto& [source, list] : run_findings)
    if (is_in_settings(source)) all.insert(all.end(), list.begin(), list.end());
  for (const auto& [tenant, list] : tenant_findings) all.insert(all.end(), list.begin(), list.end());
  for (const auto& [id, slot] : tenants.all()) {
    if (slot.gone)
      all.push_back(of_tenant("gone", severity::warn, id,
                              "source " + slot.origin + " no longer lists tenant " + id + "; it counts as disabled",
                              "list it again, or bill its last month"));
    if (const auto* entry = tallies.find(id); entry != nullptr && !entry->shown.aggregated)
      add_over_use(id, entry->own, all);
  }
  for (const auto& remark : engine.current().remarks()) {
    auto one = of_tenant("rules-remark", severity::info, "", remark.path + ": " + remark.what, "correct factors.d");
    one.subject = remark.path;
    all.push_back(std::move(one));
  }
  std::map<std::string, instant> since;
  for (const auto& one : findings) since[finding_id(one)] = one.since;
  for (auto& one : all) {
    const auto known = since.find(finding_id(one));
    one.since = known == since.end() ? now : known->second;
  }
  std::stable_sort(all.begin(), all.end(), [](const finding& a, const finding& b) {
    return std::tie(a.level, a.since, a.tenant, a.kind) < std::tie(b.level, b.since, b.tenant, b.kind);
  });
  return all;
}

}  // namespace licaudit::audit
