#include "daemon/audit/source_health.hpp"

namespace licaudit::audit {

std::string source_condition::trouble(instant now) const {
  if (failed_since_good > 0) return problem.empty() ? "its last run failed" : problem;
  if (last_good && every.count() > 0 && now - *last_good > 3 * every)
    return "has not run since " + to_rfc3339(*last_good) + ", over three times its interval";
  return {};
}

void source_health::note(const source_run& run) {
  auto& source = of(run.source);
  if (run.state == run_state::failed) {
    ++source.failed_since_good;
    source.problem = run.problem;
    return;
  }
  source.failed_since_good = 0;
  source.problem.clear();
  source.last_good = run.ended;
}

std::map<std::string, std::string, std::less<>> source_health::degraded(instant now) const {
  std::map<std::string, std::string, std::less<>> reasons;
  for (const auto& [name, source] : sources_) {
    const std::string trouble = source.trouble(now);
    if (trouble.empty()) continue;
    // A problem may quote a line of the run. Where several tenants share the source, that line may be another tenant's.
    const bool shared = source.tenants.size() > 1;
    const std::string reason =
        "source " + name + ": " +
        (shared ? "its last run failed or is overdue; the operator of the host sees why" : trouble);
    for (const auto& tenant : source.tenants) reasons.try_emplace(tenant, reason);
  }
  return reasons;
}

std::vector<finding> source_health::findings(instant now) const {
  std::vector<finding> all;
  for (const auto& [name, source] : sources_) {
    const std::string trouble = source.trouble(now);
    if (trouble.empty()) continue;
    finding one;
    one.kind = "stale";
    one.level = severity::warn;
    one.source = name;
    if (source.tenants.size() == 1) one.tenant = *source.tenants.begin();
    one.count = std::max<std::int64_t>(1, static_cast<std::int64_t>(source.tenants.size()));
    one.text = "source " + name + ": " + trouble + ". Last good run " +
               (source.last_good ? to_rfc3339(*source.last_good) : std::string("never"));
    if (source.failed_since_good > 0) one.text += ", " + std::to_string(source.failed_since_good) + " failed since";
    one.action = "licaudit source runs " + name + "; mend it, then: licaudit refresh " + name;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace licaudit::audit
