#include "model/measure_unit.hpp"

#include <algorithm>
#include <array>

namespace licaudit {

namespace {

struct named_unit {
  std::string_view name;
  measure_unit is;
};
constexpr std::array<named_unit, 6> named_units{{{"second", {"second", 1}},
                                                 {"minute", {"second", 60}},
                                                 {"hour", {"second", 3600}},
                                                 {"MB", {"MB", 1}},
                                                 {"GB", {"MB", 1'000}},
                                                 {"TB", {"MB", 1'000'000}}}};

}  // namespace

measure_unit measure_unit_of(std::string_view name) {
  const auto* known =
      std::find_if(named_units.begin(), named_units.end(), [name](const named_unit& one) { return one.name == name; });
  return known == named_units.end() ? measure_unit{name, 1} : known->is;
}

bool is_reading(amount used, std::string_view unit) {
  return used.millionths >= 0 && used <= amount{whole_amount(most_used).millionths / measure_unit_of(unit).of_base};
}

}  // namespace licaudit
