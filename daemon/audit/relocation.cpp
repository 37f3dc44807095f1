#include "daemon/audit/relocation.hpp"

#include "daemon/audit/child_sum.hpp"
#include "daemon/audit/desk.hpp"
#include "daemon/audit/pool_tree.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace licaudit::audit {

namespace {

/// Another parent for a tenant as long as this lives, for what is inherited and for pools; no sum knows of it.
class supposed_parent {
 public:
  supposed_parent(tenant_book& book, tenant_slot& slot, const tenant_slot& parent)
      : book_(book), slot_(slot), before_(slot.record) {
    tenant moved = *before_;
    moved.parent = parent.id();
    book_.put(moved, slot_.origin);
  }
  ~supposed_parent() {
    book_.put(*before_, slot_.origin);
    slot_.record = before_;  // the very one, which views share
  }
  supposed_parent(const supposed_parent&) = delete;
  supposed_parent& operator=(const supposed_parent&) = delete;

 private:
  tenant_book& book_;
  tenant_slot& slot_;
  shared_value<tenant> before_;
};

/// Those above the old place and the new one, each once.
std::vector<tenant_slot*> all_above(desk& all, tenant_slot& slot, tenant_slot& parent) {
  std::vector<tenant_slot*> both{&parent};
  if (slot.above != nullptr) both.push_back(slot.above);
  return all.tenants.upwards(both);
}

/// The pools of the pooled licences, licence by licence.
std::vector<std::optional<pool>> pools_of(const desk& all, const std::vector<tenant_slot*>& tenants) {
  std::vector<std::optional<pool>> pools;
  for (const auto& licence : all.engine.current().set().licences) {
    if (licence.terms.pool == pool_kind::none) continue;
    const pool_tree tree(licence);
    for (const auto* one : tenants) pools.push_back(tree.pool_of(*one));
  }
  return pools;
}

/// How the pools above both places change.
std::vector<relocation::pool_change> pool_changes(desk& all, tenant_slot& slot, tenant_slot& parent) {
  const auto above = all_above(all, slot, parent);
  const auto before = pools_of(all, above);
  if (before.empty()) return {};
  const supposed_parent supposed(all.tenants, slot, parent);
  const auto after = pools_of(all, above);
  std::vector<relocation::pool_change> changes;
  std::size_t place = 0;
  for (const auto& licence : all.engine.current().set().licences) {
    if (licence.terms.pool == pool_kind::none) continue;
    for (const auto* one : above) {
      if (before[place] != after[place]) changes.push_back({one->id(), licence.id, before[place], after[place]});
      ++place;
    }
  }
  return changes;
}

/// What a tenant has of its own and inherits.
struct inherited {
  tenant_tally counted;
  std::vector<bool> on;  ///< by factor, in the order of the rules
  std::string zone;
};

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
    if (auto change = licence_change(one.licence, &one, then.find(one.licence)); moves(change))
      made.licences.push_back(std::move(change));
  for (const auto& one : then.licences)
    if (auto change = licence_change(one.licence, nullptr, &one); now.find(one.licence) == nullptr && moves(change))
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
      const supposed_parent supposed(all_.tenants, slot_, parent_);
      after = look();
    }
    made_.tenant = slot_.id();
    made_.from = slot_.record->parent;
    made_.to = parent_.id();
    for (std::size_t i = 0; i < subtree_.size(); ++i) compare(*subtree_[i], before[i], after[i]);
    compare_sums(after);
    made_.pools = pool_changes(all_, slot_, parent_);
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
    for (const auto* one : all_above(all_, slot_, parent_)) sum_anew(*one);
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
    take_pools(above, sum);
    then_.emplace(&above, std::move(sum));
  }

  /// As the calculation has it: who hands out of a pool of its own shows that.
  void take_pools(const tenant_slot& of, tenant_tally& sum) const {
    for (auto& licence : sum.licences) {
      const auto* known = all_.engine.current().set().find(licence.licence);
      if (known == nullptr || known->terms.pool == pool_kind::none) continue;
      if (const auto own = of.acquired(licence.licence)) licence.acquired = own;
    }
  }

  desk& all_;
  tenant_slot& slot_;
  tenant_slot& parent_;
  std::vector<const tenant_slot*> subtree_;
  tenant_tally moved_;                               ///< the whole subtree, at its new place
  std::map<const tenant_slot*, tenant_tally> then_;  ///< what they would show
  relocation made_;
};

std::string objection_to(const std::string& tenant, const std::string& licence, const pool& would_be,
                         std::int64_t lacking) {
  return "the pool of " + tenant + " has " + std::to_string(would_be.size) + " of " + licence + " and would hand out " +
         std::to_string(would_be.handed_out) + "; order " + std::to_string(lacking) + " more for " + tenant +
         ", or free " + std::to_string(lacking) + " under it";
}

}  // namespace

std::string pool_objection_to(desk& all, tenant_slot& slot, tenant_slot& parent) {
  for (const auto& [tenant, licence, from, to] : pool_changes(all, slot, parent)) {
    if (!to) continue;
    const auto lacking = lacks(from.value_or(pool{to->kind, to->size, 0}), to->handed_out);
    if (lacking > 0) return objection_to(tenant, licence, *to, lacking);
  }
  return {};
}

relocation relocation_of(desk& all, tenant_slot& slot, tenant_slot& parent) {
  return comparison(all, slot, parent).make();
}

}  // namespace licaudit::audit
