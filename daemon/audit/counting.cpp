// What one tenant has of its own: counts of the engine, with what is known of their soundness.
#include "daemon/audit/desk.hpp"

#include <set>
#include <string_view>

namespace licaudit::audit {

namespace {

// A criterion that gives up on more distinct values than this says nothing sound of its licence any more (domain.md 3).
constexpr std::int64_t most_failed_values = 100;

/// Takes the sums of a licence's factors, which begin at `sum`, for those that apply to the service.
licence_tally tally_of(const licence& of, const std::string& service, const factors::factor_sum* sum,
                       std::vector<bool>::const_iterator on, bool disabled) {
  licence_tally made;
  made.licence = of.id;
  made.factors.reserve(of.factors.size());
  for (const auto& one : of.factors) {
    if (one.applies_to(service)) {
      const std::int64_t n1 = disabled ? 0 : sum->n1;
      made.licensed += n1;
      made.factors.push_back({one.id, *on, n1, sum->n2});
      if (sum->failed) made.state = tally_state::degraded;
    }
    ++sum;
    ++on;
  }
  return made;
}

}  // namespace

tenant_tally desk::count_own(const tenant_slot& slot, switch_positions& positions) {
  tenant_tally tally;
  tally.tenant = slot.id();
  tally.disabled = tenants.is_disabled(slot);
  const auto& record = *slot.record;
  const auto& rules = engine.current().set();
  const auto& stands = positions.of(slot);
  const auto index = engine.index_of(slot.id()).value();
  engine.count(index, stands.board, sums_);
  if (rules.service_monitors_users(record.service)) tally.monitored = record.monitored.value_or(engine.users(index));
  tally.licences.reserve(rules.licences.size());
  std::size_t first = 0;
  for (const auto& of : rules.licences) {
    auto licence = tally_of(of, record.service, &sums_[first], stands.on.begin() + static_cast<std::ptrdiff_t>(first),
                            tally.disabled);
    first += of.factors.size();
    licence.acquired = slot.acquired(of.id);
    if (!licence.factors.empty() || licence.acquired) tally.licences.push_back(std::move(licence));
  }
  // Those that the rules do not know come last.
  std::set<std::string_view> unknown;
  for (const auto* acquired : {&slot.decided->ordered, &record.acquired})
    for (const auto& [id, quantity] : *acquired)
      if (rules.find(id) == nullptr) unknown.insert(id);
  for (const auto id : unknown) {
    auto& licence = tally.licences.emplace_back();
    licence.licence = interned_text(id);
    licence.acquired = slot.acquired(licence.licence);
  }
  note_soundness(slot, tally);
  return tally;
}

bool desk::keeps_sound(const tenant_slot& slot) const {
  const auto first = sound.lower_bound({slot.id(), {}});
  return first != sound.end() && first->first.first == slot.id();
}

void desk::note_soundness(const tenant_slot& slot, tenant_tally& tally) const {
  const bool unsound = !degraded.empty() && degraded.find(slot.id()) != degraded.end();
  bool failed = false;
  for (auto& licence : tally.licences) {
    failed = failed || licence.state == tally_state::degraded;
    if (unsound) licence.state = tally_state::degraded;
    if (tally.disabled) licence.state = tally_state::disabled;
  }
  if (!failed) return;
  for (const auto& problem : engine.problems(slot.id())) {
    if (problem.what != factors::rule_problem::kind::failed_criterion || problem.distinct_values <= most_failed_values)
      continue;
    for (auto& licence : tally.licences) {
      if (licence.licence != problem.of_licence->id) continue;
      if (const auto* before = slot.tally.own->find(licence.licence)) licence = *before;
      licence.state = tally_state::held;
    }
  }
}

}  // namespace licaudit::audit
