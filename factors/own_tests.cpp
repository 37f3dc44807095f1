#include "factors/own_tests.hpp"

#include "factors/pattern.hpp"

namespace licaudit::factors {

void own_tests::start(const tenant_rules& under) {
  under_ = &under;
  for (std::size_t i = 0; i < used_; ++i) {
    tests_[i].is_made = false;
    tests_[i].test = nullptr;
  }
  used_ = (all_.slots.size() + under.own_columns.size()) * under.views.size();
  if (used_ > tests_.size()) tests_.resize(used_);
}

answer own_tests::ask(const planned_test& one, std::uint32_t view, const asked_value& value) {
  auto& known = tests_[one.slot * under_->views.size() + view];
  if (!known.is_made) {
    known.kind = value.kind;
    known.column = value.column;
    make(known, one, view);
  }
  if (known.is_plain) {
    return ask_each(value.text, [&](std::string_view each) {
      if (each.size() > longest_text) return answer::too_long;
      return known.plain.matches(each) ? answer::yes : answer::no;
    });
  }
  auto& found = known.by_value[value.number];
  if (found != answer::unknown) return found;
  if (known.given_up > most_given_up) return answer::given_up;
  found = factors::ask(*known.test, value.text);
  if (found == answer::given_up) ++known.given_up;
  return found;
}

void own_tests::make(own_test& into, const planned_test& one, std::uint32_t view) {
  into.is_made = true;
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

void own_tests::forget(const population::left_value& value) {
  for (std::size_t i = 0; i < used_; ++i) {
    auto& one = tests_[i];
    if (!one.is_made || one.kind != value.kind || one.column != value.column) continue;
    const auto known = one.by_value.find(value.value);
    if (known == one.by_value.end()) continue;
    if (known->second == answer::given_up) --one.given_up;
    one.by_value.erase(known);
  }
}

}  // namespace licaudit::factors
