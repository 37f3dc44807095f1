#include "factors/histograms.hpp"

#include <algorithm>

namespace licaudit::factors {

namespace {

/// With room for a few more: twice as much, for ten thousand tenants, is memory that is never used.
std::vector<histograms::bar>::iterator insert(std::vector<histograms::bar>& into,
                                              std::vector<histograms::bar>::iterator place,
                                              const histograms::bar& one) {
  const auto at = place - into.begin();
  if (into.size() == into.capacity()) into.reserve(into.size() + into.size() / 4 + 1);
  return into.insert(into.begin() + at, one);
}

}  // namespace

void histograms::resize(std::size_t tenants) {
  bars_.resize(tenants);
  begins_.resize(tenants * (lanes_ + 1));
}

std::vector<histograms::bar>::iterator histograms::find(std::size_t tenant, lane_mask_number of) {
  const auto* begins = begins_.data() + tenant * (lanes_ + 1) + lane_of(of);
  const auto all = bars_[tenant].begin();
  return std::partition_point(all + begins[0], all + begins[1], [&](const bar& one) { return one.of < of; });
}

void histograms::move_behind(std::size_t tenant, std::size_t lane, std::uint32_t by) {
  auto* begins = begins_.data() + tenant * (lanes_ + 1);
  for (auto next = lane + 1; next <= lanes_; ++next) begins[next] += by;
}

void histograms::add(std::size_t tenant, lane_mask_number of, const heap& more) {
  auto place = find(tenant, of);
  const auto* begins = begins_.data() + tenant * (lanes_ + 1);
  const auto behind = bars_[tenant].begin() + begins[lane_of(of) + 1];
  if (place == behind || place->of != of) {
    place = insert(bars_[tenant], place, {of, 0, 0});
    move_behind(tenant, lane_of(of), 1);
  }
  place->subjects += more.subjects;
  place->units += more.units;
  if (place->subjects != 0) return;
  bars_[tenant].erase(place);
  move_behind(tenant, lane_of(of), std::uint32_t{0} - 1U);
}

void histograms::assign(std::size_t tenant, std::span<const bar> bars) {
  bars_[tenant].assign(bars.begin(), bars.end());
  auto* begins = begins_.data() + tenant * (lanes_ + 1);
  std::size_t lane = 0;
  for (std::uint32_t at = 0; at < bars.size(); ++at)
    while (lane <= lane_of(bars[at].of)) begins[lane++] = at;
  while (lane <= lanes_) begins[lane++] = static_cast<std::uint32_t>(bars.size());
}

void histograms::fetch_ahead(std::size_t tenant, std::size_t first, std::size_t end) const {
  constexpr std::size_t ahead = 4, bars_of_a_line = 64 / sizeof(bar);
  if (tenant + ahead >= bars_.size()) return;
  const auto soon = of(tenant + ahead, first, end);
  for (std::size_t i = 0; i < soon.size(); i += bars_of_a_line) __builtin_prefetch(soon.data() + i);
}

}  // namespace licaudit::factors
