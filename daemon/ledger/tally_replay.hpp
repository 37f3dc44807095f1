#pragma once

#include "daemon/ledger/merkle.hpp"
#include "daemon/ledger/stored.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace licaudit::ledger {

/// Moves all tallies on, row by row and calculation by calculation, by the rules that they are written by: a row is a
/// change, the first calculation of a month writes every number, `since` is the calculation that made the value.
class tally_replay {
 public:
  /// The calculations before the first one are gone: its values may have begun in one of them.
  void begin_after_retention() { first_kept_ = true; }
  void begin_calculation(std::int64_t sequence, std::int64_t month);

  /// What is wrong with a row, if anything is.
  [[nodiscard]] std::optional<std::string> take(const std::string& tenant, std::int64_t item, std::int64_t month,
                                                const tally_row& row);

  /// After the rows of a calculation: a number that the first one of a month left out.
  [[nodiscard]] std::optional<std::string> missing() const;
  [[nodiscard]] digest root();

 private:
  struct number {
    tally_row row;
    std::int64_t written;  ///< by which calculation
  };
  using numbers = std::map<std::int64_t, number>;

  void refresh(const std::string& tenant);

  std::map<std::string, numbers> state_;
  std::set<std::string> touched_;
  merkle_tree tree_;
  std::int64_t sequence_ = 0, month_ = 0;
  bool whole_month_ = false;
  bool first_kept_ = false, after_gap_ = false;
};

}  // namespace licaudit::ledger
