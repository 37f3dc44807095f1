// Who holds one licence and not another that it needs.
#include "factors/census.hpp"

#include <array>
#include <vector>

namespace licaudit::factors {

namespace {

/// Where the two licences stand among the masks of a kind.
struct pair_of_lanes {
  std::size_t holds_place, needs_place;  ///< in the masks of a row
  std::uint32_t holds_bits, needs_bits;  ///< the factors that are on
};

std::optional<pair_of_lanes> lanes_of_both(const std::vector<lane>& lanes, subject_kind kind, const switch_board& on,
                                           const licence& holds, const licence& needs) {
  std::optional<std::size_t> holding, needed;
  pair_of_lanes both{};
  std::size_t place = 0;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i].kind != kind) continue;
    if (lanes[i].of->id == holds.id) {
      holding = both.holds_place = place;
      both.holds_bits = on.bits(i);
    }
    if (lanes[i].of->id == needs.id) {
      needed = both.needs_place = place;
      both.needs_bits = on.bits(i);
    }
    ++place;
  }
  return holding && needed ? std::optional(both) : std::nullopt;
}

}  // namespace

std::optional<engine::lacking_subjects> census::lacking(tenant_index tenant, const switch_board& on,
                                                        const licence& holds, const licence& needs) const {
  std::array<std::optional<pair_of_lanes>, subject_kinds.size()> both{};
  bool comparable = false;
  for (const auto kind : {subject_kind::user, subject_kind::number}) {
    auto& of_kind = both[static_cast<std::size_t>(kind)];
    of_kind = lanes_of_both(under_->inside().lanes, kind, on, holds, needs);
    comparable = comparable || of_kind.has_value();
  }
  if (!comparable) return std::nullopt;
  engine::lacking_subjects found;
  people_.each_row(tenant, [&](row_index row) {
    const auto& of_kind = both[static_cast<std::size_t>(people_.kind(row))];
    if (!of_kind) return;
    const auto& said = masks_of(row);
    const bool is_held = (said[of_kind->holds_place].eligible & of_kind->holds_bits) != 0;
    if (!is_held || (said[of_kind->needs_place].eligible & of_kind->needs_bits) != 0) return;
    const auto number = people_.number(row);
    if (found.subjects++ == 0 || number < found.example) found.example = number;
  });
  return found;
}

}  // namespace licaudit::factors
