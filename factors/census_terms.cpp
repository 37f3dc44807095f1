// What the terms of factors make of their sums. No rule without terms comes here.
#include "factors/census.hpp"
#include "factors/term_sum.hpp"
#include "model/measure_unit.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <string>
#include <tuple>

namespace licaudit::factors {
namespace {

rule_problem problem_of(rule_problem::kind what, const planned_factor& of) {
  rule_problem made{};
  made.what = what;
  made.of_licence = of.of;
  made.of_factor = of.which;
  return made;
}

}  // namespace

template <class Act>
void census::each_measured(tenant_index tenant, std::uint32_t lane, const Act& act) const {
  const auto kind = under_->inside().lanes[lane].kind;
  people_.each_span(tenant, [&](const row_span& rows) {
    if (rows.kind != kind) return;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      const auto row = rows.first + i;
      if (const auto* measure = people_.measure(row)) act(row, *measure, masks_of(row)[judge_.place_of(lane)]);
    }
  });
}

void census::apply_terms(tenant_index tenant, const switch_board& on, std::uint32_t first, std::uint32_t end,
                         sums& into) const {
  const auto& all = under_->inside();
  for (auto lane = first; lane < end; ++lane) {
    if (!all.lanes[lane].is_measured) continue;
    if (all.lanes[lane].kind == subject_kind::meter) {
      add_meters(tenant, on, lane, into);
    } else {
      add_numbers(tenant, on, lane, into);
    }
  }
  for (const auto factor : all.with_terms) {
    const auto& one = all.factors[factor];
    if (one.lane < first || one.lane >= end || one.which->kind == subject_kind::meter) continue;
    const auto& terms = one.which->counting;
    into[factor] = with_terms(into[factor], terms, unit_factor_of(terms, roster_.at(tenant).texts).units);
  }
}

/// The quantities are in the sums: what is more, or less, is added.
void census::add_numbers(tenant_index tenant, const switch_board& on, std::uint32_t lane, sums& into) const {
  const auto& all = under_->inside();
  const auto& factors = all.lanes[lane].factors;
  each_measured(tenant, lane, [&](row_index row, const row_measure& measure, const mask& said) {
    const auto more = measure.whole - people_.units(row);
    const auto add = [&](std::int64_t factor_sum::*to, std::size_t bit) {
      if (!all.factors[factors[bit]].which->counting.expanded) return;
      auto& sum = into[factors[bit]].*to;
      sum = static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) + more);
    };
    each_bit(said.configured, [&](std::size_t bit) { add(&factor_sum::n2, bit); });
    if (const auto holders = said.eligible & on.bits(lane); holders != 0)
      add(&factor_sum::n1, static_cast<std::size_t>(std::countr_zero(holders)));
  });
}

void census::add_meters(tenant_index tenant, const switch_board& on, std::uint32_t lane, sums& into) const {
  struct both {
    reading_sum n1, n2;
  };
  std::array<both, most_factors_of_a_lane> found{};
  const auto& all = under_->inside();
  const auto& factors = all.lanes[lane].factors;
  const auto& whose = roster_.at(tenant);
  each_measured(tenant, lane, [&](row_index, const row_measure& reading, const mask& said) {
    const auto& unit = people_.unit_name(reading.unit);
    const auto add = [&](reading_sum both::*to, std::size_t bit) {
      const auto& one = all.factors[factors[bit]];
      const bool is_past = is_monthly(*one.of) && reading.at < whose.month_start;
      // In a unit of its own a reading is worth as many as it says.
      if (!is_past && takes(*one.which, unit)) (found[bit].*to).add(reading, unit_of(*one.which).empty() ? "" : unit);
    };
    each_bit(said.configured, [&](std::size_t bit) { add(&both::n2, bit); });
    if (const auto holders = said.eligible & on.bits(lane); holders != 0)
      add(&both::n1, static_cast<std::size_t>(std::countr_zero(holders)));
  });
  for (std::size_t bit = 0; bit < factors.size(); ++bit) {
    const auto& which = *all.factors[factors[bit]].which;
    const auto& terms = which.counting;
    const auto units = unit_factor_of(terms, whose.texts).units;
    auto& sum = into[factors[bit]];
    sum.n1 = found[bit].n1.count(units, terms.package ? terms.package->size : 1, unit_of(which));
    sum.n2 = found[bit].n2.count(units, 1, unit_of(which));
  }
}

void census::add_term_problems(tenant_index tenant, std::vector<rule_problem>& to) const {
  const auto& all = under_->inside();
  for (std::uint32_t lane = 0; lane < all.lanes.size(); ++lane) {
    const auto& factors = all.lanes[lane].factors;
    std::uint32_t configured = 0;
    for (const auto& bar : bars_.of(tenant, lane)) configured |= table_.mask_of(bar.of).configured;
    each_bit(configured, [&](std::size_t bit) {
      const auto& one = all.factors[factors[bit]];
      const auto units = unit_factor_of(one.which->counting, roster_.at(tenant).texts);
      if (units.problem.empty()) return;
      auto& made = to.emplace_back(problem_of(rule_problem::kind::unset_setting, one));
      made.field = one.which->counting.units->per;
      made.text = units.problem;
    });
    if (configured != 0 && all.lanes[lane].is_measured) add_measure_problems(tenant, lane, to);
  }
}

/// One of each kind and factor, however many subjects it concerns; in an order that does not depend on theirs.
void census::add_measure_problems(tenant_index tenant, std::uint32_t lane, std::vector<rule_problem>& to) const {
  using kind = rule_problem::kind;
  const auto& all = under_->inside();
  const auto& factors = all.lanes[lane].factors;
  const auto start = static_cast<std::ptrdiff_t>(to.size());
  const auto note = [&](kind what, std::size_t bit, row_index row, const std::string& about) {
    const auto& one = all.factors[factors[bit]];
    auto known = std::find_if(to.begin() + start, to.end(), [&](const rule_problem& other) {
      return other.what == what && other.of_factor == one.which;
    });
    if (known == to.end()) {
      to.push_back(problem_of(what, one));
      known = std::prev(to.end());
    }
    const auto number = people_.number(row);
    if (known->subjects++ == 0 || number < known->example) {
      known->example = number;
      known->text = about;
    }
  };
  each_measured(tenant, lane, [&](row_index row, const row_measure& measure, const mask& said) {
    each_bit(said.configured, [&](std::size_t bit) {
      const auto& one = all.factors[factors[bit]];
      if (one.which->kind == subject_kind::number) {
        if (measure.is_odd && one.which->counting.expanded) note(kind::open_wildcard, bit, row, {});
        return;
      }
      const auto& unit = people_.unit_name(measure.unit);
      if (!takes(*one.which, unit)) note(kind::unit_mismatch, bit, row, name_of_meter(row) + " in `" + unit + "`");
      if (measure.is_odd && is_monthly(*one.of) && measure.at >= roster_.at(tenant).month_start)
        note(kind::counter_fell, bit, row, name_of_meter(row));
    });
  });
  std::sort(to.begin() + start, to.end(), [](const rule_problem& a, const rule_problem& b) {
    return std::tie(a.of_factor, a.what) < std::tie(b.of_factor, b.what);  // factors of one licence stand side by side
  });
  for (auto one = to.begin() + start; one != to.end(); ++one) complete(*one);
}

std::string census::name_of_meter(row_index row) const {
  const auto column = people_.fields().find(subject_kind::meter, "id");
  if (!column) return {};
  std::string room;
  return "`" + std::string(people_.column(subject_kind::meter, *column).value(people_.value(row, *column), room)) + "`";
}

/// Its sentence, of which `text` says the example.
void census::complete(rule_problem& one) {
  const auto many = std::to_string(one.subjects);
  const auto of = [&](const char* single, const char* several) {
    return one.subjects == 1 ? std::string(single) : many + " " + several;
  };
  if (one.what == rule_problem::kind::open_wildcard) {
    one.text = of("a number rule ends", "number rules end") + " nowhere or cannot be read; each counts as one number";
  } else if (one.what == rule_problem::kind::unit_mismatch) {
    one.text = of("a meter cannot", "meters cannot") + " be told in `" + std::string(unit_of(*one.of_factor)) +
               "` and count nothing: " + one.text;
  } else {
    one.text = of("a counter", "counters") + " fell within the month, which counts as it stands now: " + one.text;
  }
}

}  // namespace licaudit::factors
