#pragma once

#include "factors/judge.hpp"
#include "factors/mask_table.hpp"
#include "factors/packed_numbers.hpp"
#include "factors/rules.hpp"

#include <cstdint>
#include <vector>

namespace licaudit::factors {

/// Brings rows up to date with a few edited factors whose lists are the same for all tenants: for the tenants to whose
/// service the same factors apply.
class rejudgement {
 public:
  rejudgement(judge& asked, mask_table& table, const rules& now, const std::vector<std::uint32_t>& applies,
              const std::vector<std::uint32_t>& edited);

  /// A row of which they say otherwise than they did: its combination.
  struct moved_row {
    row_index row;
    std::uint32_t before, now;
  };
  /// `combinations`: by row, as in the table. Adds those that moved to `moved`.
  void judge_again(const row_span& rows, packed_numbers& combinations, std::vector<moved_row>& moved);

 private:
  [[nodiscard]] std::uint32_t changed(subject_kind kind, std::uint32_t combination, std::uint32_t outcome);

  judge& judge_;
  mask_table& table_;
  std::vector<std::uint32_t> edited_;  ///< by lane: the bits of the factors
  judge::plans plans_;
  std::array<transitions, subject_kinds.size()> next_;  ///< from combination and outcome
};

}  // namespace licaudit::factors
