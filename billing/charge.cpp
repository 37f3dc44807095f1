#include "billing/charge.hpp"

#include <algorithm>

namespace licaudit::billing {

namespace {

using std::chrono::milliseconds;
__extension__ using wide = __int128;  // a quantity times the milliseconds of a month

struct billable {
  span when;
  std::int64_t quantity;
  std::int64_t sequence;
  tally_state state;
  bool accepted = false;
};

/// The stretches of a series that say something of the quantity, sound or not.
std::vector<billable> speaking(const series& values, basis how, const span& range) {
  std::vector<billable> made;
  for (const auto& one : cut(values, range)) {
    if (how.of == basis::quantity::acquired) {
      if (one.value->acquired) made.push_back({one.when, *one.value->acquired, one.value->sequence, tally_state::ok});
    } else if (one.value->state != tally_state::never) {
      const bool accepted = one.value->state == tally_state::held && one.value->accepted;
      made.push_back({one.when, one.value->licensed, one.value->sequence, accepted ? tally_state::ok : one.value->state,
                      accepted});
    }
  }
  return made;
}

/// Neighbours of one value are one stretch: the value came about where the first began.
std::vector<billable> joined(const std::vector<billable>& all) {
  std::vector<billable> made;
  for (const auto& one : all) {
    if (!made.empty() && made.back().when.until == one.when.from && made.back().quantity == one.quantity &&
        made.back().state == one.state && made.back().accepted == one.accepted) {
      made.back().when.until = one.when.until;
    } else {
      made.push_back(one);
    }
  }
  return made;
}

milliseconds length(const span& when) {
  return when.empty() ? milliseconds(0) : when.until - when.from;
}

milliseconds observed_in(const span& when, const std::vector<span>& quiet) {
  auto seen = length(when);
  for (const auto& gap : quiet) seen -= length(common(gap, when));
  return seen;
}

void take(charge& made, const billable& one) {
  made.quantity = whole_amount(one.quantity);
  made.when = one.when;
  made.sequence = one.sequence;
}

void take_peak(charge& made, const std::vector<billable>& sound) {
  const auto highest = std::max_element(sound.begin(), sound.end(), [](const billable& a, const billable& b) {
    return a.quantity < b.quantity;
  });  // the first of equal ones
  if (highest != sound.end()) take(made, *highest);
}

void take_last(charge& made, const std::vector<billable>& sound) {
  for (const auto state : {tally_state::ok, tally_state::degraded, tally_state::disabled}) {
    const auto last =
        std::find_if(sound.rbegin(), sound.rend(), [state](const billable& one) { return one.state == state; });
    if (last != sound.rend()) return take(made, *last);
  }
}

void take_average(charge& made, const std::vector<billable>& sound, const std::vector<span>& quiet,
                  std::optional<milliseconds> whole) {
  wide weighted = 0;
  milliseconds observed{0};
  for (const auto& one : sound) {
    const auto seen = observed_in(one.when, quiet);
    weighted += static_cast<wide>(one.quantity) * seen.count();
    observed += seen;
  }
  const wide weight = whole.value_or(observed).count();
  if (sound.empty() || weight == 0) return;
  made.quantity = amount{static_cast<std::int64_t>((2 * weighted * millionths_of_one + weight) / (2 * weight))};
  made.when = {sound.front().when.from, sound.back().when.until};
}

}  // namespace

bases bases_of(const factor_set& rules) {
  bases made;
  for (const auto& one : rules.licences) {
    auto& how = made[one.id];
    if (one.billing_of == "acquired") how.of = basis::quantity::acquired;
    if (one.billing_by == "peak") how.by = basis::moment::peak;
    if (one.billing_by == "average") how.by = basis::moment::average;
    how.pooled = one.terms.pool != pool_kind::none;
  }
  return made;
}

charge charge_of(const series& values, basis how, const span& range, const std::vector<span>& quiet,
                 std::optional<milliseconds> whole) {
  charge made;
  const auto all = joined(speaking(values, how, range));
  if (all.empty()) return made;
  made.observed_from = all.front().when.from;
  for (const auto& gap : quiet)
    if (const auto inside = common(gap, {all.front().when.from, range.until}); !inside.empty())
      made.unobserved.push_back(inside);
  std::vector<billable> sound;
  for (const auto& one : all) {
    if (one.accepted) made.accepted.push_back({one.when, one.quantity});
    if (one.state == tally_state::held)
      made.held.push_back({one.when, one.quantity});
    else
      sound.push_back(one);
    if (one.state != tally_state::degraded) continue;
    if (!made.degraded.empty() && made.degraded.back().until == one.when.from)
      made.degraded.back().until = one.when.until;
    else
      made.degraded.push_back(one.when);
  }
  switch (how.by) {
    case basis::moment::peak:
      take_peak(made, sound);
      break;
    case basis::moment::last:
      take_last(made, sound);
      break;
    case basis::moment::average:
      take_average(made, sound, quiet, whole);
      break;
  }
  return made;
}

milliseconds observed_time(const series& values, basis how, const span& range, const std::vector<span>& quiet) {
  milliseconds observed{0};
  for (const auto& one : speaking(values, how, range))
    if (one.state != tally_state::held) observed += observed_in(one.when, quiet);
  return observed;
}

}  // namespace licaudit::billing
