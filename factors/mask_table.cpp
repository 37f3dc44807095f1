#include "factors/mask_table.hpp"

#include <stdexcept>

namespace licaudit::factors {

std::size_t mask_table::hash::operator()(const std::pair<std::uint32_t, masks>& one) const {
  std::uint64_t mixed = one.first;
  const auto mix = [&](std::uint32_t bits) {
    mixed = (mixed ^ bits) * 0x9E3779B97F4A7C15U;
    mixed ^= mixed >> 29U;
  };
  for (const auto& each : one.second) {
    mix(each.configured);
    mix(each.eligible);
    mix(each.failed);
  }
  return mixed;
}

std::uint32_t mask_table::number_of(const std::vector<std::uint32_t>& lanes, const masks& combination) {
  const auto first = lanes.empty() ? UINT32_MAX : lanes.front();
  const auto [place, is_new] =
      numbers_.try_emplace({first, combination}, static_cast<std::uint32_t>(by_number_.size()));
  if (!is_new) return place->second;
  auto& made = by_number_.emplace_back();
  made.of = combination;
  made.failed = false;
  for (std::size_t i = 0; i < combination.size(); ++i) {
    made.failed |= combination[i].failed != 0;
    if (!combination[i].is_empty()) made.bars.push_back(bar_number(lanes[i], combination[i]));
  }
  return place->second;
}

lane_mask_number mask_table::bar_number(std::uint32_t lane, const mask& of) {
  const auto known = bar_numbers_.find({lane, of});
  if (known != bar_numbers_.end()) return known->second;
  if (lane >= lanes_.size()) lanes_.resize(lane + 1);
  const auto place = static_cast<std::uint32_t>(lanes_[lane].size());
  if (lane >= 1U << (32 - place_bits) || place >= 1U << place_bits) {
    throw std::length_error("the rules have more licences, or more outcomes of one, than can be numbered");
  }
  lanes_[lane].push_back(of);
  return bar_numbers_[{lane, of}] = lane << place_bits | place;
}

}  // namespace licaudit::factors
