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

bool is_only_test(const planned_list& list) {
  return list.size() == 1 && list.front().tests.size() == 1 && list.front().tests.front().shared != no_index;
}

}  // namespace

judge::judge(const compiled& all, const population& people) : all_(all), people_(people) {
  for (std::uint32_t i = 0; i < all.lanes.size(); ++i) {
    auto& lanes = lanes_[index_of(all.lanes[i].kind)];
    places_.push_back(static_cast<std::uint32_t>(lanes.size()));
    lanes.push_back(i);
  }
  for (const auto& one : all.tests) shared_.push_back({people.fields().find(one.kind, one.field).value(), {}});
  for (const auto& one : all.slots) slot_columns_.push_back(people.fields().find(one.kind, one.field).value());
  own_lists_.resize(all.factors.size() * list_kinds.size());
}

void judge::start(const tenant_rules& under) {
  under_ = &under;
  if (++epoch_ > UINT32_MAX / 2) {
    for (auto& one : own_lists_) one.clear();
    epoch_ = 1;
  }
  for (std::size_t i = 0; i < own_used_; ++i) {
    own_[i].is_made = false;
    own_[i].test = nullptr;
  }
  own_used_ = (all_.slots.size() + under.own_columns.size()) * under.views.size();
  if (own_used_ > own_.size()) own_.resize(own_used_);
  if (!under.own.empty()) {
    own_plans_ = plans_for(under);
    plans_ = &own_plans_;
    return;
  }
  auto known = std::find_if(usual_plans_.begin(), usual_plans_.end(),
                            [&](const auto& one) { return one.first == under.applies; });
  if (known == usual_plans_.end()) {
    usual_plans_.emplace_back(under.applies, std::make_unique<plans>(plans_for(under)));
    known = std::prev(usual_plans_.end());
  }
  plans_ = known->second.get();
}

judge::plans judge::plans_for(const tenant_rules& under) const {
  plans made;
  for (const auto kind : subject_kinds) made[index_of(kind)].start.resize(lanes_of(kind).size());
  for (std::uint32_t i = 0; i < all_.factors.size(); ++i) {
    const auto& one = all_.factors[i];
    if ((under.applies[one.lane] >> one.bit & 1U) == 0) continue;
    for (const auto which : list_kinds) plan_list(i, which, under, made);
  }
  return made;
}

void judge::plan_list(std::uint32_t factor, list_kind which, const tenant_rules& under, plans& into) const {
  const auto& of = all_.factors[factor];
  auto& planned = into[index_of(of.which->kind)];
  const auto& list = under.list(all_, factor, which);
  const auto slot = static_cast<std::uint32_t>(factor * list_kinds.size() + index_of(which));
  step made{&list, which, places_[of.lane], 1U << of.bit, no_index, no_index, slot};
  if (std::all_of(list.begin(), list.end(), [](const auto& one) { return one.only_where_set; })) {
    if (which != list_kind::reject) planned.start[made.lane].met[index_of(which)] |= made.bit;
    return;
  }
  if (is_only_test(list)) {
    made.shared_test = list.front().tests.front().shared;
  } else {
    made.column = only_column(list, under);
  }
  planned.steps.push_back(made);
}

/// Of a list that is not the same for all tenants.
std::uint32_t judge::only_column(const planned_list& list, const tenant_rules& under) const {
  auto only = no_index;
  bool own = false;
  for (const auto& criterion : list) {
    if (criterion.only_where_set) continue;
    for (const auto& test : criterion.tests) {
      const auto column = column_of(test, under);
      if (only != no_index && only != column) return no_index;
      only = column;
      own |= test.shared == no_index;
    }
  }
  return own ? only : no_index;
}

std::uint32_t judge::column_of(const planned_test& one, const tenant_rules& under) const {
  if (one.shared != no_index) return shared_[one.shared].column;
  return one.slot < slot_columns_.size() ? slot_columns_[one.slot] : under.own_columns[one.slot - slot_columns_.size()];
}

std::uint32_t judge::column_of(const planned_test& one) const {
  return column_of(one, *under_);
}

/// domain.md 4. Every list is asked, even where the outcome is clear, so that a failure shows whatever the others say.
std::uint32_t judge::combination_of(row_index row, mask_table& table) {
  const auto kind = people_.kind(row);
  auto& by = (*plans_)[index_of(kind)];
  std::uint64_t name = 0;
  outcome_.resize(by.steps.size());
  for (std::size_t i = 0; i < by.steps.size(); ++i) {
    outcome_[i] = ask(by.steps[i], row);
    name = name << 2U | outcome_[i];
  }
  if (by.steps.size() > most_remembered_steps) return table.number_of(lanes_of(kind), masks_of_outcome(by));
  if (name == by.last_name && by.last_number != no_index) return by.last_number;
  const auto [known, is_new] = by.known.try_emplace(name, 0);
  if (is_new) known->second = table.number_of(lanes_of(kind), masks_of_outcome(by));
  by.last_name = name;
  return by.last_number = known->second;
}

const mask_table::masks& judge::masks_of_outcome(const plan& by) {
  bits_ = by.start;
  for (std::size_t i = 0; i < by.steps.size(); ++i) {
    const auto& one = by.steps[i];
    if ((outcome_[i] & met) != 0) bits_[one.lane].met[index_of(one.which)] |= one.bit;
    if ((outcome_[i] & failed) != 0) bits_[one.lane].failed |= one.bit;
  }
  masks_.clear();
  for (const auto& one : bits_) {
    const auto [configured, match, reject] = one.met;
    masks_.push_back({configured, configured & match & ~reject, one.failed});
  }
  return masks_;
}

mask judge::shared_bits(std::uint32_t factor, row_index row) {
  std::array<bool, list_kinds.size()> is_met{true, true, false};
  bool any_failed = false;
  for (const auto which : list_kinds) {
    const auto& list = all_.factors[factor].lists[index_of(which)];
    if (list.empty()) continue;
    const auto found = is_only_test(list)
                           ? ask({&list, which, 0, 0, list.front().tests.front().shared, no_index, 0}, row)
                           : ask(list, row);
    is_met[index_of(which)] = (found & met) != 0;
    any_failed |= (found & failed) != 0;
  }
  const auto bit = 1U << all_.factors[factor].bit;
  const auto [configured, match, reject] = is_met;
  return {configured ? bit : 0, configured && match && !reject ? bit : 0, any_failed ? bit : 0};
}

void judge::learn_from(const judge& other) {
  for (std::size_t i = 0; i < shared_.size(); ++i) {
    const auto same = std::find_if(other.all_.tests.begin(), other.all_.tests.end(),
                                   [&](const shared_test& one) { return is_same(one, all_.tests[i]); });
    if (same == other.all_.tests.end()) continue;
    shared_[i] = other.shared_[static_cast<std::size_t>(same - other.all_.tests.begin())];
  }
}

std::uint8_t judge::ask(const step& one, row_index row) {
  if (one.shared_test != no_index) {
    const auto found = ask_shared(one.shared_test, row);
    if (is_failure(found)) return failed;
    return found == answer::yes ? met : 0;
  }
  return one.column == no_index ? ask(*one.list, row) : ask_own_column(one, row);
}

std::uint8_t judge::ask_own_column(const step& one, row_index row) {
  const auto value = people_.value(row, one.column);
  auto& known = own_lists_[one.slot];
  if (value >= known.size()) known.resize(people_.column(people_.kind(row), one.column).size(), 0);
  if (known[value] >> 1U == epoch_) return known[value] & 1U;
  const auto found = ask(*one.list, row);
  // Failures are asked for again: whether a test is tried depends on what else it gave up on.
  if ((found & failed) == 0) known[value] = epoch_ << 1U | found;
  return found;
}

std::uint8_t judge::ask(const planned_list& list, row_index row) {
  std::uint8_t all = 0;
  for (const auto& one : list) {
    if (one.only_where_set) continue;
    const auto found = ask(one, row);
    if (found == answer::yes) all |= met;
    if (is_failure(found)) all |= failed;
  }
  return all;
}

answer judge::ask(const planned_criterion& one, row_index row) {
  auto best = answer::no;
  if (one.tests.empty()) return best;
  for (std::uint32_t view = 0; view < views_of(one); ++view) {
    auto all = answer::yes;
    for (const auto& test : one.tests) {
      const auto found = ask(test, view, row);
      // A plain no settles it, whatever could not be tested.
      all = found == answer::no ? found : std::max(all, found);
      if (all == answer::no) break;
    }
    if (all == answer::yes) return all;
    best = std::max(best, all);
  }
  return best;
}

answer judge::ask(const planned_test& one, std::uint32_t view, row_index row) {
  return one.shared != no_index ? ask_shared(one.shared, row) : ask_own(one, view, row);
}

answer judge::ask_shared(std::uint32_t index, row_index row) {
  const auto& known = shared_[index];
  const auto value = people_.value(row, known.column);
  if (value < known.by_value.size() && known.by_value[value] != answer::unknown) return known.by_value[value];
  return ask_shared_value(index, people_.kind(row), value);
}

answer judge::ask_shared_value(std::uint32_t index, subject_kind kind, std::uint32_t value) {
  auto& known = shared_[index];
  const auto& column = people_.column(kind, known.column);
  if (value >= known.by_value.size()) known.by_value.resize(column.size(), answer::unknown);
  if (is_spent(known.given_up)) return answer::given_up;
  const auto found = factors::ask(*all_.tests[index].test, column.value(value));
  if (found == answer::given_up) ++known.given_up;
  return known.by_value[value] = found;
}

answer judge::ask_own(const planned_test& one, std::uint32_t view, row_index row) {
  auto& known = own_[one.slot * under_->views.size() + view];
  if (!known.is_made) {
    known.kind = people_.kind(row);
    make(known, one, view);
  }
  const auto value = people_.value(row, known.column);
  const auto text = people_.column(known.kind, known.column).value(value);
  // A plain pattern is as fast as a look-up.
  if (known.is_plain) {
    return ask_each(text, [&](std::string_view each) {
      if (each.size() > longest_text) return answer::too_long;
      return known.plain.matches(each) ? answer::yes : answer::no;
    });
  }
  auto& found = known.by_value[value];
  if (found != answer::unknown) return found;
  if (is_spent(known.given_up)) return answer::given_up;
  found = factors::ask(*known.test, text);
  if (found == answer::given_up) ++known.given_up;
  return found;
}

void judge::make(own_answers& into, const planned_test& one, std::uint32_t view) {
  into.is_made = true;
  into.column = column_of(one);
  into.is_plain = one.plain.has_value();
  into.by_value.clear();
  into.given_up = 0;
  if (one.fixed) {
    into.test = one.fixed;
    return;
  }
  one.form.values_by([&](const placeholder& each) { return under_->value(each, under_->views[view]); }, values_);
  if (into.is_plain) {
    one.plain->fill(values_, into.plain);
  } else {
    // It compiled with letters in the place of the values, and values are inserted as groups of plain characters.
    into.test = make_pattern(one.form.filled(values_)).value();
  }
}

void judge::forget(const population::left_value& value) {
  for (std::uint32_t i = 0; i < shared_.size(); ++i) {
    auto& known = shared_[i];
    if (all_.tests[i].kind != value.kind || known.column != value.column) continue;
    if (value.value >= known.by_value.size()) continue;
    if (known.by_value[value.value] == answer::given_up) --known.given_up;
    known.by_value[value.value] = answer::unknown;
  }
  if (under_ != nullptr) forget_own(value);
}

void judge::forget_own(const population::left_value& value) {
  for (const auto& one : (*plans_)[index_of(value.kind)].steps) {
    auto& known = own_lists_[one.slot];
    if (one.column == value.column && value.value < known.size()) known[value.value] = 0;
  }
  for (std::size_t i = 0; i < own_used_; ++i) {
    auto& one = own_[i];
    if (!one.is_made || one.kind != value.kind || one.column != value.column) continue;
    const auto known = one.by_value.find(value.value);
    if (known == one.by_value.end()) continue;
    if (known->second == answer::given_up) --one.given_up;
    one.by_value.erase(known);
  }
}

}  // namespace licaudit::factors
