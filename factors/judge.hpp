#pragma once

#include "factors/column_answers.hpp"
#include "factors/outcome_plan.hpp"
#include "factors/own_tests.hpp"
#include "factors/population.hpp"
#include "factors/tenant_rules.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// Puts criteria to subjects, column by column, and remembers the answers by the numbers of their values: those of
/// shared tests for ever, those of a tenant's own lists as long as this tenant is at work.
class judge {
 public:
  judge(const compiled& all, const population& people);

  /// Everything is asked at this tenant until the next call, and `under` must live until then.
  void start(const tenant_rules& under);

  /// By row: the number in the table of what every lane of their kind says of it. Until the next call.
  [[nodiscard]] const std::vector<std::uint32_t>& combinations_of(const row_span& rows, mask_table& table);

  using plans = std::array<outcome_plan, subject_kinds.size()>;
  /// What is to be asked of the subjects of a tenant; by `only` these factors.
  [[nodiscard]] plans plans_for(const tenant_rules& under, const std::vector<std::uint32_t>* only = nullptr) const;
  /// By row: the number of its outcome. Until the next call.
  [[nodiscard]] const std::vector<std::uint32_t>& outcomes_of(const row_span& rows, outcome_plan& by);

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
  [[nodiscard]] std::uint32_t column_of(const planned_test& one) const { return column_of(one, under_); }

  /// Distinct values of the whole population that a shared test gave up on.
  [[nodiscard]] std::size_t given_up(std::uint32_t shared_test) const;

  void forget(const population::left_value& value);

 private:
  /// Where the answers of a shared test are.
  struct shared_place {
    std::uint32_t book;   ///< in `shared_`
    std::uint32_t place;  ///< in it
  };
  struct usual_plans {
    std::vector<std::uint32_t> applies;
    plans of;
    std::array<std::vector<std::uint32_t>, subject_kinds.size()> combinations;  ///< by number of the outcome
  };

  void plan_list(std::uint32_t factor, list_kind which, const tenant_rules& under, plans& into) const;
  [[nodiscard]] std::pair<std::uint32_t, bool> only_column(const planned_list& list, const tenant_rules& under) const;
  /// `under`: not needed for a shared test.
  [[nodiscard]] std::uint32_t column_of(const planned_test& one, const tenant_rules* under) const;
  void add_tests(const planned_list& list, outcome_plan::group& to) const;

  void follow_shared(const row_span& rows, outcome_plan& by, outcome_plan::group& group);
  void follow_own(const row_span& rows, outcome_plan& by, outcome_plan::group& group);
  void follow_rows(const row_span& rows, outcome_plan& by, outcome_plan::group& group);
  [[nodiscard]] std::uint32_t own_answer(subject_kind kind, std::uint32_t value, outcome_plan::group& group);

  /// Its text is there until the next call.
  [[nodiscard]] asked_value asked(subject_kind kind, std::uint32_t column, std::uint32_t value) {
    return {kind, column, value, people_.column(kind, column).value(value, room_)};
  }
  [[nodiscard]] answer ask_value(const planned_test& one, std::uint32_t view, const asked_value& value);
  /// `ask(test, view)` says what a test answers.
  template <class Ask>
  [[nodiscard]] std::uint8_t ask_list(const planned_list& list, const Ask& ask);
  template <class Ask>
  [[nodiscard]] answer ask_criterion(const planned_criterion& one, const Ask& ask);

  const compiled& all_;
  const population& people_;
  std::array<std::vector<std::uint32_t>, subject_kinds.size()> lanes_;
  std::vector<std::uint32_t> places_;  ///< by lane: its place in `lanes_of`
  std::vector<column_answers> shared_;
  std::vector<shared_place> shared_places_;                ///< by number of the test in `compiled`
  std::vector<std::uint32_t> slot_columns_;                ///< by slot of `compiled`
  std::vector<std::unique_ptr<usual_plans>> usual_plans_;  ///< of the tenants without lists of their own

  // Of the tenant at work.
  const tenant_rules* under_ = nullptr;
  usual_plans own_plans_;
  usual_plans* plans_ = nullptr;
  own_tests own_;
  /// By kind, column and value: the epoch and the number of its own group's answer. An older epoch is another tenant's.
  std::array<std::vector<std::vector<std::uint32_t>>, subject_kinds.size()> own_known_;
  std::uint32_t epoch_ = 0;

  std::vector<std::uint32_t> outcomes_;  ///< by row
  std::string room_;
};

[[nodiscard]] constexpr bool is_failure(answer one) {
  return one == answer::too_long || one == answer::given_up;
}

}  // namespace licaudit::factors
