// One evaluation at one instant: tallies, their soundness, and what is entered of them.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/metering.hpp"
#include "daemon/audit/pool_tree.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace licaudit::audit {

namespace {

/// One calculation while it is made.
class calculation_in_work {
 public:
  calculation_in_work(desk& all, ledger::transaction& tx, const calculation_cause& cause, instant at,
                      const std::optional<tenant_set>& scope, const std::vector<subject_movement>& moved,
                      const tenant_set& unguarded)
      : all_(all), tx_(tx), cause_(cause), at_(at), moved_(moved), unguarded_(unguarded) {
    for (const auto& one : moved) movement_of_.emplace(one.tenant, &one);
    if (scope) {
      const auto reached = all.tenants.upwards({scope->begin(), scope->end()});
      scope_.emplace(reached.begin(), reached.end());
    }
  }

  calculation_stamp make() {
    whole_month_ = tx_.begins_month(at_);
    renew_former_gateways();
    all_.begin_months(scope_, at_);
    renew_degraded();
    sequence_ = tx_.next_sequence();
    count();
    if (whole_month_) write_unchanged();
    enter();
    return {sequence_, at_};
  }

 private:
  [[nodiscard]] bool is_in_scope(const tenant_slot& slot) const { return !scope_ || scope_->contains(&slot); }

  /// A former gateway that ends between two calculations changes what its tenant's criteria match.
  void renew_former_gateways() {
    while (!all_.former_ends.empty() && all_.former_ends.begin()->first <= at_) {
      auto* slot = all_.tenants.find(all_.former_ends.extract(all_.former_ends.begin()).value().second);
      if (slot == nullptr) continue;
      all_.engine.put_tenant(*slot->record, at_);
      all_.dirty.insert(slot);
    }
  }

  void renew_degraded() {
    auto now = all_.reasons_to_degrade(at_);
    if (now == all_.degraded) return;
    for (const auto* both : {&now, &all_.degraded})
      for (const auto& [tenant, reason] : *both) {
        auto* slot = all_.tenants.find(tenant);
        if (slot == nullptr) continue;
        const auto before = all_.degraded.find(tenant), after = now.find(tenant);
        const bool was = before != all_.degraded.end(), is = after != now.end();
        if (was != is) all_.dirty.insert(slot);
        if (was != is || before->second != after->second) all_.stale.insert(slot);
      }
    all_.degraded = std::move(now);
  }

  void count() {
    unmoved_ = std::make_shared<const last_change>(last_change{at_, describe(cause_, nullptr), sequence_});
    bury_left();
    std::vector<tenant_slot*> reached;
    const auto is_due = [this](tenant_slot* slot) { return is_in_scope(*slot) && all_.dirty.contains(slot); };
    for (auto* slot : all_.dirty) {
      if (!is_in_scope(*slot)) continue;
      reached.push_back(slot);
      if (auto* left = move_to_parent(*slot)) reached.push_back(left);
    }
    switch_positions positions(all_.tenants, all_.engine.current());
    for (auto* slot : all_.tenants.upwards(reached)) recount(*slot, is_due(slot), positions);
    erase_if(all_.dirty, [this](const tenant_slot* slot) { return is_in_scope(*slot); });
    if (scope_)
      for (auto* slot : *scope_) stamp(*slot);
    else
      all_.last_of_all = calculation_stamp{sequence_, at_};
  }

  /// Where it stands under another parent now, the sum of the old one holds it no more. Returns that one.
  static tenant_slot* move_to_parent(tenant_slot& slot) {
    auto* before = slot.tally.counted_in;
    tally_book::count_in(slot, slot.above);
    return before == slot.above ? nullptr : before;
  }

  /// What it shows, after those under it; `own`: and what it has of its own.
  void recount(tenant_slot& slot, bool own, switch_positions& positions) {
    auto& entry = slot.tally;
    if (own) {
      auto counted = all_.count_own(slot, positions);
      guard_swing(slot, counted);
      entry.own = std::move(counted);
    }
    const bool aggregated = entry.shown->aggregated;
    all_.tallies.show(slot, with_children(slot), change_of(slot), [&](const ledger::tally_row_view& row) {
      rows_.push_back(tx_.number(slot.id(), row, sequence_));
    });
    stamp(slot);
    if (own || aggregated || entry.shown->aggregated) all_.post_findings_of_tenant(slot, at_);
  }

  [[nodiscard]] shared_value<tenant_tally> with_children(const tenant_slot& slot) const {
    if (!slot.has_children()) return slot.tally.own;
    tenant_tally sum = *slot.tally.own;
    sum.tenant = slot.id();
    sum.aggregated = true;
    tally_book::add_children(slot, sum);
    take_pools(slot, sum);
    put_in_order(sum, all_.engine.current().set());
    take_positions(slot, sum);
    return sum;
  }

  /// Where it hands out of a pool of its own, what it acquired is that pool, and those under it have a part of it.
  void take_pools(const tenant_slot& slot, tenant_tally& sum) const {
    for (auto& licence : sum.licences) {
      const auto* known = all_.engine.current().set().find(licence.licence);
      if (known == nullptr || known->terms.pool == pool_kind::none) continue;
      if (const auto own = slot.acquired(licence.licence)) licence.acquired = own;
    }
  }

  void stamp(tenant_slot& slot) {
    slot.tally.calculated = calculation_stamp{sequence_, at_};
    all_.stale.insert(&slot);
  }

  /// What moves a row of this tenant now.
  [[nodiscard]] std::shared_ptr<const last_change> change_of(const tenant_slot& slot) const {
    const auto moved = movement_of_.find(slot.id());
    if (moved == movement_of_.end()) return unmoved_;
    return std::make_shared<const last_change>(last_change{at_, describe(cause_, moved->second), sequence_});
  }

  /// `on` of a sum is the position at the tenant itself, also of factors that only its children count.
  void take_positions(const tenant_slot& slot, tenant_tally& tally) const {
    for (auto& licence : tally.licences)
      for (auto& factor : licence.factors) {
        const auto* known = all_.engine.current().set().find(licence.licence, factor.factor);
        factor.on = known == nullptr || !known->switchable ||
                    all_.tenants.is_on(slot, factor_key(licence.licence, factor.factor));
      }
  }

  void bury_left() {
    for (auto& [tenant, rows] : std::exchange(all_.leaving, {}))
      for (const auto& row : rows)
        rows_.push_back(tx_.number(tenant, tally_book::tombstone(row.licence, row.factor), sequence_));
  }

  /// What `swing` compares with: what a guard held on to, else what was counted before.
  [[nodiscard]] std::optional<ledger::sound_value> sound_before(const tenant_slot& slot,
                                                                const std::string& licence) const {
    if (!all_.sound.empty())
      if (const auto kept = all_.sound.find({slot.id(), licence}); kept != all_.sound.end()) return kept->second;
    const auto& before = slot.tally.own->licences;
    const auto known = std::find_if(before.begin(), before.end(),
                                    [&licence](const licence_tally& one) { return one.licence == licence; });
    if (slot.tally.changes->empty() || known == before.end()) return std::nullopt;
    return ledger::sound_value{slot.id(), licence, known->licensed, {}, 0};
  }

  /// Holds what changed more than a source's run alone should change it (domain.md 2).
  void guard_swing(const tenant_slot& slot, tenant_tally& own) {
    const bool by_source = cause_.kind == "sync" || cause_.kind == "schedule" || cause_.kind == "refresh";
    const bool is_guarded = by_source && !unguarded_.contains(&slot);
    if (!is_guarded && !slot.has_children() && !all_.keeps_sound(slot)) return;  // nothing to hold, nothing to forget
    const guard swing{all_.how.swing_percent, all_.how.least};
    for (auto& licence : own.licences) {
      ledger::sound_value value{slot.id(), licence.licence, licence.licensed, {}, 0};
      // Readings rise and fall: that swings as it will.
      const auto* terms = all_.engine.current().set().find(licence.licence);
      if (is_guarded && (terms == nullptr || !counts_meters(*terms)))
        if (const auto known = sound_before(slot, licence.licence);
            known && swing.trips(std::abs(licence.licensed - known->licensed), known->licensed)) {
          licence.state = tally_state::held;
          value = *known;
          if (value.source.empty()) {
            value.source = cause_.source.empty() ? "tenants" : cause_.source;
            value.run = cause_.run;
          }
        }
      keep_sound(value, slot.has_children());
    }
  }

  /// A value that is what the tenant shows needs no row of its own; that of a sum is not to be seen in the sum.
  void keep_sound(const ledger::sound_value& value, bool of_sum) {
    const bool needs_row = !value.source.empty() || of_sum;
    if (!needs_row && all_.sound.empty()) return;
    const auto key = std::pair(value.tenant, value.licence);
    const auto kept = all_.sound.find(key);
    if (!needs_row) {
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
    const auto place = [](const ledger::numbered_row& row) { return std::pair(row.tenant, row.item); };
    std::vector<std::pair<std::int64_t, std::int64_t>> changed;
    changed.reserve(rows_.size());
    for (const auto& row : rows_) changed.push_back(place(row));
    std::sort(changed.begin(), changed.end());
    for (const auto& [tenant, slot] : all_.tenants.all())
      for (const auto& row : tally_book::rows_of(slot.tally))
        if (const auto same = tx_.number(tenant, row); !std::binary_search(changed.begin(), changed.end(), place(same)))
          rows_.push_back(same);
  }

  void enter() {
    ledger::calculation_facts facts;
    facts.cause = cause_;
    if (scope_) {
      facts.scope.emplace();
      for (const auto* slot : *scope_) facts.scope->push_back(slot->id());
      std::sort(facts.scope->begin(), facts.scope->end());
    }
    facts.rules = all_.engine.current().revision().name;
    facts.moved = moved_;
    facts.tenants = static_cast<std::int64_t>(all_.tallies.size());
    facts.root = all_.tallies.root();
    tx_.add_calculation(at_, std::move(facts));
    tx_.put_tallies(sequence_, at_, std::move(rows_));
    all_.last = ledger::stored_calculation{sequence_, at_, cause_, {}};
    all_.renew_findings_due(at_);
    all_.post_findings_of_host(at_);
    tx_.put_findings(all_.findings.take_changes());
  }

  desk& all_;
  ledger::transaction& tx_;
  const calculation_cause& cause_;
  instant at_;
  std::optional<tenant_set> scope_;
  const std::vector<subject_movement>& moved_;
  const tenant_set& unguarded_;
  std::map<std::string_view, const subject_movement*> movement_of_;
  std::shared_ptr<const last_change> unmoved_;  ///< what moves a row of a tenant that no subject moved in
  std::int64_t sequence_ = 0;
  bool whole_month_ = false;
  std::vector<ledger::numbered_row> rows_;
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

void desk::begin_months(const std::optional<tenant_set>& scope, instant at) {
  const bool pending = engine.has_candidate() && counts_by_month(engine.current(factors::which_rules::candidate).set());
  if (!pending && !counts_by_month(engine.current().set())) return;
  month_starts starts(tenants, at);
  const auto begin = [&](tenant_slot& slot) {
    if (engine.begin_month(slot.id(), starts.of(slot))) dirty.insert(&slot);
  };
  if (scope)
    for (auto* slot : *scope) begin(*slot);
  else
    for (auto& [id, slot] : tenants.all()) begin(slot);
}

calculation_stamp desk::calculate(ledger::transaction& tx, const calculation_cause& cause, instant at,
                                  const std::optional<tenant_set>& scope, const std::vector<subject_movement>& moved,
                                  const tenant_set& unguarded) {
  return calculation_in_work(*this, tx, cause, at, scope, moved, unguarded).make();
}

}  // namespace licaudit::audit
