#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "model/factor_set.hpp"
#include "model/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::audit {

/// The pools of one licence in the tree, as they stand, or as they would if one tenant had another quantity. The pool
/// that a tenant takes from is that of the nearest one above it that has a quantity of its own; of a licence with a
/// limit that is an acquired quantity or, where there is none, a limit, and what those under it take are their limits.
class pool_tree {
 public:
  explicit pool_tree(const licence& of) : of_(of) {}

  /// As if this tenant had acquired so much, or had this limit.
  void suppose_acquired(const tenant_slot& slot, std::int64_t quantity);
  void suppose_limit(const tenant_slot& slot, std::optional<std::int64_t> limit);

  /// What it hands out of; none: nobody stands under it, or it has no quantity of its own.
  [[nodiscard]] std::optional<pool> pool_of(const tenant_slot& slot) const;
  /// Whose pool it takes from; null: nobody's, and nothing bounds it.
  [[nodiscard]] const tenant_slot* giver_of(const tenant_slot& slot) const;

 private:
  [[nodiscard]] std::optional<std::int64_t> acquired(const tenant_slot& slot) const;
  [[nodiscard]] std::optional<std::int64_t> limit(const tenant_slot& slot) const;
  [[nodiscard]] std::optional<std::int64_t> size_of(const tenant_slot& slot) const;
  [[nodiscard]] std::int64_t handed_out_by(const tenant_slot& slot) const;

  const licence& of_;
  const tenant_slot* supposed_ = nullptr;
  std::optional<std::int64_t> supposed_acquired_, supposed_limit_;
};

struct pool_view;
/// All that a tenant hands out of, as they stand.
[[nodiscard]] std::vector<pool_view> pools_of(const tenant_slot& slot, const factor_set& rules);

/// Why a tenant cannot come to have what is supposed of it, with the figures and what would make it possible; empty: it
/// can.
[[nodiscard]] std::string pool_objection(const licence& of, const tenant_slot& slot, const pool_tree& now,
                                         const pool_tree& then);

}  // namespace licaudit::audit
