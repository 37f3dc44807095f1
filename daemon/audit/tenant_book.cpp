#include "daemon/audit/tenant_book.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::audit {

bool by_tenant_id::operator()(const tenant_slot* a, const tenant_slot* b) const {
  return a->id() < b->id();
}

std::optional<std::int64_t> tenant_slot::acquired(std::string_view licence) const {
  if (const auto by_order = decided->ordered.find(licence); by_order != decided->ordered.end()) return by_order->second;
  const auto by_record = record->acquired.find(licence);
  return by_record == record->acquired.end() ? std::nullopt : std::optional(by_record->second);
}

std::optional<std::int64_t> tenant_slot::limit(std::string_view licence) const {
  const auto set = decided->limits.find(licence);
  return set == decided->limits.end() ? std::nullopt : std::optional(set->second);
}

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
  const auto [place, is_new] = slots_.try_emplace(record.id);
  auto& slot = place->second;
  if (!is_new) {
    children_[slot.record->parent].erase(&slot);
    note_name(slot, false);
  }
  slot.record = record;
  note_name(slot, true);
  slot.origin = origin;
  slot.gone = false;
  slot.above = find(record.parent);
  auto& siblings = children_[record.parent];
  siblings.insert(&slot);
  if (slot.above != nullptr) slot.above->below = &siblings;
  if (is_new) {
    by_id_.emplace(place->first, &slot);
    join_children(&slot, record.id);
  }
  if (record.parent.empty()) root_ = record.id;
  return slot;
}

void tenant_book::remove(const std::string& id) {
  auto* slot = find(id);
  if (slot == nullptr) return;
  children_[slot->record->parent].erase(slot);
  note_name(*slot, false);
  retired.insert_or_assign(id, slot->record->parent);
  join_children(nullptr, id);
  if (root_ == id) root_.clear();
  by_id_.erase(id);
  slots_.erase(id);
}

/// Letters beyond ASCII count as they are written: what is one name in one language is two in another.
tenant_book::place_name tenant_book::place_name_of(const tenant& record) {
  std::string small = record.name;
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return {record.parent, std::move(small)};
}

void tenant_book::note_name(tenant_slot& slot, bool is_there) {
  auto place = place_name_of(*slot.record);
  if (place.second.empty()) return;
  auto& all = named_[place];
  if (is_there)
    all.insert(&slot);
  else
    all.erase(&slot);
  if (all.size() > 1)
    shared_names_.insert(std::move(place));
  else
    shared_names_.erase(place);
  if (all.empty()) named_.erase(place_name_of(*slot.record));
}

std::vector<const tenant_slot*> tenant_book::namesakes(const tenant& record) const {
  std::vector<const tenant_slot*> found;
  const auto known = named_.find(place_name_of(record));
  if (known == named_.end()) return found;
  for (const auto* one : known->second)
    if (one->id() != record.id && !one->gone) found.push_back(one);
  return found;
}

std::vector<const tenant_slot*> tenant_book::with_namesakes() const {
  std::vector<const tenant_slot*> found;
  for (const auto& place : shared_names_)
    for (const auto* one : named_.at(place))
      if (!one->gone && !namesakes(*one->record).empty()) found.push_back(one);
  return found;
}

/// Those who name this parent stand under that slot from now on; null: under none.
void tenant_book::join_children(tenant_slot* slot, const std::string& id) {
  const auto known = children_.find(id);
  if (known == children_.end()) return;
  if (slot != nullptr) slot->below = &known->second;
  for (auto* child : known->second) child->above = slot;
}

template <class Look>
void tenant_book::climb(const tenant_slot& from, const Look& look) const {
  const auto* slot = &from;
  for (std::size_t steps = 0; slot != nullptr && steps <= slots_.size() && look(*slot); ++steps) slot = slot->above;
}

std::vector<tenant_slot*> tenant_book::ancestors(const tenant_slot& slot) const {
  std::vector<tenant_slot*> above;
  climb(slot, [&above](const tenant_slot& one) {
    if (one.above != nullptr) above.push_back(one.above);
    return true;
  });
  return above;
}

tenant_set tenant_book::subtree(tenant_slot& slot) const {
  tenant_set all;
  std::vector<tenant_slot*> open{&slot};
  while (!open.empty()) {
    auto* next = open.back();
    open.pop_back();
    if (all.insert(next).second && next->below != nullptr)
      open.insert(open.end(), next->below->begin(), next->below->end());
  }
  return all;
}

std::vector<tenant_slot*> tenant_book::upwards(const std::vector<tenant_slot*>& from) const {
  tenant_set reached;
  reached.reserve(from.size());
  std::vector<std::pair<std::size_t, tenant_slot*>> levels;
  for (auto* slot : from)
    for (; slot != nullptr && reached.insert(slot).second; slot = slot->above)
      levels.emplace_back(depth_of(*slot), slot);
  // What is made of ten thousand tenants is then made in the order in which it is read, and taken apart, afterwards.
  std::sort(levels.begin(), levels.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : std::less<>()(a.second, b.second);
  });
  std::vector<tenant_slot*> order;
  order.reserve(levels.size());
  for (const auto& one : levels) order.push_back(one.second);
  return order;
}

std::size_t tenant_book::depth_of(const tenant_slot& slot) const {
  std::size_t depth = 0;
  climb(slot, [&depth](const tenant_slot&) { return ++depth > 0; });
  return depth;
}

bool tenant_book::is_disabled(const tenant_slot& slot) const {
  bool disabled = false;
  climb(slot, [&disabled](const tenant_slot& one) { return !(disabled = one.gone || !one.enabled); });
  return disabled;
}

const tenant_slot* tenant_book::nearest_with_zone(const tenant_slot& slot) const {
  const tenant_slot* found = nullptr;
  climb(slot, [&found](const tenant_slot& one) {
    if (!one.record->time_zone.empty() && time_zone::find(one.record->time_zone)) found = &one;
    return found == nullptr;
  });
  return found;
}

bool tenant_book::is_on(const tenant_slot& slot, const std::string& key, const tenant_set* applied) const {
  std::optional<bool> own;
  climb(slot, [&](const tenant_slot& one) {
    if (const auto set = one.decided->switches.find(key); set != one.decided->switches.end()) own = set->second;
    const auto waiting = one.decided->pending.find(key);
    if (waiting != one.decided->pending.end() && applied != nullptr && applied->contains(&one)) own = waiting->second;
    return !own;
  });
  return own.value_or(true);
}

const tenant_slot* tenant_book::nearest_with_switches(const tenant_slot& slot) const {
  const tenant_slot* found = nullptr;
  climb(slot, [&found](const tenant_slot& one) {
    if (!one.decided->switches.empty() || !one.decided->pending.empty()) found = &one;
    return found == nullptr;
  });
  return found;
}

std::string tenant_book::objection(const tenant& record,
                                   const std::map<std::string, const tenant*, std::less<>>& others) const {
  const auto lookup = [&](const std::string& id) -> const tenant* {
    if (const auto in_run = others.find(id); in_run != others.end()) return in_run->second;
    const auto* slot = find(id);
    return slot == nullptr ? nullptr : &*slot->record;
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
