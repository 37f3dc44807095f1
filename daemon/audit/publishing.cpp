// The view that others read: made anew after each commit, unchanged tenants shared with the one before.
#include "daemon/audit/desk.hpp"
#include "daemon/audit/pool_tree.hpp"

namespace licaudit::audit {

namespace {

/// Makes the view of one desk.
class publication {
 public:
  explicit publication(desk& all) : all_(all) {}

  std::shared_ptr<const view> make() {
    auto made = std::make_shared<view>();
    const auto before = std::atomic_load(&all_.published);
    const bool anew = before == nullptr || all_.all_stale;
    if (!anew) made->tenants = before->tenants;
    // A walk in the order of the roster falls into each of its blocks once.
    if (anew || all_.stale.size() > all_.tenants.all().size() / 8) {
      for (auto& [id, slot] : all_.tenants.all())
        if (anew || all_.stale.contains(&slot)) renew(slot, made->tenants);
    } else {
      for (auto* slot : all_.stale) renew(*slot, made->tenants);
    }
    if (!anew)
      for (const auto& id : all_.published_no_more) made->tenants.erase(id);
    all_.stale.clear();
    all_.published_no_more.clear();
    all_.all_stale = false;
    made->users = all_.populations.all().users;
    made->numbers = all_.populations.all().numbers;
    add_whole(*made);
    return made;
  }

 private:
  void renew(tenant_slot& slot, tenant_roster& among) {
    auto made = std::make_shared<tenant_view>();
    describe(slot, *made);
    among[slot.id()] = std::move(made);
  }

  void describe(tenant_slot& slot, tenant_view& made) {
    made.record = slot.record;
    made.origin = slot.origin;
    made.enabled = slot.enabled;
    made.gone = slot.gone;
    made.zone = zone_of(slot);
    made.children = slot.child_count();
    const auto heads = all_.populations.of(slot.id());
    made.users = heads.users;
    made.numbers = heads.numbers;
    made.decided = slot.decided;
    made.pools = pools_of(slot, all_.engine.current().set());
    add_tally(slot, made);
    made.switches = switches_of(slot);
    made.findings = all_.findings.of_tenant(slot.id());
    note_trouble(slot, made);
  }

  /// Most inherit it, and a zone is looked up by its name.
  [[nodiscard]] const time_zone& zone_of(const tenant_slot& slot) {
    const auto* decides = all_.tenants.nearest_with_zone(slot);
    const auto known = zones_.find(decides);
    if (known != zones_.end()) return known->second;
    auto zone = decides == nullptr ? time_zone() : time_zone::find(decides->record->time_zone).value();
    return zones_.emplace(decides, std::move(zone)).first->second;
  }

  void add_tally(const tenant_slot& slot, tenant_view& made) const {
    if (slot.tally.calculated) {
      made.tally = slot.tally.shown;
      made.calculated = slot.tally.calculated;
      made.changes = slot.tally.changes;
    } else {
      made.tally = never_calculated(slot);
    }
  }

  /// What a page shows before the first calculation: `0 (n/a)` for each factor of the service.
  [[nodiscard]] tenant_tally never_calculated(const tenant_slot& slot) const {
    const auto& record = *slot.record;
    tenant_tally tally;
    tally.tenant = record.id;
    for (const auto& one : all_.engine.current().set().licences) {
      licence_tally licence;
      licence.licence = one.id;
      licence.state = tally_state::never;
      licence.acquired = slot.acquired(one.id);
      for (const auto& factor : one.factors)
        if (factor.applies_to(record.service)) licence.factors.push_back({factor.id, true, 0, std::nullopt});
      if (!licence.factors.empty() || licence.acquired) tally.licences.push_back(std::move(licence));
    }
    return tally;
  }

  /// Tenants of one service that inherit from the same one share a list.
  [[nodiscard]] shared_value<std::vector<switch_view>> switches_of(tenant_slot& slot) {
    const auto* decides = all_.tenants.nearest_with_switches(slot);
    if (decides == &slot || slot.has_children()) return list_switches(slot);
    const auto [known, added] = switches_.try_emplace({decides, slot.record->service});
    if (added) known->second = list_switches(slot);
    return known->second;
  }

  [[nodiscard]] std::vector<switch_view> list_switches(tenant_slot& slot) const {
    const tenant_set itself{&slot};
    std::vector<switch_view> list;
    for (const auto& licence : all_.engine.current().set().licences)
      for (const auto& factor : licence.factors) {
        if (!factor.switchable || !(factor.applies_to(slot.record->service) || slot.has_children())) continue;
        const std::string key = factor_key(licence.id, factor.id);
        switch_view one{licence.id, factor.id, all_.tenants.is_on(slot, key), std::nullopt, std::nullopt};
        if (const auto own = slot.decided->switches.find(key); own != slot.decided->switches.end())
          one.own = own->second;
        if (slot.decided->pending.find(key) != slot.decided->pending.end())
          one.pending = all_.tenants.is_on(slot, key, &itself);
        list.push_back(std::move(one));
      }
    return list;
  }

  void note_trouble(const tenant_slot& slot, tenant_view& made) {
    const auto known = all_.degraded.find(slot.id());
    if (known != all_.degraded.end()) made.trouble.change().reason = known->second;
    const auto state = made.tally->state();
    if (state != tally_state::degraded && state != tally_state::held) {
      all_.degraded_since.erase(slot.id());
      return;
    }
    auto& trouble = made.trouble.change();
    if (made.calculated) trouble.since = all_.degraded_since.try_emplace(slot.id(), made.calculated->at).first->second;
    if (trouble.reason.empty())
      trouble.reason =
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
    if (!all_.due_moves.empty()) made.next_move = all_.due_moves.begin()->first;
    const auto before = std::atomic_load(&all_.published);
    if (before != nullptr && before->retired != nullptr && before->retired->size() == all_.tenants.retired.size())
      made.retired = before->retired;  // an id that is there stays there
    else
      made.retired = std::make_shared<const std::map<std::string, std::string, std::less<>>>(all_.tenants.retired);
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
  std::map<const tenant_slot*, time_zone> zones_;  ///< by who names it
  /// By who decides, and service.
  std::map<std::pair<const tenant_slot*, std::string>, shared_value<std::vector<switch_view>>> switches_;
};

}  // namespace

void desk::publish() {
  std::atomic_store(&published, publication(*this).make());
}

}  // namespace licaudit::audit
