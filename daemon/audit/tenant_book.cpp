#include "daemon/audit/tenant_book.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace licaudit::audit {

std::string factor_key(std::string_view licence, std::string_view factor) {
  std::string key(licence);
  key += '/';
  key += factor;
  return key;
}

tenant_slot* tenant_book::find(std::string_view id) {
  const auto known = by_id_.find(id);
  return known == by_id_.end() ? nullptr : known->second;
}

const tenant_slot* tenant_book::find(std::string_view id) const {
  const auto known = by_id_.find(id);
  return known == by_id_.end() ? nullptr : known->second;
}

tenant_slot& tenant_book::put(const tenant& record, const std::string& origin) {
  const auto place = slots_.try_emplace(record.id).first;
  auto& slot = place->second;
  by_id_.emplace(place->first, &slot);
  const bool is_new = slot.record.id.empty();
  if (!is_new) children_[slot.record.parent].erase(record.id);
  slot.record = record;
  slot.origin = origin;
  slot.gone = false;
  slot.above = find(record.parent);
  children_[record.parent].insert(record.id);
  if (is_new) point_children_to(record.id, &slot);
  if (record.parent.empty()) root_ = record.id;
  return slot;
}

void tenant_book::remove(const std::string& id) {
  const auto* slot = find(id);
  if (slot == nullptr) return;
  children_[slot->record.parent].erase(id);
  point_children_to(id, nullptr);
  if (root_ == id) root_.clear();
  by_id_.erase(id);
  slots_.erase(id);
  retired.insert(id);
}

void tenant_book::point_children_to(const std::string& id, tenant_slot* slot) {
  if (const auto known = children_.find(id); known != children_.end())
    for (const auto& child : known->second) find(child)->above = slot;
}

std::vector<std::string> tenant_book::children(std::string_view id) const {
  const auto known = children_.find(id);
  if (known == children_.end()) return {};
  return {known->second.begin(), known->second.end()};
}

std::size_t tenant_book::child_count(std::string_view id) const {
  const auto known = children_.find(id);
  return known == children_.end() ? 0 : known->second.size();
}

std::vector<std::string> tenant_book::ancestors(std::string_view id) const {
  std::vector<std::string> above;
  const auto* slot = find(id);
  while (slot != nullptr && !slot->record.parent.empty() && above.size() <= slots_.size()) {
    above.push_back(slot->record.parent);
    slot = slot->above;
  }
  return above;
}

std::set<std::string, std::less<>> tenant_book::subtree(std::string_view id) const {
  std::set<std::string, std::less<>> all;
  std::vector<std::string> open{std::string(id)};
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    if (!all.insert(next).second) continue;
    for (auto& child : children(next)) open.push_back(std::move(child));
  }
  return all;
}

std::vector<std::string> tenant_book::upwards(const std::set<std::string, std::less<>>& from) const {
  std::unordered_set<const tenant_slot*> reached;
  std::vector<std::pair<std::size_t, const tenant_slot*>> levels;
  for (const auto& id : from)
    for (const auto* slot = find(id); slot != nullptr && reached.insert(slot).second; slot = slot->above)
      levels.emplace_back(depth_of(*slot), slot);
  std::sort(levels.begin(), levels.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second->record.id < b.second->record.id;
  });
  std::vector<std::string> order;
  order.reserve(levels.size());
  for (const auto& one : levels) order.push_back(one.second->record.id);
  return order;
}

std::size_t tenant_book::depth_of(const tenant_slot& slot) const {
  std::size_t depth = 0;
  for (const auto* above = slot.above; above != nullptr && depth <= slots_.size(); above = above->above) ++depth;
  return depth;
}

bool tenant_book::is_disabled(std::string_view id) const {
  const auto* slot = find(id);
  for (std::size_t steps = 0; slot != nullptr && steps <= slots_.size(); ++steps, slot = slot->above)
    if (slot->gone || !slot->enabled) return true;
  return false;
}

time_zone tenant_book::zone_of(std::string_view id) const {
  const auto* slot = find(id);
  for (std::size_t steps = 0; slot != nullptr && steps <= slots_.size(); ++steps, slot = slot->above)
    if (!slot->record.time_zone.empty())
      if (auto zone = time_zone::find(slot->record.time_zone)) return *zone;
  return {};
}

bool tenant_book::is_on(std::string_view id, const std::string& key,
                        const std::set<std::string, std::less<>>* applied) const {
  const auto* slot = find(id);
  for (std::size_t steps = 0; slot != nullptr && steps <= slots_.size(); ++steps, slot = slot->above) {
    std::optional<bool> own;
    if (const auto set = slot->switches.find(key); set != slot->switches.end()) own = set->second;
    if (const auto waiting = slot->pending.find(key); waiting != slot->pending.end() && applied != nullptr)
      if (applied->find(slot->record.id) != applied->end()) own = waiting->second;
    if (own) return *own;
  }
  return true;
}

const tenant_slot* tenant_book::nearest_with_switches(std::string_view id) const {
  const auto* slot = find(id);
  for (std::size_t steps = 0; slot != nullptr && steps <= slots_.size(); ++steps, slot = slot->above)
    if (!slot->switches.empty() || !slot->pending.empty()) return slot;
  return nullptr;
}

std::string tenant_book::objection(const tenant& record,
                                   const std::map<std::string, const tenant*, std::less<>>& others) const {
  const auto lookup = [&](const std::string& id) -> const tenant* {
    if (const auto in_run = others.find(id); in_run != others.end()) return in_run->second;
    const auto* slot = find(id);
    return slot == nullptr ? nullptr : &slot->record;
  };
  if (retired.find(record.id) != retired.end())
    return "the id was given before and is never given again; choose another";
  if (record.parent.empty()) {
    if (record.type != tenant_type::provider) return "it has no parent; only the provider, the root, has none";
    if (!root_.empty() && root_ != record.id)
      return "there is a provider already, " + root_ + "; name it as the parent";
    return {};
  }
  const tenant* parent = lookup(record.parent);
  if (parent == nullptr) return "its parent " + record.parent + " does not exist; add that tenant, or correct `parent`";
  if (record.type < parent->type)
    return "a " + std::string(to_text(record.type)) + " cannot stand under a " + std::string(to_text(parent->type)) +
           "; correct `type` or `parent`";
  std::set<std::string, std::less<>> seen{record.id};
  for (const tenant* above = parent; above != nullptr && !above->parent.empty(); above = lookup(above->parent))
    if (!seen.insert(above->id).second)
      return "its parents form a circle through " + above->id + "; correct `parent` of one of them";
  return {};
}

}  // namespace licaudit::audit
