#pragma once

#include "factors/compiled.hpp"
#include "factors/histogram.hpp"
#include "factors/population.hpp"
#include "factors/tenant_rules.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace licaudit::factors {

/// Puts criteria to subjects and remembers the answers by the numbers of their values: those of shared tests for ever,
/// those of a tenant's own tests as long as this tenant is at work (then its engine patterns are dropped too).
class judge {
 public:
  judge(const compiled& all, const population& people);

  /// What every lane of the row's kind says of it, in the order of `lanes_of`.
  [[nodiscard]] std::vector<mask> masks_of(row_index row, const tenant_rules& under);

  /// Lanes that count this kind.
  [[nodiscard]] const std::vector<std::uint32_t>& lanes_of(subject_kind kind) const { return lanes_[index_of(kind)]; }

  /// The list in force: the tenant's, else the shared one.
  [[nodiscard]] const bound_list& list(const tenant_rules& under, std::uint32_t factor, list_kind which) const;

  [[nodiscard]] answer ask(const bound_criterion& one, row_index row, const tenant_rules& under);
  [[nodiscard]] answer ask(const bound_test& one, row_index row, const tenant_rules& under);

  /// Distinct values of the whole population that a shared test gave up on.
  [[nodiscard]] std::size_t given_up(std::uint32_t shared_test) const { return shared_[shared_test].given_up; }

  void forget(const population::left_value& value);
  /// The tenant's rules are about to change or to go.
  void forget(const tenant_rules& under);

 private:
  struct shared_answers {
    std::uint32_t column;
    std::vector<answer> by_value;
    std::size_t given_up = 0;
  };
  struct own_answers {
    std::shared_ptr<const value_test> test;
    std::unordered_map<std::uint32_t, answer> by_value;
    std::size_t given_up = 0;
  };

  [[nodiscard]] mask factor_bits(std::uint32_t factor, row_index row, const tenant_rules& under);
  [[nodiscard]] answer ask_shared(std::uint32_t index, row_index row);
  [[nodiscard]] answer ask_own(std::uint32_t index, row_index row, const tenant_rules& under);
  [[nodiscard]] own_answers& own(std::uint32_t index, const tenant_rules& under);

  const compiled& all_;
  const population& people_;
  std::array<std::vector<std::uint32_t>, subject_kinds.size()> lanes_;
  std::vector<bound_list> shared_lists_;  ///< by factor and list
  std::vector<shared_answers> shared_;
  const tenant_rules* at_work_ = nullptr;
  std::vector<own_answers> own_;  ///< of the tenant at work
};

[[nodiscard]] constexpr bool is_failure(answer one) {
  return one == answer::too_long || one == answer::given_up;
}

}  // namespace licaudit::factors
