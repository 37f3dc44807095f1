// Everything a person should look at, worst first.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/need_findings.hpp"
#include "daemon/audit/new_finding.hpp"
#include "daemon/audit/order_findings.hpp"
#include "daemon/audit/stock_findings.hpp"
#include "model/tenant_attributes.hpp"

#include <algorithm>
#include <tuple>

namespace licaudit::audit {

namespace {

std::string kind_of(const factors::rule_problem& problem) {
  switch (problem.what) {
    case factors::rule_problem::kind::blank_placeholder:
      return problem.field == "pstn_gateway" ? "blank-gateway" : "blank-placeholder";
    case factors::rule_problem::kind::failed_criterion:
      return "failed-criterion";
    case factors::rule_problem::kind::bad_criterion:
      return "bad-criterion";
    case factors::rule_problem::kind::unset_setting:
      return "unset-setting";
    case factors::rule_problem::kind::open_wildcard:
      return "open-wildcard";
    case factors::rule_problem::kind::unit_mismatch:
      return "unit-mismatch";
    case factors::rule_problem::kind::counter_fell:
      return "counter-fell";
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
    case factors::rule_problem::kind::unset_setting:
      return "set " + problem.field + " among the settings of the tenant";
    case factors::rule_problem::kind::open_wildcard:
      return "end the rules on the SBC, or leave them out of " + problem.of_factor->id + " by `reject`";
    case factors::rule_problem::kind::unit_mismatch:
      return "correct the unit where it comes from, or leave these meters out by `configured`";
    case factors::rule_problem::kind::counter_fell:
      return "look whether its system was set back; what it counted before is not in this value";
  }
  return {};
}

finding of_problem(const std::string& tenant, const factors::rule_problem& problem) {
  auto one = new_finding(kind_of(problem), severity::warn, tenant, problem.text, action_of(problem));
  one.site = problem.site;
  const bool of_site = problem.what == factors::rule_problem::kind::blank_placeholder;
  if (problem.of_licence != nullptr && !of_site) one.licence = problem.of_licence->id;
  if (problem.of_factor != nullptr && !of_site) one.factor = problem.of_factor->id;
  one.count = std::max<std::int64_t>(1, problem.subjects);
  return one;
}

void add_swing(const ledger::sound_value& value, const licence_tally& licence, std::vector<finding>& all) {
  auto one = new_finding("swing", severity::page, value.tenant,
                         value.licence + " went from " + std::to_string(value.licensed) + " to " +
                             std::to_string(licence.licensed) + " by source " + value.source +
                             "; held: not billed before it is accepted",
                         "if it is right: licaudit source accept " + value.source + " --tenant " + value.tenant);
  one.licence = value.licence;
  one.source = value.source;
  all.push_back(std::move(one));
}

finding of_held(const ledger::held_difference& one) {
  auto made = new_finding("shrink", severity::page, one.tenant,
                          "source " + one.source + ", run " + std::to_string(one.run) + " " + one.reason +
                              "; held: the last good inventory stays",
                          "if it is right: licaudit source accept " + one.source + " --run " + std::to_string(one.run) +
                              " --tenant " + one.tenant);
  made.source = one.source;
  return made;
}

/// So many tenants of one run may be held for reasons of their own.
constexpr std::size_t most_single_tenants = 3;

/// What one run made: one finding of the source where it is held for more than a few tenants.
void add_held(const std::vector<ledger::held_difference>& held, std::vector<finding>& all) {
  std::map<std::pair<std::string_view, std::int64_t>, std::vector<const ledger::held_difference*>> runs;
  for (const auto& one : held) runs[{one.source, one.run}].push_back(&one);
  for (const auto& [run, list] : runs) {
    const auto& first = *list.front();
    if (list.size() <= most_single_tenants) {
      for (const auto* one : list) all.push_back(of_held(*one));
      continue;
    }
    const auto named = first.source + " --run " + std::to_string(first.run);
    auto one =
        new_finding("shrink", severity::page, {},
                    "source " + first.source + ", run " + std::to_string(first.run) + " is held for " +
                        std::to_string(list.size()) + " tenants; of " + first.tenant + " it " + first.reason +
                        ". The last good inventory stays",
                    "licaudit source runs " + first.source + "; if it is right: licaudit source accept " + named);
    one.source = first.source;
    one.count = static_cast<std::int64_t>(list.size());
    all.push_back(std::move(one));
  }
}

finding of_abandoned(const std::string& source, const abandoned_inventory& left) {
  auto one = new_finding("unconfigured-source", severity::warn, {}, {},
                         "put it back into the settings, or let what it gave leave: licaudit source accept " + source);
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
  return one;
}

/// Of a tenant that a source gives; of `local` it would have been refused.
finding of_same_name(const tenant_slot& slot, const tenant_slot& other) {
  return new_finding("same-name", severity::warn, slot.id(),
                     "tenant " + slot.id() + " is called " + slot.record->name + ", as is " + other.id() +
                         " beside it; pages and bills of the two are taken for each other",
                     "rename one of the two where it comes from");
}

std::string cause_of_tenant(const std::string& tenant) {
  return "tenant " + tenant;
}

std::string cause_of_run(const std::string& source) {
  return "run of " + source;
}

/// What the findings of the host are posted under.
constexpr const char* host_cause = "host";

bool is_of_run(const finding& one) {
  return one.kind == "set-aside" || one.kind == "second-claim" || one.kind == "unknown-tenant";
}

/// As post_findings_of_tenant and post_findings_of_host would post it.
std::string cause_of(const finding& one) {
  if (is_of_run(one)) return cause_of_run(one.source);
  if (one.kind == "month-end-dip") return month_end_cause;
  const bool of_host = one.tenant.empty() || one.kind == "stale" || one.kind == "shrink" ||
                       one.kind == "unconfigured-source" || one.kind == "same-name";
  return of_host ? host_cause : cause_of_tenant(one.tenant);
}

}  // namespace

void desk::post_findings_of_tenant(tenant_slot& slot, instant now) {
  std::vector<finding> made;
  const auto& tenant = slot.id();
  for (const auto& problem : engine.problems(tenant)) made.push_back(of_problem(tenant, problem));
  if (slot.gone)
    made.push_back(
        new_finding("gone", severity::warn, tenant,
                    "source " + slot.origin + " no longer lists tenant " + tenant + "; it counts as disabled",
                    "list it again, or bill its last month"));
  if (const auto wrong = slot.origin == "local" ? std::nullopt : check_attributes(slot.record->attributes))
    made.push_back(new_finding("attribute", severity::info, tenant, "tenant " + tenant + ": " + wrong->detail,
                               "correct it where the tenant comes from"));
  if (slot.decided->planned && !slot.decided->planned->refused.empty())
    made.push_back(new_finding("move-refused", severity::warn, tenant,
                               "tenant " + tenant + " was to be moved under " + slot.decided->planned->to + " at " +
                                   to_rfc3339(slot.decided->planned->effective) +
                                   " and was not: " + slot.decided->planned->refused,
                               "move it anew, or leave it: licaudit tenant move " + tenant + " --cancel"));
  add_order_findings(slot, engine.current().set(), made);
  add_stock_findings(*this, slot, now, made);
  add_need_findings(*this, slot, made);
  if (keeps_sound(slot))
    for (const auto& licence : slot.tally.own->licences)
      if (const auto held_by = sound.find({tenant, licence.licence});
          held_by != sound.end() && !held_by->second.source.empty())
        add_swing(held_by->second, licence, made);
  if (findings.post(cause_of_tenant(tenant), std::move(made), now)) stale.insert(&slot);
}

void desk::renew_findings_due(instant now) {
  while (!findings_due.empty() && findings_due.begin()->first <= now)
    if (auto* slot = tenants.find(findings_due.extract(findings_due.begin()).value().second))
      post_findings_of_tenant(*slot, now);
}

void desk::end_findings_of_tenant(const std::string& tenant, instant now) {
  findings.post(cause_of_tenant(tenant), {}, now);
  auto dips = findings.of_cause(month_end_cause);
  std::erase_if(dips, [&](const finding& one) { return one.tenant == tenant; });
  findings.post(month_end_cause, std::move(dips), now);
}

void desk::post_findings_of_host(instant now) {
  findings.raise_again(now);
  std::vector<finding> made = health.findings(now);
  for (const auto& [source, left] : abandoned) made.push_back(of_abandoned(source, left));
  add_held(held, made);
  for (const auto* slot : tenants.with_namesakes())
    made.push_back(of_same_name(*slot, *tenants.namesakes(*slot->record).front()));
  for (const auto& remark : engine.current().remarks()) {
    auto one = new_finding("rules-remark", severity::info, "", remark.path + ": " + remark.what, "correct factors.d");
    one.subject = remark.path;
    made.push_back(std::move(one));
  }
  findings.post(host_cause, std::move(made), now);
  for (const auto& [source, list] : run_findings)
    findings.post(cause_of_run(source), is_in_settings(source) ? list : std::vector<finding>(), now);
  stale.merge(tenants.named(findings.take_moved_tenants()));
}

void desk::restore_findings() {
  findings = {};
  findings_due.clear();  // all tenants are counted anew, and find theirs again
  run_findings.clear();
  for (auto& one : book.findings()) {
    if (is_of_run(one)) run_findings[one.source].push_back(one);
    const auto cause = cause_of(one);
    findings.restore(cause, std::move(one));
  }
}

}  // namespace licaudit::audit
