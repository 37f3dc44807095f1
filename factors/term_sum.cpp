#include "factors/term_sum.hpp"

#include "model/measure_unit.hpp"
#include "model/names.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

__extension__ using wide = __int128;  // a sum of readings in millionths, times the units of each

std::int64_t rounded_up(wide value, wide by) {
  return static_cast<std::int64_t>(std::clamp<wide>((value + by - 1) / by, 0, most_counted));
}

}  // namespace

std::string_view unit_of(const factor& which) {
  const auto& terms = which.counting;
  if (!terms.unit.empty() && !terms.package) return terms.unit;
  return terms.package && !terms.package->unit.empty() ? terms.package->unit : terms.unit;
}

bool takes(const factor& which, std::string_view unit) {
  const auto wanted = unit_of(which);
  return wanted.empty() || converts(unit, wanted);
}

bool is_monthly(const licence& of) {
  return of.terms.limit && of.terms.limit->monthly;
}

void reading_sum::add(const row_measure& reading, std::string_view unit) {
  const auto size = static_cast<std::uint64_t>(measure_unit_of(unit).of_base);
  constexpr auto one = static_cast<std::uint64_t>(millionths_of_one);
  whole_ += reading.whole * size + reading.millionths * size / one;
  millionths_ += reading.millionths * size % one;
}

std::int64_t reading_sum::count(std::int64_t times, std::int64_t of_unit, std::string_view unit) const {
  const auto sum = static_cast<wide>(whole_) * millionths_of_one + static_cast<wide>(millionths_);
  return rounded_up(sum * times, static_cast<wide>(measure_unit_of(unit).of_base) * of_unit * millionths_of_one);
}

std::optional<std::string> fault_of_setting(const unit_scale& scale, std::string_view text) {
  const auto setting = parse_term(text);
  if (!setting) return scale.per + ": " + setting.error().detail;
  const auto units = units_of(scale, *setting);
  if (!units) return units.error().detail;
  return std::nullopt;
}

unit_factor unit_factor_of(const counting_terms& terms, const tenant_texts& whose) {
  if (!terms.units) return {};
  const auto& settings = whose.settings_of_units();
  const auto known = settings.find(terms.units->per);
  const auto step = to_text(terms.units->step);
  if (known == settings.end() || trimmed(known->second).empty())
    return {1, "the setting `" + terms.units->per + "` is not set, it counts as " + step};
  if (const auto fault = fault_of_setting(*terms.units, known->second)) return {1, *fault + "; it counts as " + step};
  return {units_of(*terms.units, parse_term(known->second).value()).value(), {}};
}

factor_sum with_terms(const factor_sum& counted, const counting_terms& terms, std::int64_t units) {
  const auto times = [units](std::int64_t count) {
    return static_cast<wide>(static_cast<std::uint64_t>(count)) * units;
  };
  const wide size = terms.package ? terms.package->size : 1;
  return {rounded_up(times(counted.n1), size), rounded_up(times(counted.n2), 1), counted.failed};
}

}  // namespace licaudit::factors
