#include "factors/worth.hpp"

#include "model/measure_unit.hpp"
#include "model/subject_view.hpp"

#include <algorithm>
#include <limits>

namespace licaudit::factors {
namespace {

__extension__ using wide = __int128;

/// Of one holding, in millionths of a base: more units of any size than a tenant can count, and a billion such add up.
constexpr wide most_worth = static_cast<wide>(most_counted) * millionths_of_one * millionths_of_one * 10;

/// Only readings are told in units; what else a factor counts has no other size.
std::int64_t base_of(const factor& by) {
  return by.kind == subject_kind::meter ? measure_unit_of(unit_of(by)).of_base : 1;
}

std::int64_t in_millionths(std::uint64_t whole) {
  return static_cast<std::int64_t>(whole) * millionths_of_one;
}

/// In millionths of the base.
std::int64_t reading_of(const subject& meter, const licence& within, const factor& by, instant month_start) {
  std::vector<field_text> room;
  measure_units units;
  const auto read = measure_of_meter(view_of(meter, room), units);
  const auto& unit = units.name(read.unit);
  const bool is_past = is_monthly(within) && read.at < month_start;
  if (is_past || !takes(by, unit)) return 0;
  const auto size = unit_of(by).empty() ? 1 : measure_unit_of(unit).of_base;
  return (in_millionths(read.whole) + read.millionths) * size;
}

std::uint64_t quantity_of(const subject& held, const factor& by) {
  std::vector<field_text> room;
  const bool expands = by.kind == subject_kind::number && by.counting.expanded;
  const auto block = expands ? measure_of_number(view_of(held, room)) : std::nullopt;
  return block ? block->whole : static_cast<std::uint64_t>(held.quantity);
}

}  // namespace

worth::worth(std::int64_t millionths, std::int64_t times)
    : millionths_(std::min(static_cast<wide>(millionths) * times, most_worth)) {}

void worth::add(const worth& other) {
  millionths_ += other.millionths_;
}

std::string worth::text(const factor& by) const {
  const wide size = base_of(by);
  const auto rounded = (millionths_ + size / 2) / size;
  const auto whole = std::min<wide>(rounded / millionths_of_one, std::numeric_limits<std::int64_t>::max());
  auto made = std::to_string(static_cast<std::int64_t>(whole));
  if (const auto rest = static_cast<std::int64_t>(rounded % millionths_of_one); rest != 0)
    made += to_text(amount{rest}).substr(1);  // of `0.5`
  return made;
}

std::int64_t worth::count(const factor& by) const {
  const auto& terms = by.counting;
  const bool bounded = by.kind == subject_kind::meter || terms.units || terms.package;
  const wide most = bounded ? most_counted : std::numeric_limits<std::int64_t>::max();
  const auto one = static_cast<wide>(base_of(by)) * (terms.package ? terms.package->size : 1) * millionths_of_one;
  return static_cast<std::int64_t>(std::min((millionths_ + one - 1) / one, most));
}

worths::worths(const tenant& whose, instant month_start) : texts_(whose), month_start_(month_start) {}

worth worths::of(const subject& held, const licence& within, const factor& by) const {
  const auto millionths = by.kind == subject_kind::meter ? reading_of(held, within, by, month_start_)
                                                         : in_millionths(quantity_of(held, by));
  return {millionths, each(by).units};
}

}  // namespace licaudit::factors
