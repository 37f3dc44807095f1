// What one tenant has of its own: counts of the engine, with what is known of their soundness.
#include "daemon/audit/desk.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

// A criterion that gives up on more distinct values than this says nothing sound of its licence any more (domain.md 3).
constexpr std::int64_t most_failed_values = 100;

licence_tally tally_of_count(const factors::licence_count& count, bool disabled) {
  licence_tally licence;
  licence.licence = count.which->id;
  for (const auto& one : count.factors) {
    const std::int64_t n1 = disabled ? 0 : one.n1;
    licence.licensed += n1;
    licence.factors.push_back({one.which->id, one.on, n1, one.n2});
    if (one.failed) licence.state = tally_state::degraded;
  }
  return licence;
}

licence_tally* find_licence(tenant_tally& tally, const std::string& id) {
  const auto known = std::find_if(tally.licences.begin(), tally.licences.end(),
                                  [&id](const licence_tally& one) { return one.licence == id; });
  return known == tally.licences.end() ? nullptr : &*known;
}

}  // namespace

tenant_tally desk::count_own(const std::string& tenant, switch_positions& positions) {
  tenant_tally tally;
  tally.tenant = tenant;
  const auto* slot = tenants.find(tenant);
  if (slot == nullptr) return tally;
  tally.disabled = tenants.is_disabled(tenant);
  const auto& rules = engine.current().set();
  if (rules.service_monitors_users(slot->record.service))
    tally.monitored = slot->record.monitored.value_or(engine.users(tenant));
  for (const auto& count : engine.count(tenant, positions.of(tenant)))
    tally.licences.push_back(tally_of_count(count, tally.disabled));
  for (const auto& [id, quantity] : slot->record.acquired) {
    if (find_licence(tally, id) == nullptr) tally.licences.emplace_back().licence = id;
    find_licence(tally, id)->acquired = quantity;
  }
  const bool unsound = degraded.find(tenant) != degraded.end();
  for (auto& licence : tally.licences) {
    if (unsound) licence.state = tally_state::degraded;
    if (tally.disabled) licence.state = tally_state::disabled;
  }
  for (const auto& problem : engine.problems(tenant)) {
    if (problem.what != factors::rule_problem::kind::failed_criterion || problem.distinct_values <= most_failed_values)
      continue;
    auto* licence = find_licence(tally, problem.of_licence->id);
    auto* before = find_licence(tallies.of(tenant).own, problem.of_licence->id);
    if (licence != nullptr && before != nullptr) *licence = *before;
    if (licence != nullptr) licence->state = tally_state::held;
  }
  put_in_order(tally, rules);
  return tally;
}

}  // namespace licaudit::audit
