#pragma once

#include "daemon/audit/view.hpp"
#include "daemon/ledger/merkle.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/calculation.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// The tallies in force: what each tenant has of its own, what its page shows (with its subtree), and the rows that
/// stand for it in the ledger.
class tally_book {
 public:
  struct entry {
    tenant_tally own;
    tenant_tally shown;
    std::optional<calculation_stamp> calculated;
    std::map<std::pair<std::string, std::string>, ledger::tally_row> rows;  ///< by licence and factor
    std::map<std::string, last_change, std::less<>> changes;                ///< by factor key
  };

  [[nodiscard]] const entry* find(std::string_view tenant) const;
  [[nodiscard]] entry& of(const std::string& tenant) { return entries_[tenant]; }
  [[nodiscard]] const std::map<std::string, entry, std::less<>>& all() const { return entries_; }

  /// Puts a new shown tally in force; returns the rows that differ, with tombstones for what is no longer shown.
  /// `since` of each is `sequence`.
  [[nodiscard]] std::vector<ledger::tally_row> show(const std::string& tenant, tenant_tally tally,
                                                    std::int64_t sequence);
  /// The tenant is no longer shown: tombstones for all its rows.
  [[nodiscard]] std::vector<ledger::tally_row> withdraw(const std::string& tenant, std::int64_t sequence);

  /// Takes what a restart found in the ledger. `tally` was shown when it stopped.
  void restore(const std::string& tenant, const std::vector<ledger::tally_row>& rows);

  [[nodiscard]] digest root() { return tree_.root(); }
  [[nodiscard]] std::size_t size() const { return tree_.size(); }

 private:
  std::map<std::string, entry, std::less<>> entries_;
  ledger::merkle_tree tree_;
};

/// Adds a child's shown tally to a sum: numbers add, the worse state holds, switches stay the parent's own.
void add_to(tenant_tally& sum, const tenant_tally& part);

/// Licences and factors in the order of the rules; those the rules do not know come last.
void put_in_order(tenant_tally& tally, const factor_set& rules);

}  // namespace licaudit::audit
