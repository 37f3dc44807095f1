#include "factors/movement.hpp"

#include <bit>
#include <map>
#include <string_view>
#include <utility>

namespace licaudit::factors {
namespace {

/// Factor by licence, for the licences that somebody counts the subject under.
using holders = std::map<std::string_view, std::string_view>;

/// The holders of one row under one rule set.
class holder_view {
 public:
  explicit holder_view(const view_of_rules& of) : all_(of.under.under().inside()), under_(of.under), on_(of.on) {}

  [[nodiscard]] holders of(row_index row, subject_kind kind) const {
    holders found;
    auto mask = under_.masks_of(row).begin();
    for (std::size_t i = 0; i < all_.lanes.size(); ++i) {
      const auto& lane = all_.lanes[i];
      if (lane.kind != kind) continue;
      const auto eligible = (mask++)->eligible & on_.bits(i);
      if (eligible == 0) continue;
      const auto holder = lane.factors[static_cast<std::size_t>(std::countr_zero(eligible))];
      found.emplace(lane.of->id, all_.factors[holder].which->id);
    }
    return found;
  }

 private:
  const compiled& all_;
  const census& under_;
  const switch_board& on_;
};

std::uint64_t licences_that_differ(const holders& before, const holders& after) {
  std::uint64_t differ = 0;
  for (const auto& [licence, factor] : before) {
    const auto now = after.find(licence);
    if (now == after.end() || now->second != factor) ++differ;
  }
  for (const auto& one : after) {
    if (!before.contains(one.first)) ++differ;
  }
  return differ;
}

}  // namespace

std::int64_t moved(const population& people, tenant_index tenant, const view_of_rules& before,
                   const view_of_rules& after) {
  const holder_view from(before);
  const holder_view to(after);
  // A tenant has few combinations of masks, however many its subjects: holders are compared once for each.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> known;
  std::uint64_t units = 0;
  people.each_row(tenant, [&](row_index row) {
    const auto [differ, is_new] =
        known.try_emplace({before.under.combination_of(row), after.under.combination_of(row)}, 0);
    const auto kind = people.kind(row);
    if (is_new) differ->second = licences_that_differ(from.of(row, kind), to.of(row, kind));
    units += differ->second * people.units(row);
  });
  return static_cast<std::int64_t>(units);
}

}  // namespace licaudit::factors
