// The view that others read: made anew after each commit, unchanged tenants shared with the one before.
#include "daemon/audit/desk.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

bool is_same(const tenant_view& a, const tenant_view& b) {
  const auto stamp = [](const std::optional<calculation_stamp>& one) { return one ? one->sequence : 0; };
  const auto same_switch = [](const switch_view& x, const switch_view& y) {
    return x.licence == y.licence && x.factor == y.factor && x.on == y.on && x.own == y.own && x.pending == y.pending;
  };
  return stamp(a.calculated) == stamp(b.calculated) && a.record == b.record && a.origin == b.origin &&
         a.enabled == b.enabled && a.gone == b.gone && a.zone.name() == b.zone.name() && a.children == b.children &&
         a.users == b.users && a.numbers == b.numbers && a.tally == b.tally && a.findings == b.findings &&
         a.reason == b.reason && a.degraded_since == b.degraded_since &&
         std::equal(a.switches.begin(), a.switches.end(), b.switches.begin(), b.switches.end(), same_switch);
}

/// Makes the view of one desk.
class publication {
 public:
  explicit publication(desk& all) : all_(all) {
    for (const auto& one : all.findings) by_tenant_[one.tenant].push_back(&one);
  }

  std::shared_ptr<const view> make() {
    auto made = std::make_shared<view>();
    const auto before = std::atomic_load(&all_.published);
    for (const auto& [id, slot] : all_.tenants.all()) {
      auto one = tenant(id, slot);
      const auto known = before ? before->tenants.find(id) : decltype(before->tenants.find(id)){};
      const bool same = before && known != before->tenants.end() && is_same(*known->second, one);
      made->tenants.emplace(id, same ? known->second : std::make_shared<const tenant_view>(std::move(one)));
    }
    for (const auto& [id, population] : all_.populations) {
      made->users += population.first;
      made->numbers += population.second;
    }
    add_whole(*made);
    return made;
  }

 private:
  tenant_view tenant(const std::string& id, const tenant_slot& slot) {
    tenant_view made;
    made.record = slot.record;
    made.origin = slot.origin;
    made.enabled = slot.enabled;
    made.gone = slot.gone;
    made.zone = all_.tenants.zone_of(id);
    made.children = all_.tenants.children(id);
    if (const auto known = all_.populations.find(id); known != all_.populations.end())
      std::tie(made.users, made.numbers) = known->second;
    add_tally(id, made);
    add_switches(id, slot, made);
    for (const auto* one : by_tenant_[id]) made.findings.push_back(*one);
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
    put_in_order(made.tally, all_.engine.current().set());
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
    for (const auto& licence : all_.engine.current().set().licences)
      for (const auto& factor : licence.factors) {
        const bool concerns = factor.applies_to(slot.record.service) || !made.children.empty();
        if (!factor.switchable || !concerns) continue;
        const std::string key = factor_key(licence.id, factor.id);
        switch_view one{licence.id, factor.id, all_.tenants.is_on(id, key), std::nullopt, std::nullopt};
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
    made.findings = all_.findings;
    if (!all_.storage_problem.empty()) made.findings.insert(made.findings.begin(), storage_finding());
    for (const auto& one : all_.held) made.held.push_back({one.source, one.tenant, one.run, one.reason});
    made.chain_sequence = all_.book.head().sequence;
    made.chain_head = to_hex(all_.book.head().hash);
    made.ledger = all_.book.identity();
    made.epoch = all_.book.epoch();
    made.problem = all_.storage_problem;
    made.rules = all_.effective;
    made.pending = all_.engine.has_candidate() ? all_.how.rules : nullptr;
  }

  desk& all_;
  std::map<std::string, std::vector<const finding*>, std::less<>> by_tenant_;
};

}  // namespace

void desk::publish() {
  std::atomic_store(&published, publication(*this).make());
}

}  // namespace licaudit::audit
