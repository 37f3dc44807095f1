#pragma once

#include "factors/criterion_plan.hpp"
#include "factors/held_fields.hpp"
#include "model/factor_set.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// The three lists of criteria of a factor.
enum class list_kind : std::uint8_t { configured, match, reject };
inline constexpr std::array<list_kind, 3> list_kinds{list_kind::configured, list_kind::match, list_kind::reject};
[[nodiscard]] constexpr std::size_t index_of(list_kind which) {
  return static_cast<std::size_t>(which);
}
[[nodiscard]] std::string_view to_text(list_kind which);

/// The factors of one licence that count one kind of subject compete for it; each has a bit in the masks of the lane.
/// The lowest bit is the highest priority. (Factors of different services may share a priority; they never meet.)
struct lane {
  const licence* of;
  subject_kind kind;
  std::vector<std::uint32_t> factors;  ///< by bit: indices into compiled::factors
  bool is_measured = false;            ///< some of them do not add up quantities but `row_measure`s
};
inline constexpr std::size_t most_factors_of_a_lane = 32;

using planned_list = std::vector<planned_criterion>;

struct planned_factor {
  const licence* of;
  const factor* which;
  std::uint32_t lane = 0;
  std::uint32_t bit = 0;
  std::array<planned_list, 3> lists;

  [[nodiscard]] const criteria& written(list_kind list) const;
};

/// What a test reads.
struct tested_field {
  subject_kind kind;
  std::string field;
};

/// A test that is the same for all tenants, so that its answers can be kept for all of them.
struct shared_test {
  subject_kind kind;
  std::string field;
  std::string source;
  bool is_regex;
  std::shared_ptr<const value_test> test;
};

/// What `rules` keeps: the factor set and everything that can be worked out before a tenant is known. Points into
/// itself, so it stays where it was made.
class compiled {
 public:
  /// The set has passed `check_set`; errors of criteria are added to `errors`.
  compiled(factor_set rule_set, value_test_kinds plugin_kinds, std::vector<rule_error>& errors);
  compiled(const compiled&) = delete;
  compiled& operator=(const compiled&) = delete;

  factor_set set;
  value_test_kinds kinds;
  rule_revision revision;
  std::vector<rule_error> remarks;
  held_fields fields;
  std::vector<planned_factor> factors;  ///< in the order of the set
  std::vector<lane> lanes;
  std::vector<std::uint32_t> with_terms;  ///< factors whose sums become something else once they are known
  std::vector<shared_test> tests;
  std::vector<tested_field> slots;  ///< of the tests with placeholders, by `planned_test::slot`

  /// The factor of `licence/factor`.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view path) const;

 private:
  void plan(const licence& of, const factor& which, std::vector<rule_error>& errors);
  void note_terms(std::uint32_t index);
  void make_lanes(const licence& of, std::size_t first_factor);
  void share_tests(planned_factor& one);
};

}  // namespace licaudit::factors
