#include "factors/histogram.hpp"

#include <algorithm>

namespace licaudit::factors {

std::vector<histogram::bar>::iterator histogram::find(lane_mask_number of) {
  return std::lower_bound(bars_.begin(), bars_.end(), of,
                          [](const bar& one, lane_mask_number sought) { return one.of < sought; });
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
