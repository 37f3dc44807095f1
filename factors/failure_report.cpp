#include "factors/failure_report.hpp"

#include "factors/pattern.hpp"

#include <algorithm>
#include <string>

namespace licaudit::factors {

void failure_report::add(row_index row, const mask_table::masks& masks) {
  const auto& lanes = judge_.lanes_of(people_.kind(row));
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const auto& factors = all_.lanes[lanes[i]].factors;
    for (std::uint32_t bit = 0; bit < factors.size(); ++bit) {
      if ((masks[i].failed >> bit & 1U) != 0) add_factor(factors[bit], row);
    }
  }
}

void failure_report::add_factor(std::uint32_t factor, row_index row) {
  for (const auto which : list_kinds) {
    const auto& list = judge_.under().list(all_, factor, which);
    for (std::uint32_t i = 0; i < list.size(); ++i) {
      if (list[i].only_where_set || !is_failure(judge_.ask(list[i], row))) continue;
      add_tests(list[i], {factor, which, i, no_index}, row);
    }
  }
}

void failure_report::add_tests(const planned_criterion& one, const place& without_column, row_index row) {
  std::set<std::uint32_t> counted;
  for (std::uint32_t view = 0; view < judge_.views_of(one); ++view) {
    for (const auto& test : one.tests) {
      const auto said = judge_.ask(test, view, row);
      if (!is_failure(said)) continue;
      const auto column = judge_.column_of(test);
      auto where = without_column;
      std::get<3>(where) = column;
      auto& finding = found_[where];
      if (said == answer::given_up) finding.values.insert(people_.value(row, column));
      if (said == answer::too_long) finding.too_long = true;
      finding.shared_test = test.shared;
      if (!counted.insert(column).second) continue;
      const auto number = people_.number(row);
      finding.example = finding.subjects == 0 ? number : std::min(finding.example, number);
      ++finding.subjects;
    }
  }
}

std::vector<rule_problem> failure_report::problems() const {
  std::vector<rule_problem> made;
  for (const auto& [where, finding] : found_) {
    const auto& [factor, which, position, column] = where;
    const auto& of = all_.factors[factor];
    auto& one = made.emplace_back();
    one.what = rule_problem::kind::failed_criterion;
    one.field = people_.fields().of(of.which->kind)[column];
    one.of_licence = of.of;
    one.of_factor = of.which;
    one.criterion = criterion_path(to_text(which), position) + "." + one.field;
    one.subjects = finding.subjects;
    one.example = finding.example;
    one.distinct_values =
        finding.shared_test == no_index ? finding.values.size() : judge_.given_up(finding.shared_test);
    if (finding.too_long) one.text = "a value is longer than " + std::to_string(longest_text) + " bytes";
    if (!finding.values.empty()) {
      one.text += (one.text.empty() ? "" : ", and ") + std::string("the match was given up as too complex");
    }
    one.text += ": `" + one.field + "` of " + std::to_string(one.subjects) +
                " subjects was not tested and counts as not met; shorten the value or simplify the pattern";
  }
  return made;
}

}  // namespace licaudit::factors
