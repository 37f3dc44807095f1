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
  const auto [place, added] = leaves_.insert_or_assign(name, leaf_hash(leaf));
  if (added)
    levels_.clear();
  else
    changed_.push_back(name);
}

void merkle_tree::remove(const std::string& name) {
  if (leaves_.erase(name) > 0) levels_.clear();
}

digest merkle_tree::root() {
  if (leaves_.empty()) return sha256({});
  if (levels_.empty()) rebuild();
  for (const auto& name : changed_) {
    const auto place = std::lower_bound(order_.begin(), order_.end(), name);
    const auto index = static_cast<std::size_t>(place - order_.begin());
    levels_[0][index] = leaves_[name];
    refresh_path(index);
  }
  changed_.clear();
  return levels_.back().front();
}

void merkle_tree::rebuild() {
  order_.clear();
  changed_.clear();
  levels_.assign(1, {});
  for (const auto& [name, hash] : leaves_) {
    order_.push_back(name);
    levels_[0].push_back(hash);
  }
  while (levels_.back().size() > 1) {
    const auto& below = levels_.back();
    std::vector<digest> level((below.size() + 1) / 2);
    for (std::size_t i = 0; i < level.size(); ++i) level[i] = above(below, i);
    levels_.push_back(std::move(level));
  }
}

void merkle_tree::refresh_path(std::size_t index) {
  for (std::size_t level = 1; level < levels_.size(); ++level) {
    index /= 2;
    levels_[level][index] = above(levels_[level - 1], index);
  }
}

}  // namespace licaudit::ledger
