#include "factors/rejudgement.hpp"

#include <algorithm>

namespace licaudit::factors {

rejudgement::rejudgement(judge& asked, mask_table& table, const rules& now, const std::vector<std::uint32_t>& applies,
                         const std::vector<std::uint32_t>& edited)
    : judge_(asked), table_(table), edited_(applies.size(), 0) {
  tenant_rules shared{};
  shared.applies = applies;
  plans_ = judge_.plans_for(shared, &edited);
  for (const auto factor : edited) {
    const auto& one = now.inside().factors[factor];
    edited_[one.lane] |= applies[one.lane] & 1U << one.bit;
  }
}

void rejudgement::judge_again(const row_span& rows, packed_numbers& combinations, std::vector<moved_row>& moved) {
  const auto& lanes = judge_.lanes_of(rows.kind);
  if (std::none_of(lanes.begin(), lanes.end(), [&](std::uint32_t lane) { return edited_[lane] != 0; })) return;
  const auto& outcomes = judge_.outcomes_of(rows, plans_[index_of(rows.kind)]);
  auto& known = next_[index_of(rows.kind)];
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const auto before = static_cast<std::uint32_t>(combinations[rows.first + i]);
    auto now = known.find(before, outcomes[i]);
    if (now == no_index) {
      now = changed(rows.kind, before, outcomes[i]);
      known.put(before, outcomes[i], now);
    }
    if (now == before) continue;
    combinations.set(rows.first + i, now);
    moved.push_back({rows.first + i, before, now});
  }
}

std::uint32_t rejudgement::changed(subject_kind kind, std::uint32_t combination, std::uint32_t outcome) {
  const auto& lanes = judge_.lanes_of(kind);
  const auto& said = plans_[index_of(kind)].at(outcome);
  auto masks = table_.at(combination).of;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const auto others = ~edited_[lanes[i]];
    const auto now = said[i].verdict();
    masks[i] = {(masks[i].configured & others) | now.configured, (masks[i].eligible & others) | now.eligible,
                (masks[i].failed & others) | now.failed};
  }
  return table_.number_of(lanes, masks);
}

}  // namespace licaudit::factors
