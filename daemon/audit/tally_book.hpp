#pragma once

#include "daemon/audit/child_sum.hpp"
#include "daemon/audit/view.hpp"
#include "daemon/ledger/merkle.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/calculation.hpp"
#include "model/text_hash.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// The tallies in force: what each tenant has of its own, what its page shows (with its subtree), and since when.
class tally_book {
 public:
  struct entry {
    tenant_tally own;
    tenant_tally shown;
    std::optional<calculation_stamp> calculated;
    change_list changes;               ///< one a row of `shown`; empty: it is not shown
    std::string counted_in;            ///< the tenant whose `below` holds it; empty: none
    std::unique_ptr<child_sum> below;  ///< null: it never had children
  };

  [[nodiscard]] const entry* find(std::string_view tenant) const;
  [[nodiscard]] entry& of(const std::string& tenant) { return entries_[tenant]; }
  using entries = std::unordered_map<std::string, entry, text_hash, std::equal_to<>>;

  /// In no order.
  [[nodiscard]] const entries& all() const { return entries_; }

  /// Puts a new shown tally in force, and into the sum of its parent; returns the rows that differ, with tombstones for
  /// what is no longer shown. They begin with `now`.
  [[nodiscard]] std::vector<ledger::tally_row> show(const std::string& tenant, tenant_tally tally,
                                                    const std::shared_ptr<const last_change>& now);
  /// The tenant is no longer shown: tombstones for all its rows.
  [[nodiscard]] std::vector<ledger::tally_row> withdraw(const std::string& tenant, std::int64_t sequence);

  /// Lets the sum of another parent hold what it shows; empty: none does.
  void count_in(const std::string& tenant, const std::string& parent);
  /// Adds what those right under it show.
  void add_children(const std::string& tenant, tenant_tally& to) const;

  /// The rows that stand for what a tenant shows.
  [[nodiscard]] static std::vector<ledger::tally_row> rows_of(const entry& one);

  /// Takes what a restart found in the ledger: what was shown when it stopped, and what made a value, by sequence.
  void restore(const std::string& tenant, const std::vector<ledger::tally_row>& rows, const factor_set& rules,
               const std::function<std::shared_ptr<const last_change>(std::int64_t)>& made_by);

  [[nodiscard]] digest root() { return tree_.root(); }
  [[nodiscard]] std::size_t size() const { return tree_.size(); }

 private:
  entries entries_;
  ledger::merkle_tree tree_;
};

/// Licences and factors in the order of the rules; those the rules do not know come last.
void put_in_order(tenant_tally& tally, const factor_set& rules);

}  // namespace licaudit::audit
