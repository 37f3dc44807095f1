#include "factors/judge.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

/// In `own_known_`, above the number of an answer.
constexpr unsigned epoch_shift = 16;
constexpr std::uint32_t answer_bits = 0xFFFF;

bool is_asked(const planned_criterion& one) {
  return !one.only_where_set;
}

}  // namespace

judge::judge(const compiled& all, const population& people) : all_(all), people_(people), own_(all) {
  for (std::uint32_t i = 0; i < all.lanes.size(); ++i) {
    auto& lanes = lanes_[index_of(all.lanes[i].kind)];
    places_.push_back(static_cast<std::uint32_t>(lanes.size()));
    lanes.push_back(i);
  }
  for (const auto& one : all.tests) {
    const auto column = people.fields().find(one.kind, one.field).value();
    const auto known = std::find_if(shared_.begin(), shared_.end(), [&](const column_answers& other) {
      return other.kind() == one.kind && other.column() == column;
    });
    const auto book = static_cast<std::uint32_t>(known - shared_.begin());
    if (known == shared_.end()) shared_.emplace_back(one.kind, column);
    shared_places_.push_back({book, shared_[book].add(one)});
  }
  for (const auto& one : all.slots) slot_columns_.push_back(people.fields().find(one.kind, one.field).value());
  for (const auto kind : subject_kinds) own_known_[index_of(kind)].resize(people.fields().of(kind).size());
}

void judge::start(const tenant_rules& under) {
  under_ = &under;
  if (++epoch_ > UINT32_MAX >> epoch_shift) {
    for (auto& of_kind : own_known_) {
      for (auto& one : of_kind) one.clear();
    }
    epoch_ = 1;
  }
  own_.start(under);
  if (!under.own.empty()) {
    own_plans_ = {under.applies, plans_for(under), {}};
    plans_ = &own_plans_;
    return;
  }
  auto known = std::find_if(usual_plans_.begin(), usual_plans_.end(),
                            [&](const auto& one) { return one->applies == under.applies; });
  if (known == usual_plans_.end()) {
    usual_plans_.push_back(std::make_unique<usual_plans>(usual_plans{under.applies, plans_for(under), {}}));
    known = std::prev(usual_plans_.end());
  }
  plans_ = known->get();
}

judge::plans judge::plans_for(const tenant_rules& under, const std::vector<std::uint32_t>* only) const {
  plans made;
  for (const auto kind : subject_kinds) made[index_of(kind)] = outcome_plan(lanes_of(kind).size());
  for (std::uint32_t i = 0; i < all_.factors.size(); ++i) {
    const auto& one = all_.factors[i];
    if ((under.applies[one.lane] >> one.bit & 1U) == 0) continue;
    if (only != nullptr && std::find(only->begin(), only->end(), i) == only->end()) continue;
    for (const auto which : list_kinds) plan_list(i, which, under, made);
  }
  return made;
}

void judge::plan_list(std::uint32_t factor, list_kind which, const tenant_rules& under, plans& into) const {
  const auto& of = all_.factors[factor];
  auto& plan = into[index_of(of.which->kind)];
  const auto& list = under.list(all_, factor, which);
  const step made{&list, which, places_[of.lane], 1U << of.bit};
  if (std::none_of(list.begin(), list.end(), is_asked)) {
    plan.add_empty(made);
    return;
  }
  const auto [column, is_shared] = only_column(list, under);
  auto book = no_index;
  if (is_shared) book = shared_places_[list.front().tests.front().shared].book;
  auto& group = plan.group_of(column, book);
  group.steps.push_back(made);
  group.now.push_back(0);
  if (is_shared) add_tests(list, group);
}

void judge::add_tests(const planned_list& list, outcome_plan::group& to) const {
  for (const auto& criterion : list) {
    for (const auto& test : criterion.tests) {
      const auto place = shared_places_[test.shared].place;
      if (std::find(to.tests.begin(), to.tests.end(), place) == to.tests.end()) to.tests.push_back(place);
    }
  }
}

/// The only column that a list reads, or no_index, and whether it is the same list for all tenants.
std::pair<std::uint32_t, bool> judge::only_column(const planned_list& list, const tenant_rules& under) const {
  auto only = no_index;
  bool is_shared = true;
  for (const auto& criterion : list) {
    // One without a test is a tenant's that does not compile, one that is not asked may be asked elsewhere.
    is_shared &= is_asked(criterion) && !criterion.tests.empty();
    if (!is_asked(criterion)) continue;
    for (const auto& test : criterion.tests) {
      const auto column = column_of(test, &under);
      if (only != no_index && only != column) return {no_index, false};
      only = column;
      is_shared &= test.shared != no_index;
    }
  }
  return {only, is_shared};
}

std::uint32_t judge::column_of(const planned_test& one, const tenant_rules* under) const {
  if (one.shared != no_index) return shared_[shared_places_[one.shared].book].column();
  return one.slot < slot_columns_.size() ? slot_columns_[one.slot]
                                         : under->own_columns[one.slot - slot_columns_.size()];
}

const std::vector<std::uint32_t>& judge::combinations_of(const row_span& rows, mask_table& table) {
  const auto kind = index_of(rows.kind);
  auto& plan = plans_->of[kind];
  (void)outcomes_of(rows, plan);
  auto& combinations = plans_->combinations[kind];
  combinations.resize(plan.size(), no_index);
  for (auto& one : outcomes_) {
    auto& combination = combinations[one];
    if (combination == no_index) {
      mask_table::masks masks;
      for (const auto& lane : plan.at(one)) masks.push_back(lane.verdict());
      combination = table.number_of(lanes_of(rows.kind), masks);
    }
    one = combination;
  }
  return outcomes_;
}

/// Every list is asked, even where the outcome is clear, so that a failure shows whatever the others say.
const std::vector<std::uint32_t>& judge::outcomes_of(const row_span& rows, outcome_plan& by) {
  outcomes_.assign(rows.count, outcome_plan::start);
  for (auto& group : by.groups()) {
    if (group.shared != no_index) {
      follow_shared(rows, by, group);
    } else if (group.column != no_index) {
      follow_own(rows, by, group);
    } else {
      follow_rows(rows, by, group);
    }
  }
  return outcomes_;
}

void judge::follow_shared(const row_span& rows, outcome_plan& by, outcome_plan::group& group) {
  auto& answers = shared_[group.shared];
  const auto& texts = people_.column(rows.kind, group.column);
  const auto& values = people_.values(group.column);
  answers.reach(texts.size());
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const auto value = static_cast<std::uint32_t>(values[rows.first + i]);
    auto profile = answers.profile_of(value);
    auto next = group.after.find(outcomes_[i], profile);
    if (next == no_index) {
      profile = answers.ask(value, group.tests, texts);
      next = group.after.find(outcomes_[i], profile);
    }
    if (next == no_index) {
      for (std::size_t j = 0; j < group.steps.size(); ++j) {
        group.now[j] = ask_list(*group.steps[j].list, [&](const planned_test& test, std::uint32_t) {
          return answers.said(profile, shared_places_[test.shared].place);
        });
      }
      next = by.follow(outcomes_[i], group, profile);
    }
    outcomes_[i] = next;
  }
}

void judge::follow_own(const row_span& rows, outcome_plan& by, outcome_plan::group& group) {
  auto& known = own_known_[index_of(rows.kind)][group.column];
  known.resize(std::max(known.size(), people_.column(rows.kind, group.column).size()), 0);
  const auto& values = people_.values(group.column);
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const auto value = static_cast<std::uint32_t>(values[rows.first + i]);
    const bool is_known = known[value] >> epoch_shift == epoch_;
    const auto answer = is_known ? known[value] & answer_bits : own_answer(rows.kind, value, group);
    auto next = group.after.find(outcomes_[i], answer);
    if (next == no_index) {
      group.now = group.answers[answer];
      next = by.follow(outcomes_[i], group, answer);
    }
    outcomes_[i] = next;
  }
}

std::uint32_t judge::own_answer(subject_kind kind, std::uint32_t value, outcome_plan::group& group) {
  const auto of = asked(kind, group.column, value);
  bool has_failed = false;
  for (std::size_t j = 0; j < group.steps.size(); ++j) {
    group.now[j] = ask_list(*group.steps[j].list,
                            [&](const planned_test& test, std::uint32_t view) { return ask_value(test, view, of); });
    has_failed |= (group.now[j] & failed) != 0;
  }
  const auto number = group.answer_number();
  // Failures are asked for again: whether a test is tried depends on what else it gave up on.
  if (!has_failed && number <= answer_bits) {
    own_known_[index_of(kind)][group.column][value] = epoch_ << epoch_shift | number;
  }
  return number;
}

void judge::follow_rows(const row_span& rows, outcome_plan& by, outcome_plan::group& group) {
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    for (std::size_t j = 0; j < group.steps.size(); ++j) {
      group.now[j] = ask_list(*group.steps[j].list, [&](const planned_test& test, std::uint32_t view) {
        return ask(test, view, rows.first + i);
      });
    }
    const auto answer = group.answer_number();
    auto next = group.after.find(outcomes_[i], answer);
    if (next == no_index) next = by.follow(outcomes_[i], group, answer);
    outcomes_[i] = next;
  }
}

template <class Ask>
std::uint8_t judge::ask_list(const planned_list& list, const Ask& ask) {
  std::uint8_t all = 0;
  for (const auto& one : list) {
    if (!is_asked(one)) continue;
    const auto found = ask_criterion(one, ask);
    if (found == answer::yes) all |= met;
    if (is_failure(found)) all |= failed;
  }
  return all;
}

template <class Ask>
answer judge::ask_criterion(const planned_criterion& one, const Ask& ask) {
  auto best = answer::no;
  if (one.tests.empty()) return best;
  for (std::uint32_t view = 0; view < views_of(one); ++view) {
    auto all = answer::yes;
    for (const auto& test : one.tests) {
      const auto found = ask(test, view);
      // A plain no settles it, whatever could not be tested.
      all = found == answer::no ? found : std::max(all, found);
      if (all == answer::no) break;
    }
    if (all == answer::yes) return all;
    best = std::max(best, all);
  }
  return best;
}

answer judge::ask(const planned_criterion& one, row_index row) {
  return ask_criterion(one, [&](const planned_test& test, std::uint32_t view) { return ask(test, view, row); });
}

answer judge::ask(const planned_test& one, std::uint32_t view, row_index row) {
  const auto column = column_of(one);
  return ask_value(one, view, asked(people_.kind(row), column, people_.value(row, column)));
}

answer judge::ask_value(const planned_test& one, std::uint32_t view, const asked_value& value) {
  if (one.shared == no_index) return own_.ask(one, view, value);
  const auto [book, place] = shared_places_[one.shared];
  auto& answers = shared_[book];
  const auto& texts = people_.column(value.kind, value.column);
  answers.reach(texts.size());
  const auto known = answers.said(answers.profile_of(value.number), place);
  return known != answer::unknown ? known : answers.said(answers.ask(value.number, {place}, texts), place);
}

std::size_t judge::given_up(std::uint32_t shared_test) const {
  const auto [book, place] = shared_places_[shared_test];
  return shared_[book].given_up(place);
}

void judge::learn_from(const judge& other) {
  for (auto& one : shared_) {
    const auto same = std::find_if(other.shared_.begin(), other.shared_.end(), [&](const column_answers& each) {
      return each.kind() == one.kind() && each.column() == one.column();
    });
    if (same != other.shared_.end()) one.learn_from(*same);
  }
}

void judge::forget(const population::left_value& value) {
  for (auto& one : shared_) {
    if (one.kind() == value.kind && one.column() == value.column) one.forget(value.value);
  }
  auto& known = own_known_[index_of(value.kind)][value.column];
  if (value.value < known.size()) known[value.value] = 0;
  own_.forget(value);
}

}  // namespace licaudit::factors
