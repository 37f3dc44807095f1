#include "factors/roster.hpp"

namespace licaudit::factors {

std::optional<tenant_index> roster::find(std::string_view id) const {
  const auto found = indices_.find(id);
  return found == indices_.end() ? std::nullopt : std::optional(found->second);
}

tenant_index roster::put(std::string_view id) {
  if (const auto known = find(id)) return *known;
  if (free_.empty()) {
    free_.push_back(size());
    entries_.emplace_back();
  }
  const auto index = free_.back();
  free_.pop_back();
  indices_.emplace(std::string(id), index);
  entries_[index].is_there = true;
  return index;
}

void roster::remove(std::string_view id) {
  const auto found = indices_.find(id);
  entries_[found->second] = {};
  free_.push_back(found->second);
  indices_.erase(found);
}

}  // namespace licaudit::factors
