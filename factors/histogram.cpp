#include "factors/histogram.hpp"

#include <algorithm>

namespace licaudit::factors {
std::vector<histogram::bar>::iterator histogram::find(std::uint32_t lane, const mask& of) {
  return std::lower_bound(bars_.begin(), bars_.end(), of, [lane](const bar& one, const mask& sought) {
    return one.lane != lane ? one.lane < lane : one.of < sought;
  });
}

void histogram::add(std::uint32_t lane, const mask& of, const heap& more) {
  if (of.is_empty()) return;
  auto place = find(lane, of);
  if (place == bars_.end() || place->lane != lane || place->of != of) place = bars_.insert(place, {lane, of, 0, 0});
  place->subjects += more.subjects;
  place->units += more.units;
}

void histogram::clear(std::uint32_t lane) {
  const auto end = std::partition_point(bars_.begin(), bars_.end(), [&](const bar& one) { return one.lane <= lane; });
  bars_.erase(find(lane, {}), end);
}

void histogram::remove(std::uint32_t lane, const mask& of, std::int64_t units) {
  if (of.is_empty()) return;
  const auto place = find(lane, of);
  place->units -= static_cast<std::uint64_t>(units);
  if (--place->subjects == 0) bars_.erase(place);
}

std::size_t mask_table::hash::operator()(const masks& combination) const {
  std::uint64_t mixed = 0;
  const auto mix = [&](std::uint32_t bits) {
    mixed = (mixed ^ bits) * 0x9E3779B97F4A7C15U;
    mixed ^= mixed >> 29U;
  };
  for (const auto& one : combination) {
    mix(one.configured);
    mix(one.eligible);
    mix(one.failed);
  }
  return mixed;
}

std::uint32_t mask_table::number_of(const masks& combination) {
  const auto [place, is_new] = numbers_.try_emplace(combination, static_cast<std::uint32_t>(by_number_.size()));
  if (is_new) by_number_.push_back(combination);
  return place->second;
}

}  // namespace licaudit::factors
