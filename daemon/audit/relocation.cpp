#include "daemon/audit/relocation.hpp"

#include "daemon/audit/child_sum.hpp"
#include "daemon/audit/desk.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace licaudit::audit {

namespace {

/// Another parent for a tenant as long as this lives, for what is inherited alone: no list of children and no sum knows
/// of it.
class supposed_parent {
 public:
  supposed_parent(tenant_slot& slot, tenant_slot& parent) : slot_(slot), before_(std::exchange(slot.above, &parent)) {}
  ~supposed_parent() { slot_.above = before_; }
  supposed_parent(const supposed_parent&) = delete;
  supposed_parent& operator=(const supposed_parent&) = delete;

 private:
  tenant_slot& slot_;
  tenant_slot* before_;
};

/// What a tenant has of its own and inherits.
struct inherited {
  tenant_tally counted;
  std::vector<bool> on;  ///< by factor, in the order of the rules
  std::string zone;
};

const licence_tally* licence_in(const tenant_tally& of, const std::string& id) {
  const auto known = std::find_if(of.licences.begin(), of.licences.end(),
                                  [&id](const licence_tally& one) { return one.licence == id; });
  return known == of.licences.end() ? nullptr : &*known;
}

const factor_tally* factor_in(const licence_tally* of, const std::string& id) {
  if (of == nullptr) return nullptr;
  const auto known =
      std::find_if(of->factors.begin(), of->factors.end(), [&id](const factor_tally& one) { return one.factor == id; });
  return known == of->factors.end() ? nullptr : &*known;
}

relocation::factor factor_change(const std::string& id, const factor_tally* from, const factor_tally* to) {
  relocation::factor made{id, 0, 0, 0, 0};
  if (from != nullptr) made = {id, from->calculated, from->configured.value_or(0), 0, 0};
  if (to != nullptr) {
    made.to_n1 = to->calculated;
    made.to_n2 = to->configured.value_or(0);
  }
  return made;
}

bool moves(const relocation::factor& one) {
  return one.from_n1 != one.to_n1 || one.from_n2 != one.to_n2;
}

relocation::licence licence_change(const std::string& id, const licence_tally* from, const licence_tally* to) {
  relocation::licence made;
  made.licence = id;
  if (from != nullptr) {
    made.acquired_from = from->acquired;
    made.licensed_from = from->licensed;
    for (const auto& one : from->factors)
      if (auto change = factor_change(one.factor, &one, factor_in(to, one.factor)); moves(change))
        made.factors.push_back(std::move(change));
  }
  if (to != nullptr) {
    made.acquired_to = to->acquired;
    made.licensed_to = to->licensed;
    for (const auto& one : to->factors)
      if (auto change = factor_change(one.factor, nullptr, &one);
          factor_in(from, one.factor) == nullptr && moves(change))
        made.factors.push_back(std::move(change));
  }
  return made;
}

bool moves(const relocation::licence& one) {
  return one.acquired_from != one.acquired_to || one.licensed_from != one.licensed_to || !one.factors.empty();
}

relocation::sum sum_change(const tenant_slot& of, const tenant_tally& then) {
  relocation::sum made;
  made.tenant = of.id();
  const auto& now = *of.tally.shown;
  for (const auto& one : now.licences)
    if (auto change = licence_change(one.licence, &one, licence_in(then, one.licence)); moves(change))
      made.licences.push_back(std::move(change));
  for (const auto& one : then.licences)
    if (auto change = licence_change(one.licence, nullptr, &one);
        licence_in(now, one.licence) == nullptr && moves(change))
      made.licences.push_back(std::move(change));
  return made;
}

/// Compares the place that a tenant has with the one that it would have.
class comparison {
 public:
  comparison(desk& all, tenant_slot& slot, tenant_slot& parent) : all_(all), slot_(slot), parent_(parent) {
    const auto below = all.tenants.subtree(slot);
    subtree_.assign(below.begin(), below.end());
    std::sort(subtree_.begin(), subtree_.end(), by_tenant_id());
  }

  relocation make() {
    const auto before = look();
    std::vector<inherited> after;
    {
      const supposed_parent supposed(slot_, parent_);
      after = look();
    }
    made_.tenant = slot_.id();
    made_.from = slot_.record->parent;
    made_.to = parent_.id();
    for (std::size_t i = 0; i < subtree_.size(); ++i) compare(*subtree_[i], before[i], after[i]);
    compare_sums(after);
    return std::move(made_);
  }

 private:
  std::vector<inherited> look() {
    std::vector<inherited> all;
    switch_positions positions(all_.tenants, all_.engine.current());
    for (const auto* slot : subtree_) {
      const auto* zone = all_.tenants.nearest_with_zone(*slot);
      all.push_back({all_.count_own(*slot, positions), positions.of(*slot).on,
                     zone == nullptr ? time_zone().name() : zone->record->time_zone});
    }
    return all;
  }

  void compare(const tenant_slot& slot, const inherited& before, const inherited& after) {
    std::size_t place = 0;
    for (const auto& licence : all_.engine.current().set().licences)
      for (const auto& factor : licence.factors) {
        const bool shown = factor.applies_to(slot.record->service) || slot.has_children();
        if (shown && before.on[place] != after.on[place])
          made_.switches.push_back({slot.id(), licence.id, factor.id, before.on[place], after.on[place]});
        ++place;
      }
    if (before.zone != after.zone) made_.zones.push_back({slot.id(), before.zone, after.zone});
    if (before.counted.disabled != after.counted.disabled)
      made_.disabled.push_back({slot.id(), before.counted.disabled, after.counted.disabled});
  }

  /// Sums anew whoever stands above the old place or the new one, as the calculation would.
  void compare_sums(const std::vector<inherited>& after) {
    child_sum subtree;
    for (const auto& one : after) subtree.add(one.counted);
    subtree.add_to(moved_);
    tenant_set both{&parent_};
    if (slot_.above != nullptr) both.insert(slot_.above);
    for (const auto* one : all_.tenants.upwards(both)) sum_anew(*one);
    if (slot_.above != nullptr) made_.sums.push_back(sum_change(*slot_.above, then_.at(slot_.above)));
    made_.sums.push_back(sum_change(parent_, then_.at(&parent_)));
  }

  void sum_anew(const tenant_slot& above) {
    child_sum below = above.tally.below == nullptr ? child_sum() : *above.tally.below;
    for (const auto& [child, tally] : then_) {
      if (child->tally.counted_in != &above) continue;
      below.remove(*child->tally.shown);
      below.add(tally);
    }
    if (slot_.tally.counted_in == &above) below.remove(*slot_.tally.shown);
    if (&above == &parent_) below.add(moved_);
    tenant_tally sum = *above.tally.own;
    below.add_to(sum);
    then_.emplace(&above, std::move(sum));
  }

  desk& all_;
  tenant_slot& slot_;
  tenant_slot& parent_;
  std::vector<const tenant_slot*> subtree_;
  tenant_tally moved_;                               ///< the whole subtree, at its new place
  std::map<const tenant_slot*, tenant_tally> then_;  ///< what they would show
  relocation made_;
};

}  // namespace

relocation relocation_of(desk& all, tenant_slot& slot, tenant_slot& parent) {
  return comparison(all, slot, parent).make();
}

}  // namespace licaudit::audit
