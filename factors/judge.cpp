#include "factors/judge.hpp"

#include "factors/pattern.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// The rest of a test's answers once it has given up too often (`most_given_up`).
bool is_spent(std::size_t given_up) {
  return given_up > most_given_up;
}

}  // namespace

judge::judge(const compiled& all, const population& people) : all_(all), people_(people) {
  for (std::uint32_t i = 0; i < all.lanes.size(); ++i) lanes_[index_of(all.lanes[i].kind)].push_back(i);
  for (std::uint32_t i = 0; i < all.factors.size(); ++i) {
    for (const auto which : list_kinds) shared_lists_.push_back(bind_shared(all, i, which));
  }
  for (const auto& one : all.tests) shared_.push_back({people.fields().find(one.kind, one.field).value(), {}});
}

const bound_list& judge::list(const tenant_rules& under, std::uint32_t factor, list_kind which) const {
  const auto* own = under.find(factor, which);
  return own != nullptr ? *own : shared_lists_[factor * list_kinds.size() + index_of(which)];
}

std::vector<mask> judge::masks_of(row_index row, const tenant_rules& under) {
  std::vector<mask> masks;
  const auto& lanes = lanes_of(people_.at(row).kind);
  masks.reserve(lanes.size());
  for (const auto lane : lanes) {
    auto& sum = masks.emplace_back();
    for (const auto factor : all_.lanes[lane].factors) {
      if ((under.applies[lane] >> all_.factors[factor].bit & 1U) == 0) continue;
      const auto bits = factor_bits(factor, row, under);
      sum.configured |= bits.configured;
      sum.eligible |= bits.eligible;
      sum.failed |= bits.failed;
    }
  }
  return masks;
}

/// domain.md 4. Every criterion is asked, even where the outcome is clear, so that a failure shows whatever the others
/// say.
mask judge::factor_bits(std::uint32_t factor, row_index row, const tenant_rules& under) {
  bool failed = false;
  const auto met = [&](list_kind which, bool if_empty) {
    const auto& criteria = list(under, factor, which).criteria;
    bool any = criteria.empty() && if_empty;
    for (const auto& one : criteria) {
      const auto found = ask(one, row, under);
      any |= found == answer::yes;
      failed |= is_failure(found);
    }
    return any;
  };
  const bool configured = met(list_kind::configured, true);
  const bool matches = met(list_kind::match, true);
  const bool rejected = met(list_kind::reject, false);
  const auto bit = 1U << all_.factors[factor].bit;
  return {configured ? bit : 0, configured && matches && !rejected ? bit : 0, failed ? bit : 0};
}

answer judge::ask(const bound_criterion& one, row_index row, const tenant_rules& under) {
  auto best = answer::no;
  for (const auto& instance : one.any_of) {
    auto all = answer::yes;
    for (const auto& test : instance) {
      const auto found = ask(test, row, under);
      // A plain no settles it, whatever could not be tested.
      all = found == answer::no ? found : std::max(all, found);
      if (all == answer::no) break;
    }
    if (all == answer::yes) return all;
    best = std::max(best, all);
  }
  return best;
}

answer judge::ask(const bound_test& one, row_index row, const tenant_rules& under) {
  return one.own ? ask_own(one.index, row, under) : ask_shared(one.index, row);
}

answer judge::ask_shared(std::uint32_t index, row_index row) {
  auto& known = shared_[index];
  const auto value = people_.value(row, known.column);
  if (value >= known.by_value.size()) known.by_value.resize(value + value / 2 + 16, answer::unknown);
  auto& found = known.by_value[value];
  if (found != answer::unknown) return found;
  if (is_spent(known.given_up)) return answer::given_up;
  found = factors::ask(*all_.tests[index].test, people_.column(people_.at(row).kind, known.column).value(value));
  if (found == answer::given_up) ++known.given_up;
  return found;
}

answer judge::ask_own(std::uint32_t index, row_index row, const tenant_rules& under) {
  const auto& of = under.tests[index];
  const auto value = people_.value(row, of.column);
  const auto text = people_.column(of.kind, of.column).value(value);
  // A plain pattern is as fast as a look-up.
  if (of.is_regex && of.test) return factors::ask(*of.test, text);
  auto& known = own(index, under);
  auto& found = known.by_value[value];
  if (found != answer::unknown) return found;
  if (is_spent(known.given_up)) return answer::given_up;
  found = factors::ask(*known.test, text);
  if (found == answer::given_up) ++known.given_up;
  return found;
}

judge::own_answers& judge::own(std::uint32_t index, const tenant_rules& under) {
  if (at_work_ != &under) {
    at_work_ = &under;
    own_.clear();
    own_.resize(under.tests.size());
  }
  auto& known = own_[index];
  // It compiled with letters in the place of the values, and values are inserted as groups of plain characters.
  if (!known.test)
    known.test = under.tests[index].test ? under.tests[index].test : make_pattern(under.tests[index].source).value();
  return known;
}

void judge::forget(const population::left_value& value) {
  for (std::uint32_t i = 0; i < shared_.size(); ++i) {
    auto& known = shared_[i];
    if (all_.tests[i].kind != value.kind || known.column != value.column) continue;
    if (value.value >= known.by_value.size()) continue;
    if (known.by_value[value.value] == answer::given_up) --known.given_up;
    known.by_value[value.value] = answer::unknown;
  }
  for (std::uint32_t i = 0; i < own_.size(); ++i) {
    const auto& of = at_work_->tests[i];
    if (of.kind != value.kind || of.column != value.column) continue;
    const auto known = own_[i].by_value.find(value.value);
    if (known == own_[i].by_value.end()) continue;
    if (known->second == answer::given_up) --own_[i].given_up;
    own_[i].by_value.erase(known);
  }
}

void judge::forget(const tenant_rules& under) {
  if (at_work_ != &under) return;
  at_work_ = nullptr;
  own_.clear();
}

}  // namespace licaudit::factors
