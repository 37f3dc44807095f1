// The view that others read: made anew after each commit, unchanged tenants shared with the one before.
#include "daemon/audit/desk.hpp"

namespace licaudit::audit {

namespace {

/// Makes the view of one desk.
class publication {
 public:
  explicit publication(desk& all) : all_(all) {}

  std::shared_ptr<const view> make() {
    auto made = std::make_shared<view>();
    if (const auto before = std::atomic_load(&all_.published); before && !all_.all_stale) {
      made->tenants = before->tenants;
      for (const auto& id : all_.stale) renew(id, made->tenants);
    } else {
      for (const auto& [id, slot] : all_.tenants.all()) renew(id, made->tenants);
    }
    all_.stale.clear();
    all_.all_stale = false;
    made->users = all_.populations.all().users;
    made->numbers = all_.populations.all().numbers;
    add_whole(*made);
    return made;
  }

 private:
  void renew(const std::string& id, tenant_roster& among) {
    if (const auto* slot = all_.tenants.find(id))
      among[id] = std::make_shared<const tenant_view>(tenant(id, *slot));
    else
      among.erase(id);
  }

  tenant_view tenant(const std::string& id, const tenant_slot& slot) {
    tenant_view made;
    made.record = slot.record;
    made.origin = slot.origin;
    made.enabled = slot.enabled;
    made.gone = slot.gone;
    made.zone = all_.tenants.zone_of(id);
    made.children = all_.tenants.child_count(id);
    const auto heads = all_.populations.of(id);
    made.users = heads.users;
    made.numbers = heads.numbers;
    add_tally(id, made);
    add_switches(id, slot, made);
    made.findings = all_.findings.of_tenant(id);
    if (const auto reason = all_.degraded.find(id); reason != all_.degraded.end()) made.reason = reason->second;
    note_since(id, made);
    return made;
  }

  void add_tally(const std::string& id, tenant_view& made) const {
    const auto* entry = all_.tallies.find(id);
    if (entry != nullptr && entry->calculated) {
      made.tally = entry->shown;
      made.calculated = entry->calculated;
      made.changes = entry->changes;
    } else {
      made.tally = never_calculated(id, made);
    }
  }

  /// What a page shows before the first calculation: `0 (n/a)` for each factor of the service.
  [[nodiscard]] tenant_tally never_calculated(const std::string& id, const tenant_view& of) const {
    tenant_tally tally;
    tally.tenant = id;
    for (const auto& one : all_.engine.current().set().licences) {
      licence_tally licence;
      licence.licence = one.id;
      licence.state = tally_state::never;
      if (const auto acquired = of.record.acquired.find(one.id); acquired != of.record.acquired.end())
        licence.acquired = acquired->second;
      for (const auto& factor : one.factors)
        if (factor.applies_to(of.record.service)) licence.factors.push_back({factor.id, true, 0, std::nullopt});
      if (!licence.factors.empty() || licence.acquired) tally.licences.push_back(std::move(licence));
    }
    return tally;
  }

  void add_switches(const std::string& id, const tenant_slot& slot, tenant_view& made) const {
    const std::set<std::string, std::less<>> itself{id};
    const bool all_on = all_.tenants.nearest_with_switches(id) == nullptr;
    for (const auto& licence : all_.engine.current().set().licences)
      for (const auto& factor : licence.factors) {
        const bool concerns = factor.applies_to(slot.record.service) || made.children > 0;
        if (!factor.switchable || !concerns) continue;
        const std::string key = factor_key(licence.id, factor.id);
        switch_view one{licence.id, factor.id, all_on || all_.tenants.is_on(id, key), std::nullopt, std::nullopt};
        if (const auto own = slot.switches.find(key); own != slot.switches.end()) one.own = own->second;
        if (slot.pending.find(key) != slot.pending.end()) one.pending = all_.tenants.is_on(id, key, &itself);
        made.switches.push_back(std::move(one));
      }
  }

  void note_since(const std::string& id, tenant_view& made) {
    const auto state = made.tally.state();
    if (state != tally_state::degraded && state != tally_state::held) {
      all_.degraded_since.erase(id);
      return;
    }
    if (made.calculated) made.degraded_since = all_.degraded_since.try_emplace(id, made.calculated->at).first->second;
    if (made.reason.empty())
      made.reason =
          state == tally_state::held ? "a value is held; see the findings" : "a part of it is; see the findings";
  }

  /// Lives in the view alone: it could not be written, and the next commit that works ends it.
  [[nodiscard]] finding storage_finding() const {
    finding one;
    one.kind = "storage";
    one.level = severity::page;
    one.text = all_.storage_problem;
    one.action = "free space or mend the disk; writing goes on by itself";
    one.since = all_.latest;
    return one;
  }

  void add_whole(view& made) const {
    made.root = all_.tenants.root();
    if (all_.last) {
      made.last_calculation = calculation_stamp{all_.last->sequence, all_.last->at};
      made.last_cause = all_.last->cause;
    }
    made.rules_since = all_.rules_since;
    made.last_of_all = all_.last_of_all;
    made.findings = all_.findings.all();
    if (!all_.storage_problem.empty()) made.findings.insert(0, storage_finding());
    for (const auto& one : all_.held) made.held.push_back({one.source, one.tenant, one.run, one.reason});
    made.chain_sequence = all_.book.head().sequence;
    made.chain_head = to_hex(all_.book.head().hash);
    made.ledger = all_.book.identity();
    made.epoch = all_.book.epoch();
    made.loading = all_.loading;
    made.problem = all_.storage_problem;
    made.rules = all_.effective;
    made.pending = all_.engine.has_candidate() ? all_.how.rules : nullptr;
  }

  desk& all_;
};

}  // namespace

void desk::publish() {
  std::atomic_store(&published, publication(*this).make());
}

}  // namespace licaudit::audit
