// One evaluation at one instant: tallies, their soundness, and what is entered of them.
#include "daemon/audit/desk.hpp"
#include "daemon/ledger/row_forms.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

// A criterion that gives up on more distinct values than this says nothing sound of its licence any more (domain.md 3).
constexpr std::int64_t most_failed_values = 100;

using name_set = std::set<std::string, std::less<>>;

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

const subject_movement* movement_of(const std::vector<subject_movement>& moved, const std::string& tenant) {
  const auto known =
      std::find_if(moved.begin(), moved.end(), [&](const subject_movement& one) { return one.tenant == tenant; });
  return known == moved.end() ? nullptr : &*known;
}

/// One calculation while it is made.
class calculation_in_work {
 public:
  calculation_in_work(desk& all, ledger::transaction& tx, const calculation_cause& cause, instant at,
                      const std::optional<name_set>& scope, const std::vector<subject_movement>& moved,
                      const name_set& unguarded)
      : all_(all), tx_(tx), cause_(cause), at_(at), moved_(moved), unguarded_(unguarded) {
    if (scope) {
      const auto reached = all.tenants.upwards(*scope);
      scope_.emplace(reached.begin(), reached.end());
    }
  }

  calculation_stamp make() {
    whole_month_ = tx_.begins_month(at_);
    renew_former_gateways();
    renew_degraded();
    sequence_ = tx_.next_sequence();
    count();
    if (whole_month_) write_unchanged();
    enter();
    return {sequence_, at_};
  }

 private:
  [[nodiscard]] bool is_in_scope(const std::string& tenant) const {
    return !scope_ || scope_->find(tenant) != scope_->end();
  }

  /// A former gateway that ends between two calculations changes what its tenant's criteria match.
  void renew_former_gateways() {
    for (const auto& [id, slot] : all_.tenants.all())
      for (const auto& site : slot.record.sites)
        for (const auto& former : site.former_gateways)
          if (former.until && *former.until <= at_ && (!all_.last || *former.until > all_.last->at)) {
            all_.engine.put_tenant(slot.record, at_);
            all_.dirty.insert(id);
          }
  }

  void renew_degraded() {
    auto now = all_.reasons_to_degrade(at_);
    for (const auto& [tenant, reason] : now)
      if (all_.degraded.find(tenant) == all_.degraded.end()) all_.dirty.insert(tenant);
    for (const auto& [tenant, reason] : all_.degraded)
      if (now.find(tenant) == now.end()) all_.dirty.insert(tenant);
    all_.degraded = std::move(now);
  }

  void count() {
    name_set todo;
    for (const auto& tenant : all_.dirty)
      if (is_in_scope(tenant)) todo.insert(tenant);
    for (const auto& tenant : all_.tenants.upwards(todo)) {
      auto& entry = all_.tallies.of(tenant);
      if (todo.find(tenant) != todo.end()) {
        all_.refresh_rule_findings(tenant);
        entry.own = all_.count_own(tenant);
        guard_swing(tenant, entry.own);
      }
      show(tenant, entry.own);
    }
    for (const auto& tenant : todo) all_.dirty.erase(tenant);
    for (const auto& [tenant, slot] : all_.tenants.all())
      if (is_in_scope(tenant)) all_.tallies.of(tenant).calculated = calculation_stamp{sequence_, at_};
    withdraw_removed();
  }

  void show(const std::string& tenant, tenant_tally tally) {
    const auto children = all_.tenants.children(tenant);
    tally.aggregated = !children.empty();
    for (const auto& child : children)
      if (const auto* part = all_.tallies.find(child)) add_to(tally, part->shown);
    put_in_order(tally, all_.engine.current().set());
    if (tally.aggregated) take_positions(tenant, tally);
    const auto* moved = movement_of(moved_, tenant);
    for (const auto& row : all_.tallies.show(tenant, std::move(tally), sequence_)) {
      rows_.emplace_back(tenant, row);
      if (!row.factor.empty() && (row.flags & ledger::flag_absent) == 0)
        all_.tallies.of(tenant).changes[factor_key(row.licence, row.factor)] = {at_, describe(cause_, moved)};
    }
  }

  /// `on` of a sum is the position at the tenant itself, also of factors that only its children count.
  void take_positions(const std::string& tenant, tenant_tally& tally) const {
    for (auto& licence : tally.licences)
      for (auto& factor : licence.factors) {
        const auto* known = all_.engine.current().set().find(licence.licence, factor.factor);
        factor.on = known == nullptr || !known->switchable ||
                    all_.tenants.is_on(tenant, factor_key(licence.licence, factor.factor));
      }
  }

  void withdraw_removed() {
    std::vector<std::string> removed;
    for (const auto& [tenant, entry] : all_.tallies.all())
      if (all_.tenants.find(tenant) == nullptr) removed.push_back(tenant);
    for (const auto& tenant : removed)
      for (auto& row : all_.tallies.withdraw(tenant, sequence_)) rows_.emplace_back(tenant, row);
  }

  /// Holds what changed more than a source's run alone should change it (domain.md 2).
  void guard_swing(const std::string& tenant, tenant_tally& own) {
    const bool by_source = cause_.kind == "sync" || cause_.kind == "schedule" || cause_.kind == "refresh";
    for (auto& licence : own.licences) {
      const auto key = std::pair(tenant, licence.licence);
      const auto known = all_.sound.find(key);
      const guard swing{all_.how.swing_percent, all_.how.least};
      const bool doubtful = by_source && known != all_.sound.end() && unguarded_.find(tenant) == unguarded_.end() &&
                            swing.trips(std::abs(licence.licensed - known->second.licensed), known->second.licensed);
      ledger::sound_value value{tenant, licence.licence, licence.licensed, {}, 0};
      if (doubtful) {
        licence.state = tally_state::held;
        value = known->second;
        if (value.source.empty()) {
          value.source = cause_.source.empty() ? "tenants" : cause_.source;
          value.run = cause_.run;
        }
      }
      if (known != all_.sound.end() && known->second.licensed == value.licensed && known->second.source == value.source)
        continue;
      all_.sound[key] = value;
      tx_.put_sound(value);
    }
  }

  /// The first calculation of a month writes every number, so that any interval starts from its month's set.
  void write_unchanged() {
    name_set written;
    std::set<std::pair<std::string, std::pair<std::string, std::string>>> changed;
    for (const auto& [tenant, row] : rows_) changed.insert({tenant, {row.licence, row.factor}});
    for (const auto& [tenant, entry] : all_.tallies.all())
      for (const auto& [key, row] : entry.rows)
        if (changed.find({tenant, key}) == changed.end()) rows_.emplace_back(tenant, row);
  }

  void enter() {
    ledger::calculation_facts facts;
    facts.cause = cause_;
    if (scope_) facts.scope.emplace(scope_->begin(), scope_->end());
    facts.rules = all_.engine.current().revision().name;
    facts.moved = moved_;
    facts.tenants = static_cast<std::int64_t>(all_.tallies.size());
    facts.root = all_.tallies.root();
    tx_.enter("calculation", at_, ledger::calculation_form(facts));
    tx_.add_calculation(sequence_, at_, facts.scope);
    for (const auto& [tenant, row] : rows_) tx_.put_tally(sequence_, at_, tenant, row);
    all_.last = ledger::stored_calculation{sequence_, at_, cause_, {}};
    auto findings = all_.list_findings(at_);
    if (findings == all_.findings) return;
    all_.findings = std::move(findings);
    tx_.put_findings(all_.findings);
  }

  desk& all_;
  ledger::transaction& tx_;
  const calculation_cause& cause_;
  instant at_;
  std::optional<name_set> scope_;
  const std::vector<subject_movement>& moved_;
  const name_set& unguarded_;
  std::int64_t sequence_ = 0;
  bool whole_month_ = false;
  std::vector<std::pair<std::string, ledger::tally_row>> rows_;
};

}  // namespace

factors::switch_position desk::switches_of(const std::string& tenant, const name_set* applied) const {
  return [this, tenant, applied](const licence& of, const factor& which) {
    return !which.switchable || tenants.is_on(tenant, factor_key(of.id, which.id), applied);
  };
}

std::map<std::string, std::string, std::less<>> desk::reasons_to_degrade(instant at) const {
  auto reasons = health.degraded(at);
  for (const auto& one : held)
    reasons.try_emplace(one.tenant,
                        "source " + one.source + ": run " + std::to_string(one.run) + " is held: " + one.reason);
  return reasons;
}

tenant_tally desk::count_own(const std::string& tenant) {
  tenant_tally tally;
  tally.tenant = tenant;
  const auto* slot = tenants.find(tenant);
  if (slot == nullptr) return tally;
  tally.disabled = tenants.is_disabled(tenant);
  const auto& rules = engine.current().set();
  if (rules.service_monitors_users(slot->record.service))
    tally.monitored = slot->record.monitored.value_or(engine.users(tenant));
  for (const auto& count : engine.count(tenant, switches_of(tenant)))
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

calculation_stamp desk::calculate(ledger::transaction& tx, const calculation_cause& cause, instant at,
                                  const std::optional<name_set>& scope, const std::vector<subject_movement>& moved,
                                  const name_set& unguarded) {
  return calculation_in_work(*this, tx, cause, at, scope, moved, unguarded).make();
}

}  // namespace licaudit::audit
