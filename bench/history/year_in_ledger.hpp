#pragma once

#include "bench/history/generated_year.hpp"
#include "daemon/ledger/merkle.hpp"
#include "daemon/ledger/transaction.hpp"

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace licaudit::bench {

/// A generated year in the real ledger, written as the audit room writes calculations: changes only, all numbers at the
/// first one of a month.
class year_in_ledger {
 public:
  /// Enters the tenants.
  year_in_ledger(const std::filesystem::path& folder, const generated_year& year);

  struct committed {
    double seconds = 0;  ///< from the beginning of the transaction until it is durable
    bool begins_month = false;
  };
  /// The year's present numbers as one calculation.
  committed commit();
  /// As the daemon does it between two calculations.
  void checkpoint() { book_->checkpoint(true); }

  [[nodiscard]] const std::filesystem::path& file() const { return book_->file(); }

 private:
  using rows = std::vector<std::pair<std::string, ledger::tally_row>>;

  [[nodiscard]] rows changed_rows(std::int64_t sequence);
  [[nodiscard]] rows all_rows();
  void add_factor(rows& to, std::size_t place) const;

  const generated_year& year_;
  std::unique_ptr<ledger::ledger> book_;
  ledger::merkle_tree tree_;
  std::vector<std::string> tenants_, licences_, factors_;  ///< ids
  std::vector<std::int64_t> factor_since_;
  std::int64_t first_ = 0;  ///< sequence of the first calculation
};

}  // namespace licaudit::bench
