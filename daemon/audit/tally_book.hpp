#pragma once

#include "daemon/audit/tenant_book.hpp"
#include "daemon/ledger/merkle.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/calculation.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// Puts tallies in force: keeps the sums of parents and the tree over all of them, and says which rows differ. The
/// tallies themselves stand in the slots of their tenants.
class tally_book {
 public:
  using row_list = std::vector<ledger::tally_row>;

  /// Puts a new shown tally in force, and into the sum of its parent. `differs` gets each row that differs, with
  /// tombstones for what is no longer shown, and may keep nothing of it; they begin with `now`.
  void show(tenant_slot& of, shared_value<tenant_tally> tally, const std::shared_ptr<const last_change>& now,
            const std::function<void(const ledger::tally_row_view&)>& differs);
  /// The tenant is no longer shown; returns its rows, whose tombstones are to be written.
  [[nodiscard]] row_list withdraw(tenant_slot& of);

  /// Lets the sum of another parent hold what it shows; null: none does.
  static void count_in(tenant_slot& of, tenant_slot* parent);
  /// Adds what those right under it show.
  static void add_children(const tenant_slot& of, tenant_tally& to);

  /// The rows that stand for what a tenant shows.
  [[nodiscard]] static row_list rows_of(const tally_entry& one);
  [[nodiscard]] static ledger::tally_row_view tombstone(interned_text licence, interned_text factor);

  /// Takes what a restart found in the ledger: what was shown when it stopped, and what made a value, by sequence.
  void restore(tenant_slot& of, const row_list& rows, const factor_set& rules,
               const std::function<std::shared_ptr<const last_change>(std::int64_t)>& made_by);

  [[nodiscard]] digest root() { return tree_.root(); }
  [[nodiscard]] std::size_t size() const { return tree_.size(); }

 private:
  ledger::merkle_tree tree_;
  std::vector<ledger::tally_row_view> before_, after_;  ///< while a tally is put in force
  std::vector<bool> stays_;                             ///< of `before_`, which have one after them
};

/// Licences and factors in the order of the rules; those the rules do not know come last.
void put_in_order(tenant_tally& tally, const factor_set& rules);

}  // namespace licaudit::audit
