#include "daemon/ledger/merkle.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace licaudit::ledger {

namespace {

digest leaf_hash(std::string_view leaf) {
  std::string bytes(1, '\0');
  bytes += leaf;
  return sha256(bytes);
}

digest node_hash(const digest& left, const digest& right) {
  std::array<char, 65> bytes{};
  bytes[0] = 1;
  std::memcpy(bytes.data() + 1, left.data(), left.size());
  std::memcpy(bytes.data() + 33, right.data(), right.size());
  return sha256({bytes.data(), bytes.size()});
}

// RFC 6962 splits at the largest power of two below the count. That is the tree that pairing neighbours level by level
// makes, where an odd last node moves up unchanged.
digest above(const std::vector<digest>& level, std::size_t index) {
  const std::size_t left = index * 2;
  return left + 1 < level.size() ? node_hash(level[left], level[left + 1]) : level[left];
}

}  // namespace

void merkle_tree::put(const std::string& name, std::string_view leaf) {
  const auto [known, added] = leaves_.try_emplace(name);
  known->second.hash = leaf_hash(leaf);
  if (added)
    levels_.clear();
  else
    changed_.push_back(&known->second);
}

void merkle_tree::remove(const std::string& name) {
  const auto known = leaves_.find(name);
  if (known == leaves_.end()) return;
  std::erase(changed_, &known->second);
  leaves_.erase(known);
  levels_.clear();
}

digest merkle_tree::root() {
  if (leaves_.empty()) return sha256({});
  if (levels_.empty()) rebuild();
  std::vector<std::size_t> places;
  places.reserve(changed_.size());
  for (const auto* one : changed_) {
    places.push_back(one->place);
    levels_[0][one->place] = one->hash;
  }
  changed_.clear();
  std::sort(places.begin(), places.end());
  refresh_above(std::move(places));
  return levels_.back().front();
}

void merkle_tree::rebuild() {
  changed_.clear();
  levels_.assign(1, {});
  for (auto& [name, one] : leaves_) {
    one.place = levels_[0].size();
    levels_[0].push_back(one.hash);
  }
  while (levels_.back().size() > 1) {
    const auto& below = levels_.back();
    std::vector<digest> level((below.size() + 1) / 2);
    for (std::size_t i = 0; i < level.size(); ++i) level[i] = above(below, i);
    levels_.push_back(std::move(level));
  }
}

/// Each node once, however many of the changed leaves stand under it.
void merkle_tree::refresh_above(std::vector<std::size_t> places) {
  for (std::size_t level = 1; level < levels_.size(); ++level) {
    for (auto& place : places) place /= 2;
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const auto place : places) levels_[level][place] = above(levels_[level - 1], place);
  }
}

}  // namespace licaudit::ledger
