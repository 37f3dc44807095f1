#include "factors/outcome_plan.hpp"

#include <algorithm>
#include <bit>

namespace licaudit::factors {

mask lane_outcome::verdict() const {
  const auto [configured, match, reject] = met;
  return {configured, configured & match & ~reject, failed};
}

void transitions::put(std::uint32_t outcome, std::uint32_t answer, std::uint32_t next) {
  if (answer >= width_) {
    width_ = std::bit_ceil(std::size_t{answer} + 1);
    next_.clear();  // found again when they are needed
  }
  const auto at = outcome * width_ + answer;
  if (at >= next_.size()) next_.resize((std::size_t{outcome} + 1) * width_, no_index);
  next_[at] = next;
}

std::uint32_t outcome_plan::group::answer_number() {
  const auto known = std::find(answers.begin(), answers.end(), now);
  const auto number = static_cast<std::uint32_t>(known - answers.begin());
  if (known == answers.end()) answers.push_back(now);
  return number;
}

void outcome_plan::add_empty(const step& one) {
  if (one.which != list_kind::reject) outcomes_[start][one.lane].met[index_of(one.which)] |= one.bit;
}

outcome_plan::group& outcome_plan::group_of(std::uint32_t column, std::uint32_t shared) {
  const auto known = std::find_if(groups_.begin(), groups_.end(),
                                  [&](const group& one) { return one.column == column && one.shared == shared; });
  if (known != groups_.end()) return *known;
  return groups_.emplace_back(group{column, shared, {}, {}, {}, {}, {}});
}

std::uint32_t outcome_plan::follow(std::uint32_t before, group& by, std::uint32_t answer) {
  auto made = outcomes_[before];
  for (std::size_t i = 0; i < by.steps.size(); ++i) {
    const auto& one = by.steps[i];
    if ((by.now[i] & met) != 0) made[one.lane].met[index_of(one.which)] |= one.bit;
    if ((by.now[i] & failed) != 0) made[one.lane].failed |= one.bit;
  }
  if (numbers_.empty()) numbers_.emplace(outcomes_[start], start);
  const auto [known, is_new] = numbers_.try_emplace(made, static_cast<std::uint32_t>(outcomes_.size()));
  if (is_new) outcomes_.push_back(made);
  by.after.put(before, answer, known->second);
  return known->second;
}

}  // namespace licaudit::factors
