#include "factors/judge.hpp"

#include "factors/pattern.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// The rest of a test's answers once it has given up too often (`most_given_up`).
bool is_spent(std::size_t given_up) {
  return given_up > most_given_up;
}

/// Two plugins of one name may differ, two equal regexes cannot.
bool is_same(const shared_test& a, const shared_test& b) {
  return a.is_regex && b.is_regex && a.kind == b.kind && a.field == b.field && a.source == b.source;
}

}  // namespace

judge::judge(const compiled& all, const population& people) : all_(all), people_(people) {
  for (std::uint32_t i = 0; i < all.lanes.size(); ++i) {
    auto& lanes = lanes_[index_of(all.lanes[i].kind)];
    places_.push_back(static_cast<std::uint32_t>(lanes.size()));
    lanes.push_back(i);
  }
  for (std::uint32_t i = 0; i < all.factors.size(); ++i) {
    for (const auto which : list_kinds) shared_lists_.push_back(bind_shared(all, i, which));
  }
  for (const auto& one : all.tests) shared_.push_back({people.fields().find(one.kind, one.field).value(), {}});
  own_lists_.resize(shared_lists_.size());
}

const bound_list& judge::list(const tenant_rules& under, std::uint32_t factor, list_kind which) const {
  const auto* own = under.find(factor, which);
  return own != nullptr ? *own : shared_lists_[factor * list_kinds.size() + index_of(which)];
}

/// domain.md 4. Every list is asked, even where the outcome is clear, so that a failure shows whatever the others say.
const mask_table::masks& judge::masks_of(row_index row, const tenant_rules& under) {
  if (at_work_ != &under) start_work(under);
  const auto& planned = plans_[index_of(people_.at(row).kind)];
  bits_ = planned.start;
  for (const auto& one : planned.steps) {
    const auto found = ask(one, row, under);
    if (found.met) bits_[one.lane].met[index_of(one.list->which)] |= one.bit;
    if (found.failed) bits_[one.lane].failed |= one.bit;
  }
  masks_.clear();
  for (const auto& one : bits_) {
    const auto [configured, match, reject] = one.met;
    masks_.push_back({configured, configured & match & ~reject, one.failed});
  }
  return masks_;
}

mask judge::shared_bits(std::uint32_t factor, row_index row) {
  static const tenant_rules nobody;
  std::array<bool, list_kinds.size()> met{true, true, false};
  bool failed = false;
  for (const auto which : list_kinds) {
    const auto& list = shared_lists_[factor * list_kinds.size() + index_of(which)];
    if (list.criteria.empty()) continue;
    const auto found = ask(list, row, nobody);
    met[index_of(which)] = found.met;
    failed |= found.failed;
  }
  const auto bit = 1U << all_.factors[factor].bit;
  const auto [configured, match, reject] = met;
  return {configured ? bit : 0, configured && match && !reject ? bit : 0, failed ? bit : 0};
}

void judge::learn_from(const judge& other) {
  for (std::size_t i = 0; i < shared_.size(); ++i) {
    const auto same = std::find_if(other.all_.tests.begin(), other.all_.tests.end(),
                                   [&](const shared_test& one) { return is_same(one, all_.tests[i]); });
    if (same == other.all_.tests.end()) continue;
    shared_[i] = other.shared_[static_cast<std::size_t>(same - other.all_.tests.begin())];
  }
}

void judge::start_work(const tenant_rules& under) {
  at_work_ = &under;
  own_.clear();
  own_.resize(under.tests.size());
  if (++epoch_ > UINT32_MAX / 2) {
    for (auto& one : own_lists_) one.clear();
    epoch_ = 1;
  }
  for (const auto kind : subject_kinds) {
    auto& planned = plans_[index_of(kind)];
    planned.steps.clear();
    planned.start.assign(lanes_of(kind).size(), {});
  }
  for (std::uint32_t i = 0; i < all_.factors.size(); ++i) {
    const auto& one = all_.factors[i];
    if ((under.applies[one.lane] >> one.bit & 1U) == 0) continue;
    for (const auto which : list_kinds) plan_list(i, which, under);
  }
}

void judge::plan_list(std::uint32_t factor, list_kind which, const tenant_rules& under) {
  const auto& of = all_.factors[factor];
  auto& planned = plans_[index_of(of.which->kind)];
  const auto& list = this->list(under, factor, which);
  const auto slot = static_cast<std::uint32_t>(factor * list_kinds.size() + index_of(which));
  const bool own = &list != &shared_lists_[slot];
  step made{&list, places_[of.lane], 1U << of.bit, no_index, no_index, slot};
  if (list.criteria.empty()) {
    if (which != list_kind::reject) planned.start[made.lane].met[index_of(which)] |= made.bit;
    return;
  }
  if (own) {
    made.column = only_column(list, under);
  } else if (list.criteria.size() == 1 && list.criteria.front().any_of.front().size() == 1) {
    made.shared_test = list.criteria.front().any_of.front().front().index;
  }
  planned.steps.push_back(made);
}

std::uint32_t judge::only_column(const bound_list& list, const tenant_rules& under) const {
  auto only = no_index;
  for (const auto& criterion : list.criteria) {
    for (const auto& instance : criterion.any_of) {
      for (const auto& test : instance) {
        const auto column = test.own ? under.tests[test.index].column : shared_[test.index].column;
        if (only != no_index && only != column) return no_index;
        only = column;
      }
    }
  }
  return only;
}

judge::list_answer judge::ask(const step& one, row_index row, const tenant_rules& under) {
  if (one.shared_test != no_index) {
    const auto found = ask_shared(one.shared_test, row);
    return {found == answer::yes, is_failure(found)};
  }
  if (one.column == no_index) return ask(*one.list, row, under);
  const auto value = people_.value(row, one.column);
  auto& known = own_lists_[one.slot];
  if (value >= known.size()) known.resize(people_.column(people_.at(row).kind, one.column).size(), 0);
  if (known[value] >> 1U == epoch_) return {(known[value] & 1U) != 0, false};
  const auto found = ask(*one.list, row, under);
  // Failures are asked for again: whether a test is tried depends on what else it gave up on.
  if (!found.failed) known[value] = epoch_ << 1U | (found.met ? 1U : 0U);
  return found;
}

judge::list_answer judge::ask(const bound_list& list, row_index row, const tenant_rules& under) {
  list_answer all{false, false};
  for (const auto& one : list.criteria) {
    const auto found = ask(one, row, under);
    all.met |= found == answer::yes;
    all.failed |= is_failure(found);
  }
  return all;
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
  const auto& column = people_.column(people_.at(row).kind, known.column);
  if (value >= known.by_value.size()) known.by_value.resize(column.size(), answer::unknown);
  auto& found = known.by_value[value];
  if (found != answer::unknown) return found;
  if (is_spent(known.given_up)) return answer::given_up;
  found = factors::ask(*all_.tests[index].test, column.value(value));
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
  if (at_work_ != &under) start_work(under);
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
  if (at_work_ == nullptr) return;
  for (const auto& one : plans_[index_of(value.kind)].steps) {
    auto& known = own_lists_[one.slot];
    if (one.column == value.column && value.value < known.size()) known[value.value] = 0;
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
