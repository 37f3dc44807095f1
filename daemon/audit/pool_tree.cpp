#include "daemon/audit/pool_tree.hpp"

#include "daemon/audit/view.hpp"

namespace licaudit::audit {

void pool_tree::suppose_acquired(const tenant_slot& slot, std::int64_t quantity) {
  supposed_ = &slot;
  supposed_acquired_ = quantity;
  supposed_limit_ = slot.limit(of_.id);
}

void pool_tree::suppose_limit(const tenant_slot& slot, std::optional<std::int64_t> limit) {
  supposed_ = &slot;
  supposed_acquired_ = slot.acquired(of_.id);
  supposed_limit_ = limit;
}

std::optional<std::int64_t> pool_tree::acquired(const tenant_slot& slot) const {
  return &slot == supposed_ ? supposed_acquired_ : slot.acquired(of_.id);
}

std::optional<std::int64_t> pool_tree::limit(const tenant_slot& slot) const {
  return &slot == supposed_ ? supposed_limit_ : slot.limit(of_.id);
}

/// Of the pool that it hands out of.
std::optional<std::int64_t> pool_tree::size_of(const tenant_slot& slot) const {
  if (!slot.has_children()) return std::nullopt;
  const auto own = acquired(slot);
  return own || !of_.terms.limit ? own : limit(slot);
}

std::int64_t pool_tree::handed_out_by(const tenant_slot& slot) const {
  std::int64_t sum = 0;
  if (slot.below == nullptr) return sum;
  for (const auto* child : *slot.below) {
    if (const auto size = size_of(*child))
      sum += share_of(of_.terms.pool, size, true);
    else if (child->has_children())
      sum += handed_out_by(*child);
    else
      sum += share_of(of_.terms.pool, of_.terms.limit ? limit(*child) : acquired(*child), false);
  }
  return sum;
}

std::optional<pool> pool_tree::pool_of(const tenant_slot& slot) const {
  const auto size = size_of(slot);
  if (of_.terms.pool == pool_kind::none || !size) return std::nullopt;
  return pool{of_.terms.pool, *size, handed_out_by(slot)};
}

const tenant_slot* pool_tree::giver_of(const tenant_slot& slot) const {
  if (of_.terms.pool == pool_kind::none) return nullptr;
  for (const auto* above = slot.above; above != nullptr; above = above->above)
    if (size_of(*above)) return above;
  return nullptr;
}

std::vector<pool_view> pools_of(const tenant_slot& slot, const factor_set& rules) {
  std::vector<pool_view> made;
  if (!slot.has_children()) return made;
  for (const auto& one : rules.licences)
    if (one.terms.pool != pool_kind::none)
      if (const auto own = pool_tree(one).pool_of(slot)) made.push_back({one.id, *own});
  return made;
}

namespace {

std::string counted(std::int64_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

std::string of_own_pool(const licence& of, const tenant_slot& slot, const pool& own, std::int64_t lacking) {
  if (of.terms.pool == pool_kind::tenants)
    return slot.id() + " has places for " + counted(own.size, "tenant", "tenants") + " and " +
           std::to_string(own.handed_out) + " of them have " + of.id + ": take it from " + std::to_string(lacking) +
           " first";
  return slot.id() + " hands out " + std::to_string(own.handed_out) + " of " + of.id +
         " to the tenants under it: reduce theirs by " + std::to_string(lacking) + " first";
}

std::string of_pool_above(const licence& of, const std::string& giver, const pool& above, std::int64_t lacking) {
  const auto more = std::to_string(lacking);
  if (of.terms.pool == pool_kind::tenants)
    return "the pool of " + giver + " is for " + counted(above.size, "tenant", "tenants") + ", and " +
           std::to_string(above.handed_out) + (above.handed_out == 1 ? " has " : " have ") + of.id + ": order " + more +
           " more for " + giver + ", or take it from " + more + " under it";
  return "the pool of " + giver + " has " + std::to_string(above.size) + " of " + of.id + " and hands out " +
         std::to_string(above.handed_out) + ": order " + more + " more for " + giver + ", or free " + more +
         " under it";
}

}  // namespace

std::string pool_objection(const licence& of, const tenant_slot& slot, const pool_tree& now, const pool_tree& then) {
  if (const auto own = then.pool_of(slot)) {
    // One that it has only now has handed out what stands under it already.
    const auto before = now.pool_of(slot).value_or(pool{own->kind, own->handed_out, own->handed_out});
    if (const auto lacking = lacks_to_shrink(before, own->size); lacking > 0)
      return of_own_pool(of, slot, before, lacking);
  }
  const auto* giver = now.giver_of(slot);
  if (giver == nullptr) return {};
  const auto above = now.pool_of(*giver);
  const auto after = then.pool_of(*giver);
  if (!above || !after) return {};
  const auto lacking = lacks(*above, after->handed_out);
  return lacking == 0 ? std::string() : of_pool_above(of, giver->id(), *above, lacking);
}

}  // namespace licaudit::audit
