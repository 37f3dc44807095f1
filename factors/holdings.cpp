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

}  // namespace

std::vector<holding> holdings(const rules& under, const tenant& whose, instant now, const switch_position& on,
                              const std::vector<subject>& subjects) {
  // The same code as the counts, so that a listing cannot differ from them.
  const auto& all = under.inside();
  auto fields = all.fields;
  fields.add(fields_of(all, whose));
  population people(std::move(fields));
  const tenant_texts texts(whose);
  const auto bound = bind(all, texts, now, people.fields());
  judge judges(all, people);
  judges.start(bound);
  mask_table table;
  const switch_board board(under, on);
  std::vector<field_text> room;
  std::vector<holding> found;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const row_span row{subjects[i].name.kind, people.add(i, 0, view_of(subjects[i], room)), 1};
    const auto& masks = table.at(judges.combinations_of(row, table).front()).of;
    const auto& lanes = judges.lanes_of(subjects[i].name.kind);
    for (std::size_t j = 0; j < lanes.size(); ++j) {
      if (masks[j].configured == 0) continue;
      found.push_back(holding_of(i, all, all.lanes[lanes[j]], masks[j], board.bits(lanes[j])));
    }
  }
  return found;
}

}  // namespace licaudit::factors
