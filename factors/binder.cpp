#include "factors/binder.hpp"

#include "factors/pattern.hpp"
#include "factors/regex_token.hpp"
#include "model/names.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::factors {
namespace {

constexpr std::string_view gateway_field = "pstn_gateway";

std::string test_name(list_kind which, std::uint32_t position, const std::string& field) {
  auto name = criterion_path(to_text(which), position);
  return field.empty() ? name : name + "." + field;
}

bool names_site(const planned_criterion& planned) {
  return std::any_of(planned.tests.begin(), planned.tests.end(),
                     [](const planned_test& test) { return test.form.names_site(); });
}

}  // namespace

std::string binder::site_view::text(const std::string& field) const {
  if (former != nullptr && field == gateway_field) return std::string(trimmed(*former));
  return of == nullptr ? std::string() : std::string(of->text(field));
}

binder::binder(const compiled& all, const tenant& whose, instant now, const held_fields& held)
    : all_(all), whose_(whose), held_(held) {
  for (const auto& one : whose.sites) {
    views_.push_back({&one});
    for (const auto& former : one.former_gateways) {
      const bool lasts = !former.until || now < *former.until;
      if (lasts && !trimmed(former.gateway).empty()) views_.push_back({&one, &former.gateway});
    }
  }
  if (views_.empty()) views_.push_back({nullptr});
}

tenant_rules binder::run() {
  made_.applies.assign(all_.lanes.size(), 0);
  for (std::uint32_t i = 0; i < all_.factors.size(); ++i) {
    const auto& one = all_.factors[i];
    // A node without a service counts nothing of its own.
    if (whose_.service.empty() || !one.which->applies_to(whose_.service)) continue;
    made_.applies[one.lane] |= 1U << one.bit;
    for (const auto which : list_kinds) bind_list(i, which);
  }
  return std::move(made_);
}

void binder::bind_list(std::uint32_t factor, list_kind which) {
  const auto& of = all_.factors[factor];
  const auto& planned = of.lists[index_of(which)];
  const auto* own = own_criteria(whose_, of, which);
  const bool shared = std::all_of(planned.begin(), planned.end(), [](const auto& one) { return one.is_fixed(); });
  if (own == nullptr && shared) return;
  bound_list bound{factor, which, {}};
  const auto& written = own != nullptr ? *own : of.written(which);
  for (std::uint32_t i = 0; i < written.size(); ++i) {
    const place at{factor, which, i};
    bind_criterion(written[i], own != nullptr ? plan(written[i], at) : planned[i], at, bound);
  }
  made_.lists.push_back(std::move(bound));
}

void binder::bind_criterion(const criterion& written, planned_criterion planned, place at, bound_list& into) {
  const auto* setting = setting_of(whose_, written.setting);
  if (setting != nullptr && !planned.tests.empty()) planned = plan(with_setting(written, *setting), at);
  if (setting == nullptr && written.only_where_set) return;
  bound_criterion bound{at.position, {}};
  if (!planned.tests.empty()) {  // else it does not compile and matches nothing
    note_blanks(planned, at);
    const auto views = names_site(planned) ? views_.size() : 1;
    for (std::size_t i = 0; i < views; ++i) {
      auto instance = bind_instance(planned, at, views_[i]);
      const bool known =
          instance && std::find(bound.any_of.begin(), bound.any_of.end(), *instance) != bound.any_of.end();
      if (instance && !known) bound.any_of.push_back(std::move(*instance));
    }
  }
  into.criteria.push_back(std::move(bound));
}

std::optional<std::vector<bound_test>> binder::bind_instance(const planned_criterion& planned, place at,
                                                             const site_view& view) {
  std::vector<bound_test> tests;
  for (const auto& test : planned.tests) {
    if (test.shared != no_index) {
      made_.asks_shared_tests = true;
      tests.push_back({false, test.shared});
      continue;
    }
    const auto index = own_index(test, view, at);
    if (!index) return std::nullopt;
    tests.push_back({true, *index});
  }
  return tests;
}

std::optional<std::uint32_t> binder::own_index(const planned_test& test, const site_view& view, place at) {
  const auto kind = all_.factors[at.factor].which->kind;
  const auto column = held_.find(kind, test.field);
  if (!column) {
    note_bad(at, test.field, "the field `" + test.field + "` is not held in memory; reload the inventory to read it");
    return std::nullopt;
  }
  own_test made{kind, *column, test.source(), test.plugin_options.empty(), test.fixed};
  std::vector<std::string> values;
  if (!test.fixed) {
    values = test.form.values_by([&](const placeholder& one) {
      return one.of == placeholder::owner::site ? view.text(one.field) : whose_.text(one.field);
    });
    made.source = test.form.filled(values);
  }
  const auto known = std::find(made_.tests.begin(), made_.tests.end(), made);
  const auto index = static_cast<std::uint32_t>(known - made_.tests.begin());
  if (known != made_.tests.end()) return index;
  if (test.plain) {
    made.test = make_plain_test(test.plain->filled(values));
  } else if (made.is_regex) {
    made.test = needs_engine(made.source) ? nullptr : make_pattern(made.source).value();
  }
  made_.tests.push_back(std::move(made));
  return index;
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

/// Each blank value of a site; of the tenant only what leaves a test without an alternative, whatever its sites say.
void binder::note_blanks(const planned_criterion& planned, place at) {
  for (const auto& test : planned.tests) {
    for (const auto& one : test.form.placeholders()) {
      if (one.of == placeholder::owner::tenant) {
        if (!whose_.text(one.field).empty() || can_match_somewhere(test)) continue;
        note_blank({nullptr, one.field, test.field}, at,
                   "`" + one.field + "` of the tenant is blank, so the criterion matches nothing");
        continue;
      }
      for (const auto& view : views_) {
        // A tenant without sites is no fault: nobody forgot to fill in a gateway there.
        if (view.of == nullptr || !view.text(one.field).empty()) continue;
        note_blank({view.of, one.field, test.field}, at,
                   "`" + one.field + "` of site `" + std::string(view.of->text("name")) +
                       "` is blank; alternatives that name it match nothing");
      }
    }
  }
}

/// Whether the values of the tenant leave an alternative, if those of its sites are given.
bool binder::can_match_somewhere(const planned_test& test) const {
  return can_match(test.form.filled([&](const placeholder& one) {
    return one.of == placeholder::owner::site ? std::string("x") : whose_.text(one.field);
  }));
}

void binder::note_blank(const blank& value, place at, std::string text) {
  auto made = problem(at, value.test_field, std::move(text));
  made.what = rule_problem::kind::blank_placeholder;
  made.field = value.field;
  if (value.of != nullptr) made.site = value.of->text("name");
  const bool known = std::any_of(made_.problems.begin(), made_.problems.end(), [&](const rule_problem& one) {
    return one.what == made.what && one.site == made.site && one.field == made.field && one.text == made.text;
  });
  if (!known) made_.problems.push_back(std::move(made));
}

void binder::note_bad(place at, const std::string& field, std::string text) {
  auto made = problem(at, field, std::move(text));
  made.what = rule_problem::kind::bad_criterion;
  const bool known = std::any_of(made_.problems.begin(), made_.problems.end(), [&](const rule_problem& one) {
    return one.of_factor == made.of_factor && one.criterion == made.criterion && one.text == made.text;
  });
  if (!known) made_.problems.push_back(std::move(made));
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
