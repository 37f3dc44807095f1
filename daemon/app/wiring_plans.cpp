#include "daemon/app/wiring_plans.hpp"

#include "daemon/settings/config_resolver.hpp"
#include "daemon/settings/plugin_library.hpp"
#include "model/digest.hpp"

#include <unistd.h>

namespace licaudit::app {

namespace {

sync::source_plan plan_of(const settings_ptr& all, const settings::source_settings& source) {
  sync::source_plan plan;
  plan.name = source.name;
  plan.plugin = source.plugin;
  plan.executable = all->plugins / "sources" / source.plugin;
  plan.directory = source.directory;
  plan.tenant = source.tenant;
  if (source.by_field) plan.by_field = sync::tenant_by_field{source.by_field->field, source.by_field->regex};
  plan.every = source.every;
  plan.timeout = source.timeout;
  return plan;
}

/// tenants.d, read anew at each run: a file that is wrong fails the run and leaves the last good tenants.
sync::source_plan tenants_plan(const settings_ptr& all) {
  sync::source_plan plan;
  plan.name = "tenants";
  plan.plugin = "tenants";
  plan.every = all->sync_every;
  plan.tenants = [all]() -> result<std::vector<tenant>> {
    auto read = settings::load_tenants(*all);
    if (!read.problems.empty()) return failure{errc::malformed, settings::to_text(read.problems.front())};
    return read.value->tenants;
  };
  return plan;
}

access::role role_of(settings::role role) {
  switch (role) {
    case settings::role::provider:
      return access::role::provider;
    case settings::role::reseller:
      return access::role::reseller;
    case settings::role::partner:
      return access::role::partner;
    case settings::role::auditor:
      return access::role::auditor;
    case settings::role::customer:
      break;
  }
  return access::role::customer;
}

}  // namespace

std::vector<sync::source_plan> plans_of(const settings_ptr& all, const audit::view& tenants) {
  std::vector<sync::source_plan> plans{tenants_plan(all)};
  for (const auto& source : all->sources) {
    auto plan = plan_of(all, source);
    if (!source.for_each_service) {
      plan.config = [all, &source] { return settings::resolve_config(source, nullptr); };
      plans.push_back(std::move(plan));
      continue;
    }
    for (const auto& [id, known] : tenants.tenants) {
      if (known->record->service != *source.for_each_service || known->gone) continue;
      auto instance = plan;
      instance.name = source.name + "." + id;
      instance.tenant = id;
      instance.config = [all, &source, record = known->record] { return settings::resolve_config(source, &*record); };
      plans.push_back(std::move(instance));
    }
  }
  return plans;
}

audit::policy policy_of(const settings_ptr& all) {
  audit::policy policy;
  policy.rules = all->rules;
  policy.rules_automatic = all->rules_automatic;
  policy.shrink_percent = all->guard.shrink_percent;
  policy.swing_percent = all->guard.swing_percent;
  policy.least = all->guard.least;
  policy.sources.push_back({"tenants", all->sync_every, {}});
  for (const auto& source : all->sources) {
    policy.sources.push_back({source.name, source.every, source.tenant, source.for_each_service});
  }
  policy.compile = [all](const factor_set& set) { return compile_rules(*all, set); };
  return policy;
}

std::shared_ptr<const access::policy> access_of(const settings::settings& all) {
  std::vector<access::grant> grants;
  for (const auto& rule : all.access) {
    access::grant grant;
    grant.uid = rule.uid;
    grant.gid = rule.gid;
    if (const auto token = digest_from_hex(rule.token_sha256)) grant.token = *token;
    grant.role = role_of(rule.role);
    grant.tenant = rule.tenant;
    grant.update = rule.update;
    grant.subjects = rule.subjects;
    grant.name = rule.name;
    grant.expires = rule.expires;
    grants.push_back(std::move(grant));
  }
  return std::make_shared<const access::policy>(std::move(grants), ::geteuid());
}

result<std::shared_ptr<const factors::rules>> compile_rules(const settings::settings& all, const factor_set& set) {
  auto kinds = settings::load_kinds(set, settings::plugin_library(all.plugins / "factors"));
  if (!kinds) return kinds.error();
  auto outcome = factors::rules::compile(set, *kinds);
  if (auto* made = std::get_if<std::shared_ptr<const factors::rules>>(&outcome)) return *made;
  const auto& errors = std::get<std::vector<factors::rule_error>>(outcome);
  return failure{errc::malformed, errors.front().path + ": " + errors.front().what};
}

}  // namespace licaudit::app
