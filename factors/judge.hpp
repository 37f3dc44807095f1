#pragma once

#include "factors/compiled.hpp"
#include "factors/mask_table.hpp"
#include "factors/population.hpp"
#include "factors/tenant_rules.hpp"

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
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

  /// Everything is asked at this tenant until the next call, and `under` must live until then.
  void start(const tenant_rules& under);

  /// The number in the table of what every lane of the row's kind says of it.
  [[nodiscard]] std::uint32_t combination_of(row_index row, mask_table& table);

  /// What a factor says of a row of its kind, at a tenant for which its lists are the shared ones.
  [[nodiscard]] mask shared_bits(std::uint32_t factor, row_index row);

  /// Takes over what another judge of the same population remembers of tests that both have.
  void learn_from(const judge& other);

  /// Lanes that count this kind.
  [[nodiscard]] const std::vector<std::uint32_t>& lanes_of(subject_kind kind) const { return lanes_[index_of(kind)]; }
  /// Where in it a lane stands.
  [[nodiscard]] std::uint32_t place_of(std::uint32_t lane) const { return places_[lane]; }

  /// The tenant at work.
  [[nodiscard]] const tenant_rules& under() const { return *under_; }
  /// How many ways there are to read a criterion's placeholders at it.
  [[nodiscard]] std::uint32_t views_of(const planned_criterion& one) const {
    return one.per_site ? static_cast<std::uint32_t>(under_->views.size()) : 1;
  }
  [[nodiscard]] answer ask(const planned_criterion& one, row_index row);
  [[nodiscard]] answer ask(const planned_test& one, std::uint32_t view, row_index row);
  [[nodiscard]] std::uint32_t column_of(const planned_test& one) const;

  /// Distinct values of the whole population that a shared test gave up on.
  [[nodiscard]] std::size_t given_up(std::uint32_t shared_test) const { return shared_[shared_test].given_up; }

  void forget(const population::left_value& value);

 private:
  struct shared_answers {
    std::uint32_t column;
    std::vector<answer> by_value;
    std::size_t given_up = 0;
  };
  /// Of the tenant at work: a test with placeholders as one view reads them, or one of its own criteria.
  struct own_answers {
    bool is_made = false;
    bool is_plain = false;
    plain_pattern plain;
    std::shared_ptr<const value_test> test;
    subject_kind kind;
    std::uint32_t column;
    std::unordered_map<std::uint32_t, answer> by_value;
    std::size_t given_up = 0;
  };

  /// A list of criteria in force and where its answer goes. Most lists of most factor sets are one shared test, or read
  /// one column; then the answer is one look-up.
  struct step {
    const planned_list* list;
    list_kind which;
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
  /// The steps that lead to the masks of a kind. Two bits a step name the outcome, and what outcomes lead to is
  /// remembered, so that nearly every row costs one look-up in `known`.
  struct plan {
    std::vector<step> steps;
    std::vector<lane_bits> start;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> known;
    std::uint64_t last_name = 0;
    std::uint32_t last_number = no_index;
  };
  static constexpr std::size_t most_remembered_steps = 32;
  using plans = std::array<plan, subject_kinds.size()>;

  enum list_answer : std::uint8_t { met = 1, failed = 2 };
  /// By value: the epoch times 2, and 1 more if the list is met. An older epoch is another tenant's.
  using list_answers = std::vector<std::uint32_t>;

  [[nodiscard]] std::uint8_t ask(const step& one, row_index row);
  [[nodiscard]] std::uint8_t ask_own_column(const step& one, row_index row);
  [[nodiscard]] std::uint8_t ask(const planned_list& list, row_index row);
  [[nodiscard]] answer ask_shared(std::uint32_t index, row_index row);
  [[nodiscard]] answer ask_shared_value(std::uint32_t index, subject_kind kind, std::uint32_t value);
  [[nodiscard]] answer ask_own(const planned_test& one, std::uint32_t view, row_index row);
  void make(own_answers& into, const planned_test& one, std::uint32_t view);
  void forget_own(const population::left_value& value);
  [[nodiscard]] const mask_table::masks& masks_of_outcome(const plan& by);

  [[nodiscard]] plans plans_for(const tenant_rules& under) const;
  void plan_list(std::uint32_t factor, list_kind which, const tenant_rules& under, plans& into) const;
  [[nodiscard]] std::uint32_t only_column(const planned_list& list, const tenant_rules& under) const;
  [[nodiscard]] std::uint32_t column_of(const planned_test& one, const tenant_rules& under) const;

  const compiled& all_;
  const population& people_;
  std::array<std::vector<std::uint32_t>, subject_kinds.size()> lanes_;
  std::vector<std::uint32_t> places_;  ///< by lane: its place in `lanes_of`
  std::vector<shared_answers> shared_;
  std::vector<std::uint32_t> slot_columns_;  ///< by slot of `compiled`
  /// Of the tenants without lists of their own, by what applies to their service.
  std::vector<std::pair<std::vector<std::uint32_t>, std::unique_ptr<plans>>> usual_plans_;

  // Of the tenant at work.
  const tenant_rules* under_ = nullptr;
  plans own_plans_;
  plans* plans_ = nullptr;
  std::vector<own_answers> own_;  ///< by slot and view; there may be more than are used
  std::size_t own_used_ = 0;
  std::vector<list_answers> own_lists_;  ///< by factor and list
  std::uint32_t epoch_ = 0;

  std::vector<std::uint8_t> outcome_;  ///< by step
  std::vector<lane_bits> bits_;
  mask_table::masks masks_;
  std::vector<std::string_view> values_;
};

[[nodiscard]] constexpr bool is_failure(answer one) {
  return one == answer::too_long || one == answer::given_up;
}

}  // namespace licaudit::factors
