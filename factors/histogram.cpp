#include "factors/histogram.hpp"

#include <algorithm>

namespace licaudit::factors {

std::vector<histogram::bar>::iterator histogram::find(lane_mask_number of) {
  return std::partition_point(bars_.begin(), bars_.end(), [&](const bar& one) { return one.of < of; });
}

std::vector<histogram::bar>::const_iterator histogram::first_of(std::uint32_t lane) const {
  return std::partition_point(bars_.begin(), bars_.end(), [&](const bar& one) { return lane_of(one.of) < lane; });
}

void histogram::add(lane_mask_number of, const heap& more) {
  auto place = find(of);
  if (place == bars_.end() || place->of != of) place = bars_.insert(place, {of, 0, 0});
  place->subjects += more.subjects;
  place->units += more.units;
}

void histogram::remove(lane_mask_number of, std::uint64_t units) {
  const auto place = find(of);
  place->units -= units;
  if (--place->subjects == 0) bars_.erase(place);
}

}  // namespace licaudit::factors
