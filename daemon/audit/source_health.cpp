#include "daemon/audit/source_health.hpp"

#include <algorithm>
#include <utility>

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

namespace {

/// So many instances of one source may be in trouble for reasons of their own.
constexpr std::size_t most_single_instances = 3;

struct troubled {
  const std::string* name;
  const source_condition* source;
  std::string trouble;
};

std::string last_good_text(const source_condition& source) {
  auto text = "Last good run " + (source.last_good ? to_rfc3339(*source.last_good) : std::string("never"));
  if (source.failed_since_good > 0) text += ", " + std::to_string(source.failed_since_good) + " failed since";
  return text;
}

finding stale(const std::string& source, std::size_t tenants, std::string text) {
  finding one;
  one.kind = "stale";
  one.level = severity::warn;
  one.source = source;
  one.count = std::max<std::int64_t>(1, static_cast<std::int64_t>(tenants));
  one.text = std::move(text);
  return one;
}

finding of_one(const troubled& in) {
  auto one = stale(*in.name, in.source->tenants.size(),
                   "source " + *in.name + ": " + in.trouble + ". " + last_good_text(*in.source));
  if (in.source->tenants.size() == 1) one.tenant = *in.source->tenants.begin();
  one.action = "licaudit source runs " + *in.name + "; mend it, then: licaudit refresh " + *in.name;
  return one;
}

finding of_family(const std::string& family, const std::vector<troubled>& all) {
  std::set<std::string_view> tenants;
  for (const auto& one : all) tenants.insert(one.source->tenants.begin(), one.source->tenants.end());
  const auto& first = all.front();
  auto one = stale(family, tenants.size(),
                   "source " + family + ": " + std::to_string(all.size()) + " of its instances are in trouble; " +
                       *first.name + ": " + first.trouble + ". " + last_good_text(*first.source));
  one.action = "licaudit source runs " + *first.name + "; mend what they share, then: licaudit refresh";
  return one;
}

}  // namespace

std::vector<finding> source_health::findings(instant now) const {
  std::vector<finding> all;
  std::map<std::string_view, std::vector<troubled>> families;
  for (const auto& [name, source] : sources_) {
    troubled one{&name, &source, source.trouble(now)};
    if (one.trouble.empty()) continue;
    if (source.family.empty())
      all.push_back(of_one(one));
    else
      families[source.family].push_back(std::move(one));
  }
  for (const auto& [family, list] : families) {
    if (list.size() > most_single_instances)
      all.push_back(of_family(std::string(family), list));
    else
      for (const auto& one : list) all.push_back(of_one(one));
  }
  return all;
}

}  // namespace licaudit::audit
