// One evaluation at one instant: tallies, their soundness, and what is entered of them.
#include "daemon/audit/desk.hpp"
#include "daemon/ledger/row_forms.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace licaudit::audit {

namespace {

using name_set = std::set<std::string, std::less<>>;

/// One calculation while it is made.
class calculation_in_work {
 public:
  calculation_in_work(desk& all, ledger::transaction& tx, const calculation_cause& cause, instant at,
                      const std::optional<name_set>& scope, const std::vector<subject_movement>& moved,
                      const name_set& unguarded)
      : all_(all), tx_(tx), cause_(cause), at_(at), moved_(moved), unguarded_(unguarded) {
    for (const auto& one : moved) movement_of_.emplace(one.tenant, &one);
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
    while (!all_.former_ends.empty() && all_.former_ends.begin()->first <= at_) {
      const std::string tenant = all_.former_ends.extract(all_.former_ends.begin()).value().second;
      const auto* slot = all_.tenants.find(tenant);
      if (slot == nullptr) continue;
      all_.engine.put_tenant(slot->record, at_);
      all_.dirty.insert(tenant);
    }
  }

  void renew_degraded() {
    auto now = all_.reasons_to_degrade(at_);
    if (now == all_.degraded) return;
    for (const auto& [tenant, reason] : now) {
      const auto before = all_.degraded.find(tenant);
      if (before == all_.degraded.end()) all_.dirty.insert(tenant);
      if (before == all_.degraded.end() || before->second != reason) all_.stale.insert(tenant);
    }
    for (const auto& [tenant, reason] : all_.degraded)
      if (now.find(tenant) == now.end()) {
        all_.dirty.insert(tenant);
        all_.stale.insert(tenant);
      }
    all_.degraded = std::move(now);
  }

  void count() {
    name_set todo;
    for (const auto& tenant : all_.dirty)
      if (is_in_scope(tenant)) todo.insert(tenant);
    unmoved_ = std::make_shared<const last_change>(last_change{at_, describe(cause_, nullptr), sequence_});
    withdraw_removed();
    name_set reached = todo;
    for (const auto& tenant : todo)
      if (auto left = move_to_parent(tenant); !left.empty()) reached.insert(std::move(left));
    switch_positions positions(all_.tenants);
    for (const auto& tenant : all_.tenants.upwards(reached)) {
      auto& entry = all_.tallies.of(tenant);
      const bool own = todo.find(tenant) != todo.end();
      if (own) {
        auto counted = all_.count_own(tenant, positions);
        guard_swing(tenant, entry, counted);
        entry.own = std::move(counted);
      }
      const bool aggregated = entry.shown.aggregated;
      show(tenant, entry);
      if (own || aggregated != entry.shown.aggregated) all_.post_findings_of_tenant(tenant, at_);
    }
    for (const auto& tenant : todo) all_.dirty.erase(tenant);
    if (scope_)
      for (const auto& tenant : *scope_) stamp(tenant);
    else
      all_.last_of_all = calculation_stamp{sequence_, at_};
  }

  /// Where it stands under another parent now, the sum of the old one holds it no more. Returns that one.
  [[nodiscard]] std::string move_to_parent(const std::string& tenant) {
    const auto* slot = all_.tenants.find(tenant);
    if (slot == nullptr) return {};
    const std::string before = all_.tallies.of(tenant).counted_in;
    const std::string now = slot->above == nullptr ? std::string() : slot->record.parent;
    all_.tallies.count_in(tenant, now);
    return before == now ? std::string() : before;
  }

  void stamp(const std::string& tenant) {
    if (all_.tenants.find(tenant) == nullptr) return;
    all_.tallies.of(tenant).calculated = calculation_stamp{sequence_, at_};
    all_.stale.insert(tenant);
  }

  void show(const std::string& tenant, tally_book::entry& entry) {
    tenant_tally tally = entry.own;
    tally.tenant = tenant;
    tally.aggregated = all_.tenants.has_children(tenant);
    if (tally.aggregated) {
      all_.tallies.add_children(tenant, tally);
      put_in_order(tally, all_.engine.current().set());
      take_positions(tenant, tally);
    }
    for (auto& row : all_.tallies.show(tenant, std::move(tally), change_of(tenant)))
      rows_.emplace_back(tenant, std::move(row));
    stamp(tenant);
  }

  /// What moves a row of this tenant now.
  [[nodiscard]] std::shared_ptr<const last_change> change_of(const std::string& tenant) const {
    const auto moved = movement_of_.find(tenant);
    if (moved == movement_of_.end()) return unmoved_;
    return std::make_shared<const last_change>(last_change{at_, describe(cause_, moved->second), sequence_});
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
    for (const auto& tenant : std::exchange(all_.leaving, {}))
      for (auto& row : all_.tallies.withdraw(tenant, sequence_)) rows_.emplace_back(tenant, std::move(row));
  }

  /// What `swing` compares with: what a guard held on to, else what was counted before.
  [[nodiscard]] static std::optional<ledger::sound_value> sound_before(const desk& all, const std::string& tenant,
                                                                       const tally_book::entry& entry,
                                                                       const std::string& licence) {
    if (const auto kept = all.sound.find({tenant, licence}); kept != all.sound.end()) return kept->second;
    const auto known = std::find_if(entry.own.licences.begin(), entry.own.licences.end(),
                                    [&licence](const licence_tally& one) { return one.licence == licence; });
    if (entry.changes.empty() || known == entry.own.licences.end()) return std::nullopt;
    return ledger::sound_value{tenant, licence, known->licensed, {}, 0};
  }

  /// Holds what changed more than a source's run alone should change it (domain.md 2).
  void guard_swing(const std::string& tenant, const tally_book::entry& entry, tenant_tally& own) {
    const bool by_source = cause_.kind == "sync" || cause_.kind == "schedule" || cause_.kind == "refresh";
    const bool is_guarded = by_source && unguarded_.find(tenant) == unguarded_.end();
    const guard swing{all_.how.swing_percent, all_.how.least};
    for (auto& licence : own.licences) {
      const auto known = sound_before(all_, tenant, entry, licence.licence);
      const bool doubtful =
          is_guarded && known && swing.trips(std::abs(licence.licensed - known->licensed), known->licensed);
      ledger::sound_value value{tenant, licence.licence, licence.licensed, {}, 0};
      if (doubtful) {
        licence.state = tally_state::held;
        value = *known;
        if (value.source.empty()) {
          value.source = cause_.source.empty() ? "tenants" : cause_.source;
          value.run = cause_.run;
        }
      }
      keep_sound(value);
    }
  }

  /// A value that is what the tenant shows needs no row of its own; that of a sum is not to be seen in the sum.
  void keep_sound(const ledger::sound_value& value) {
    const auto key = std::pair(value.tenant, value.licence);
    const auto kept = all_.sound.find(key);
    if (value.source.empty() && !all_.tenants.has_children(value.tenant)) {
      if (kept == all_.sound.end()) return;
      all_.sound.erase(kept);
      tx_.drop_sound(value.tenant, value.licence);
      return;
    }
    if (kept != all_.sound.end() && kept->second.licensed == value.licensed && kept->second.source == value.source)
      return;
    all_.sound[key] = value;
    tx_.put_sound(value);
  }

  /// The first calculation of a month writes every number, so that any interval starts from its month's set.
  void write_unchanged() {
    std::set<std::pair<std::string_view, std::pair<std::string_view, std::string_view>>> changed;
    for (const auto& [tenant, row] : rows_) changed.insert({tenant, {row.licence, row.factor}});
    std::vector<std::pair<std::string, ledger::tally_row>> others;
    for (const auto& [tenant, entry] : all_.tallies.all())
      for (auto& row : tally_book::rows_of(entry))
        if (changed.find({tenant, {row.licence, row.factor}}) == changed.end())
          others.emplace_back(tenant, std::move(row));
    changed.clear();  // it looks into rows_
    std::move(others.begin(), others.end(), std::back_inserter(rows_));
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
    tx_.put_tallies(sequence_, at_, rows_);
    all_.last = ledger::stored_calculation{sequence_, at_, cause_, {}};
    all_.post_findings_of_host(at_);
    tx_.put_findings(all_.findings.take_changes());
  }

  desk& all_;
  ledger::transaction& tx_;
  const calculation_cause& cause_;
  instant at_;
  std::optional<name_set> scope_;
  const std::vector<subject_movement>& moved_;
  const name_set& unguarded_;
  std::map<std::string_view, const subject_movement*> movement_of_;
  std::shared_ptr<const last_change> unmoved_;  ///< what moves a row of a tenant that no subject moved in
  std::int64_t sequence_ = 0;
  bool whole_month_ = false;
  std::vector<std::pair<std::string, ledger::tally_row>> rows_;
};

}  // namespace

calculation_cause cause_of(const std::string& kind, std::int64_t operation, const std::string& caller,
                           const std::string& text) {
  calculation_cause cause;
  cause.kind = kind;
  cause.operation = operation;
  cause.caller = caller;
  cause.text = text;
  return cause;
}

std::map<std::string, std::string, std::less<>> desk::reasons_to_degrade(instant at) const {
  auto reasons = health.degraded(at);
  for (const auto& one : held)
    reasons.try_emplace(one.tenant,
                        "source " + one.source + ": run " + std::to_string(one.run) + " is held: " + one.reason);
  return reasons;
}

calculation_stamp desk::calculate(ledger::transaction& tx, const calculation_cause& cause, instant at,
                                  const std::optional<name_set>& scope, const std::vector<subject_movement>& moved,
                                  const name_set& unguarded) {
  return calculation_in_work(*this, tx, cause, at, scope, moved, unguarded).make();
}

}  // namespace licaudit::audit
