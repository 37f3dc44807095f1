#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "factors/engine.hpp"

#include <map>
#include <vector>

namespace licaudit::audit {

/// How all switches of a rule set stand at some tenants.
struct standing {
  factors::switch_board board;
  std::vector<bool> on;  ///< by factor, in the order of the set
};

/// How they stand at many tenants. Most have no switch of their own: they take the positions of the nearest one above
/// that has, which are worked out once. Good as long as nobody changes a switch or the tree.
class switch_positions {
 public:
  /// `applied`: tenants whose pending switches are taken as if they were in force; null: none.
  switch_positions(const tenant_book& tenants, const factors::rules& of, const tenant_set* applied = nullptr)
      : tenants_(tenants), of_(of), applied_(applied) {}

  [[nodiscard]] const standing& of(const tenant_slot& slot);

 private:
  [[nodiscard]] standing stand(const tenant_slot* decides) const;

  const tenant_book& tenants_;
  const factors::rules& of_;
  const tenant_set* applied_;
  std::map<const tenant_slot*, standing> known_;  ///< by who decides; null: nobody, all are on
};

}  // namespace licaudit::audit
