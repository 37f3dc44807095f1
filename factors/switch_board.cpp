#include "factors/switch_board.hpp"

#include "factors/compiled.hpp"

namespace licaudit::factors {

switch_board::switch_board(const rules& of, const switch_position& on) {
  const auto& all = of.inside();
  for (const auto& lane : all.lanes) {
    auto& bits = bits_.emplace_back(0U);
    for (std::uint32_t bit = 0; bit < lane.factors.size(); ++bit) {
      if (on(*lane.of, *all.factors[lane.factors[bit]].which)) bits |= 1U << bit;
    }
  }
}

}  // namespace licaudit::factors
