#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "factors/engine.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace licaudit::audit {

/// The positions of all switches at many tenants. Most tenants have no switch of their own: they take the positions of
/// the nearest one above that has, which are worked out once. Good as long as nobody changes a switch or the tree.
class switch_positions {
 public:
  /// `applied`: tenants whose pending switches are taken as if they were in force; null: none.
  explicit switch_positions(const tenant_book& tenants, const std::set<std::string, std::less<>>* applied = nullptr)
      : tenants_(tenants), applied_(applied) {}
  switch_positions(const switch_positions&) = delete;
  switch_positions& operator=(const switch_positions&) = delete;

  /// To be used while this is there.
  [[nodiscard]] factors::switch_position of(std::string_view tenant);

 private:
  using known_positions = std::unordered_map<const factor*, bool>;
  [[nodiscard]] bool is_on(const tenant_slot& decides, known_positions& known, const licence& of,
                           const factor& which) const;

  const tenant_book& tenants_;
  const std::set<std::string, std::less<>>* applied_;
  std::map<const tenant_slot*, known_positions> known_;
};

}  // namespace licaudit::audit
