#pragma once

#include "factors/judge.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// Which criteria of one tenant could not be tested, for how many subjects and values.
class failure_report {
 public:
  /// Of the tenant at whose rules the judge is at work.
  failure_report(const compiled& all, const population& people, judge& asked)
      : all_(all), people_(people), judge_(asked) {}

  /// `masks`: those of the row, by lane of its kind.
  void add(row_index row, const mask_table::masks& masks);

  /// One of kind `failed_criterion` for each criterion and field.
  [[nodiscard]] std::vector<rule_problem> problems() const;

 private:
  /// Factor, list, position, column.
  using place = std::tuple<std::uint32_t, list_kind, std::uint32_t, std::uint32_t>;
  struct failed_test {
    std::int64_t subjects = 0;
    std::uint64_t example = 0;
    std::uint32_t shared_test = no_index;
    std::set<std::uint32_t> values;  ///< that were given up
    bool too_long = false;
  };

  void add_factor(std::uint32_t factor, row_index row);
  /// The columns of a criterion that fail for a row.
  void add_tests(const planned_criterion& one, const place& without_column, row_index row);

  const compiled& all_;
  const population& people_;
  judge& judge_;
  std::map<place, failed_test> found_;
};

}  // namespace licaudit::factors
