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
/// those of a tenant's own lists as long as this tenant is at work (then its engine patterns are dropped too).
class judge {
 public:
  judge(const compiled& all, const population& people);

  /// What every lane of the row's kind says of it, in the order of `lanes_of`. Until the next call.
  [[nodiscard]] const mask_table::masks& masks_of(row_index row, const tenant_rules& under);

  /// What a factor says of a row of its kind, at a tenant for which its lists are the shared ones.
  [[nodiscard]] mask shared_bits(std::uint32_t factor, row_index row);

  /// Takes over what another judge of the same population remembers of tests that both have.
  void learn_from(const judge& other);

  /// Lanes that count this kind.
  [[nodiscard]] const std::vector<std::uint32_t>& lanes_of(subject_kind kind) const { return lanes_[index_of(kind)]; }
  /// Where in it a lane stands.
  [[nodiscard]] std::uint32_t place_of(std::uint32_t lane) const { return places_[lane]; }

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

  /// A list of criteria in force and where its answer goes. Most lists of most factor sets are one shared test, or read
  /// one column; then the answer is one look-up.
  struct step {
    const bound_list* list;
    std::uint32_t lane;  ///< place in `lanes_of`
    std::uint32_t bit;
    std::uint32_t shared_test;  ///< the only one, or no_index
    std::uint32_t column;       ///< the only one that a tenant's own list reads, or no_index
    std::uint32_t slot;         ///< in `own_lists_`
  };
  /// Which lists are met; to begin with, those that are empty and met by that.
  struct lane_bits {
    std::array<std::uint32_t, list_kinds.size()> met;
    std::uint32_t failed;
  };
  struct plan {
    std::vector<step> steps;
    std::vector<lane_bits> start;
  };
  /// By value: twice the epoch, and one more if the list is met. An older epoch is another tenant's.
  using list_answers = std::vector<std::uint32_t>;

  struct list_answer {
    bool met, failed;
  };
  [[nodiscard]] list_answer ask(const step& one, row_index row, const tenant_rules& under);
  [[nodiscard]] list_answer ask(const bound_list& list, row_index row, const tenant_rules& under);
  [[nodiscard]] answer ask_shared(std::uint32_t index, row_index row);
  [[nodiscard]] answer ask_own(std::uint32_t index, row_index row, const tenant_rules& under);
  [[nodiscard]] own_answers& own(std::uint32_t index, const tenant_rules& under);

  void start_work(const tenant_rules& under);
  void plan_list(std::uint32_t factor, list_kind which, const tenant_rules& under);
  [[nodiscard]] std::uint32_t only_column(const bound_list& list, const tenant_rules& under) const;

  const compiled& all_;
  const population& people_;
  std::array<std::vector<std::uint32_t>, subject_kinds.size()> lanes_;
  std::vector<std::uint32_t> places_;     ///< by lane: its place in `lanes_of`
  std::vector<bound_list> shared_lists_;  ///< by factor and list
  std::vector<shared_answers> shared_;

  // Of the tenant at work.
  const tenant_rules* at_work_ = nullptr;
  std::array<plan, subject_kinds.size()> plans_;
  std::vector<own_answers> own_;
  std::vector<list_answers> own_lists_;  ///< by factor and list
  std::uint32_t epoch_ = 0;

  std::vector<lane_bits> bits_;
  mask_table::masks masks_;
};

[[nodiscard]] constexpr bool is_failure(answer one) {
  return one == answer::too_long || one == answer::given_up;
}

}  // namespace licaudit::factors
