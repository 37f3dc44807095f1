#include "factors/engine.hpp"
#include "factors/judge.hpp"

#include <bit>

namespace licaudit::factors {
namespace {

holding holding_of(std::size_t subject, const compiled& all, const lane& within, const mask& bits,
                   std::uint32_t switched_on) {
  holding made{subject, within.of, nullptr, {}, {}};
  for (std::uint32_t bit = 0; bit < within.factors.size(); ++bit) {
    const auto* which = all.factors[within.factors[bit]].which;
    if ((bits.configured >> bit & 1U) != 0) made.configured.push_back(which);
    if ((bits.eligible >> bit & 1U) != 0) made.eligible.push_back(which);
  }
  if (const auto holders = bits.eligible & switched_on; holders != 0) {
    made.holder = all.factors[within.factors[static_cast<std::size_t>(std::countr_zero(holders))]].which;
  }
  return made;
}

std::uint32_t switched_on(const compiled& all, const lane& within, const switch_position& on) {
  std::uint32_t bits = 0;
  for (std::uint32_t bit = 0; bit < within.factors.size(); ++bit) {
    if (on(*within.of, *all.factors[within.factors[bit]].which)) bits |= 1U << bit;
  }
  return bits;
}

}  // namespace

std::vector<holding> holdings(const rules& under, const tenant& whose, instant now, const switch_position& on,
                              const std::vector<subject>& subjects) {
  // The same code as the counts, so that a listing cannot differ from them.
  const auto& all = under.inside();
  auto fields = all.fields;
  fields.add(fields_of(all, whose));
  population people(std::move(fields));
  judge judges(all, people);
  const auto bound = bind(all, whose, now, people.fields());
  std::vector<std::uint32_t> on_bits;
  for (const auto& lane : all.lanes) on_bits.push_back(switched_on(all, lane, on));
  std::vector<holding> found;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto row = people.add(i, 0, subjects[i], people.take_values(subjects[i]));
    const auto& masks = judges.masks_of(row, bound);
    const auto& lanes = judges.lanes_of(subjects[i].name.kind);
    for (std::size_t j = 0; j < lanes.size(); ++j) {
      if (masks[j].configured == 0) continue;
      found.push_back(holding_of(i, all, all.lanes[lanes[j]], masks[j], on_bits[lanes[j]]));
    }
  }
  return found;
}

}  // namespace licaudit::factors
