#include "daemon/audit/tenant_book.hpp"

#include <algorithm>

namespace licaudit::audit {

std::string factor_key(std::string_view licence, std::string_view factor) {
  std::string key(licence);
  key += '/';
  key += factor;
  return key;
}

tenant_slot* tenant_book::find(std::string_view id) {
  const auto known = slots_.find(id);
  return known == slots_.end() ? nullptr : &known->second;
}

const tenant_slot* tenant_book::find(std::string_view id) const {
  const auto known = slots_.find(id);
  return known == slots_.end() ? nullptr : &known->second;
}

tenant_slot& tenant_book::put(const tenant& record, const std::string& origin) {
  auto& slot = slots_[record.id];
  if (!slot.record.id.empty()) children_[slot.record.parent].erase(record.id);
  slot.record = record;
  slot.origin = origin;
  slot.gone = false;
  children_[record.parent].insert(record.id);
  if (record.parent.empty()) root_ = record.id;
  return slot;
}

void tenant_book::remove(const std::string& id) {
  const auto* slot = find(id);
  if (slot == nullptr) return;
  children_[slot->record.parent].erase(id);
  if (root_ == id) root_.clear();
  slots_.erase(id);
  retired.insert(id);
}

std::vector<std::string> tenant_book::children(std::string_view id) const {
  const auto known = children_.find(id);
  if (known == children_.end()) return {};
  return {known->second.begin(), known->second.end()};
}

bool tenant_book::has_children(std::string_view id) const {
  const auto known = children_.find(id);
  return known != children_.end() && !known->second.empty();
}

std::vector<std::string> tenant_book::ancestors(std::string_view id) const {
  std::vector<std::string> above;
  const auto* slot = find(id);
  while (slot != nullptr && !slot->record.parent.empty() && above.size() <= slots_.size()) {
    above.push_back(slot->record.parent);
    slot = find(slot->record.parent);
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
  std::map<std::string, std::size_t, std::less<>> depth;
  for (const auto& id : from) {
    const auto above = ancestors(id);
    depth[id] = above.size();
    for (std::size_t i = 0; i < above.size(); ++i) depth[above[i]] = above.size() - i - 1;
  }
  std::vector<std::string> order;
  for (const auto& [id, level] : depth)
    if (find(id) != nullptr) order.push_back(id);
  std::stable_sort(order.begin(), order.end(),
                   [&depth](const std::string& a, const std::string& b) { return depth[a] > depth[b]; });
  return order;
}

bool tenant_book::is_disabled(std::string_view id) const {
  const auto off = [this](std::string_view one) {
    const auto* slot = find(one);
    return slot != nullptr && (slot->gone || !slot->enabled);
  };
  const auto above = ancestors(id);
  return off(id) || std::any_of(above.begin(), above.end(), off);
}

time_zone tenant_book::zone_of(std::string_view id) const {
  const auto* slot = find(id);
  for (std::size_t steps = 0; slot != nullptr && steps <= slots_.size(); ++steps) {
    if (auto zone = time_zone::find(slot->record.time_zone); !slot->record.time_zone.empty() && zone) return *zone;
    slot = find(slot->record.parent);
  }
  return {};
}

bool tenant_book::is_on(std::string_view id, const std::string& key,
                        const std::set<std::string, std::less<>>* applied) const {
  const auto own = [&](std::string_view one) -> std::optional<bool> {
    const auto* slot = find(one);
    if (slot == nullptr) return std::nullopt;
    if (applied != nullptr && applied->find(one) != applied->end())
      if (const auto waiting = slot->pending.find(key); waiting != slot->pending.end()) return waiting->second;
    const auto set = slot->switches.find(key);
    return set == slot->switches.end() ? std::nullopt : std::optional(set->second);
  };
  if (const auto set = own(id)) return *set;
  for (const auto& above : ancestors(id))
    if (const auto set = own(above)) return *set;
  return true;
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
