#include "factors/histogram.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

bool is_before(const histogram::bar& one, const mask& of) {
  return one.of < of;
}

}  // namespace

void histogram::add(const mask& of, std::int64_t units) {
  if (of.is_empty()) return;
  auto place = std::lower_bound(bars_.begin(), bars_.end(), of, is_before);
  if (place == bars_.end() || place->of != of) place = bars_.insert(place, {of, 0, 0});
  ++place->subjects;
  place->units += static_cast<std::uint64_t>(units);
}

void histogram::remove(const mask& of, std::int64_t units) {
  if (of.is_empty()) return;
  const auto place = std::lower_bound(bars_.begin(), bars_.end(), of, is_before);
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
  if (is_new) by_number_.push_back(&place->first);
  return place->second;
}

}  // namespace licaudit::factors
