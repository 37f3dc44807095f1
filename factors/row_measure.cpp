#include "factors/row_measure.hpp"

#include "factors/number_block.hpp"
#include "model/measure_unit.hpp"
#include "model/quantity.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// The blocks of its field `number`; without one of what its id says behind the plan.
number_block block_of(const subject_view& of) {
  number_block all{0, false};
  const auto add = [&](std::string_view prefix) {
    const auto one = number_block_of(prefix);
    all.numbers += one.numbers;
    all.open = all.open || one.open;
  };
  for (const auto& one : of.fields) {
    if (one.name == "number") add(one.text);
  }
  if (all.numbers == 0) add(of.id.substr(of.id.rfind('/') + 1));
  return all;
}

}  // namespace

std::uint32_t measure_units::number_of(std::string_view unit) {
  const auto known = std::find(names_.begin(), names_.end(), unit);
  const auto number = static_cast<std::uint32_t>(known - names_.begin());
  if (known == names_.end()) names_.emplace_back(unit);
  return number;
}

row_measure measure_of_meter(const subject_view& meter, measure_units& units) {
  row_measure made;
  const auto unit = text_of(meter, "unit");
  made.unit = units.number_of(unit);
  const auto used = parse_amount(text_of(meter, "used"));
  if (used && is_reading(*used, unit)) {
    made.whole = static_cast<std::uint64_t>(used->millionths / millionths_of_one);
    made.millionths = static_cast<std::uint32_t>(used->millionths % millionths_of_one);
  }
  if (const auto at = parse_rfc3339(text_of(meter, "at"))) made.at = *at;
  made.is_odd = !text_of(meter, fell_from_field).empty();
  return made;
}

std::optional<row_measure> measure_of_number(const subject_view& number) {
  const auto block = block_of(number);
  if (block == number_block{}) return std::nullopt;
  row_measure made;
  made.is_odd = block.open;
  // What stands for more than one tenant can have is taken for open, too.
  const bool fits = number.quantity == 0 || block.numbers <= most_quantity / number.quantity;
  made.is_odd = made.is_odd || !fits;
  made.whole = static_cast<std::uint64_t>(fits ? block.numbers * number.quantity : number.quantity);
  return made;
}

}  // namespace licaudit::factors
