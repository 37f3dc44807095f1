#pragma once

#include "model/digest.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::ledger {

/// The Merkle tree hash of RFC 6962 section 2.1 over the leaves of all tenants in the order of their ids: leaves hash
/// with a leading 0 byte, nodes with a leading 1. Keeps the inner nodes, so that a changed leaf costs its path only.
class merkle_tree {
 public:
  /// Adds or replaces the leaf of a name.
  void put(const std::string& name, std::string_view leaf);
  void remove(const std::string& name);

  /// SHA-256 of nothing if there is no leaf.
  [[nodiscard]] digest root();

  [[nodiscard]] std::size_t size() const { return leaves_.size(); }

 private:
  struct entry {
    digest hash;
    std::size_t place;  ///< among all, once the levels are built
  };
  void rebuild();
  void refresh_above(std::vector<std::size_t> places);

  std::map<std::string, entry, std::less<>> leaves_;
  std::vector<std::vector<digest>> levels_;  ///< [0] the leaves in order; empty: to be built
  std::vector<const entry*> changed_;        ///< since then
};

}  // namespace licaudit::ledger
