#include "factors/binder.hpp"

#include "factors/regex_token.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::factors {
namespace {

std::string test_name(list_kind which, std::uint32_t position, const std::string& field) {
  auto name = criterion_path(to_text(which), position);
  return field.empty() ? name : name + "." + field;
}

}  // namespace

binder::binder(const compiled& all, const tenant_texts& whose, instant now, const held_fields& held,
               std::vector<rule_problem>* problems)
    : all_(all), held_(held), problems_(problems) {
  made_.whose = &whose;
  made_.views = views_of(whose, now);
}

tenant_rules binder::run() {
  made_.applies.assign(all_.lanes.size(), 0);
  const auto service = made_.whose->text("service");
  if (service.empty()) return std::move(made_);  // such a node counts nothing of its own
  for (std::uint32_t i = 0; i < all_.factors.size(); ++i) {
    const auto& one = all_.factors[i];
    if (!one.which->applies_to(service)) continue;
    made_.applies[one.lane] |= 1U << one.bit;
    for (const auto which : list_kinds) bind_list(i, which);
  }
  return std::move(made_);
}

void binder::bind_list(std::uint32_t factor, list_kind which) {
  const auto& of = all_.factors[factor];
  const auto& planned = of.lists[index_of(which)];
  const auto* own = own_criteria(made_.whose->criteria(), of, which);
  const auto& written = own != nullptr ? *own : of.written(which);
  const auto is_set = [&](const criterion& one) { return setting_of(made_.whose->settings(), one.setting) != nullptr; };
  if (own == nullptr && std::none_of(written.begin(), written.end(), is_set)) {
    if (problems_ != nullptr) note_blanks(planned, factor, which);
    return;
  }
  planned_list list;
  for (std::uint32_t i = 0; i < written.size(); ++i) {
    const place at{factor, which, i};
    list.push_back(own != nullptr ? plan(written[i], at) : planned[i]);
    if (const auto* setting = setting_of(made_.whose->settings(), written[i].setting)) {
      if (!list.back().tests.empty()) list.back() = plan(with_setting(written[i], *setting), at);
      list.back().only_where_set = false;
    }
    if (!list.back().only_where_set) give_slots(list.back(), at);
  }
  if (problems_ != nullptr) note_blanks(list, factor, which);
  made_.own.emplace(std::pair(factor, which), std::move(list));
}

/// Of the tenant's own: what does not compile has no tests.
planned_criterion binder::plan(const criterion& one, place at) {
  std::vector<rule_error> errors;
  auto planned = plan_criterion(one, criterion_path(to_text(at.which), at.position), all_.kinds, errors);
  const auto field = one.tests.empty() ? std::string() : one.tests.front().field;
  for (const auto& error : errors) note_bad(at, field, error.path + ": " + error.what + "; it matches nothing");
  for (const auto& test : one.tests) {
    for (auto& text : look_alikes(test.pattern)) note_bad(at, test.field, std::move(text));
  }
  if (!errors.empty()) planned.tests.clear();
  return planned;
}

void binder::give_slots(planned_criterion& one, place at) {
  for (auto& test : one.tests) {
    if (test.shared != no_index || test.slot != no_index) continue;  // one of the set's, beside what the tenant has set
    const auto column = held_.find(all_.factors[at.factor].which->kind, test.field);
    if (!column) {
      note_bad(at, test.field, "the field `" + test.field + "` is not held in memory; reload the inventory to read it");
      one.tests.clear();
      return;
    }
    test.slot = static_cast<std::uint32_t>(all_.slots.size() + made_.own_columns.size());
    made_.own_columns.push_back(*column);
  }
}

void binder::note_blanks(const planned_list& list, std::uint32_t factor, list_kind which) {
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    if (!list[i].only_where_set) note_blanks(list[i], {factor, which, i});
  }
}

/// Each blank value of a site; of the tenant only what leaves a test without an alternative, whatever its sites say.
void binder::note_blanks(const planned_criterion& planned, place at) {
  for (const auto& test : planned.tests) {
    for (const auto& one : test.placeholders) {
      if (one.of == placeholder::owner::tenant) {
        if (!made_.whose->text(one.field).empty() || can_match_somewhere(test)) continue;
        note_blank(nullptr, one.field, test.field, at,
                   "`" + one.field + "` of the tenant is blank, so the criterion matches nothing");
        continue;
      }
      for (const auto& view : made_.views) {
        // A tenant without sites is no fault: nobody forgot to fill in a gateway there.
        if (!view.of || !view.text(one.field).empty()) continue;
        note_blank(&view, one.field, test.field, at,
                   "`" + one.field + "` of site `" + std::string(made_.whose->site_text(*view.of, "name")) +
                       "` is blank; alternatives that name it match nothing");
      }
    }
  }
}

/// Whether the values of the tenant leave an alternative, if those of its sites are given.
bool binder::can_match_somewhere(const planned_test& test) const {
  return can_match(test.form.filled_by([&](const placeholder& one) {
    return one.of == placeholder::owner::site ? std::string_view("x") : made_.whose->text(one.field);
  }));
}

void binder::note_blank(const site_view* view, const std::string& field, const std::string& test_field, place at,
                        std::string text) {
  auto made = problem(at, test_field, std::move(text));
  made.what = rule_problem::kind::blank_placeholder;
  made.field = field;
  if (view != nullptr) made.site = made_.whose->site_text(*view->of, "name");
  const bool known = std::any_of(problems_->begin(), problems_->end(), [&](const rule_problem& one) {
    return one.what == made.what && one.site == made.site && one.field == made.field && one.text == made.text;
  });
  if (!known) problems_->push_back(std::move(made));
}

void binder::note_bad(place at, const std::string& field, std::string text) {
  if (problems_ == nullptr) return;
  auto made = problem(at, field, std::move(text));
  made.what = rule_problem::kind::bad_criterion;
  const bool known = std::any_of(problems_->begin(), problems_->end(), [&](const rule_problem& one) {
    return one.of_factor == made.of_factor && one.criterion == made.criterion && one.text == made.text;
  });
  if (!known) problems_->push_back(std::move(made));
}

rule_problem binder::problem(place at, const std::string& field, std::string text) const {
  rule_problem made{};
  made.field = field;
  made.of_licence = all_.factors[at.factor].of;
  made.of_factor = all_.factors[at.factor].which;
  made.criterion = test_name(at.which, at.position, field);
  made.text = std::move(text);
  return made;
}

}  // namespace licaudit::factors
