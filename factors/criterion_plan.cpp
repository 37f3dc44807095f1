#include "factors/criterion_plan.hpp"

#include "factors/pattern.hpp"
#include "model/json.hpp"

#include <algorithm>

namespace licaudit::factors {
namespace {

void plan_regex(const field_test& test, planned_test& planned, const std::string& path,
                std::vector<rule_error>& errors) {
  auto form = pattern_template::parse(test.pattern);
  if (!form) {
    errors.push_back({path, form.error().detail});
    return;
  }
  planned.form = std::move(*form);
  auto made = make_pattern(planned.form.stand_in());
  if (!made) {
    errors.push_back({path, made.error().detail});
  } else if (planned.form.is_fixed()) {
    planned.fixed = std::move(*made);
  } else {
    planned.placeholders = planned.form.placeholders();
    planned.plain = planned.form.plain();
  }
}

void plan_plugin(const field_test& test, const value_test_kinds& kinds, planned_test& planned, const std::string& path,
                 std::vector<rule_error>& errors) {
  planned.plugin_options = test.plugin + ":" + canonical_json(test.options);
  const auto kind = kinds.find(test.plugin);
  if (kind == kinds.end()) {
    errors.push_back({path, "there is no factor plugin `" + test.plugin + "`; install it or use a regex"});
    return;
  }
  auto made = kind->second(test.options);
  if (!made) {
    errors.push_back({path, "plugin `" + test.plugin + "`: " + made.error().detail});
    return;
  }
  planned.fixed = std::move(*made);
}

void check_setting(const criterion& one, std::string_view path, std::vector<rule_error>& errors) {
  const auto refuse = [&](std::string what) { errors.push_back({std::string(path), std::move(what)}); };
  if (one.only_where_set && one.setting.empty()) refuse("`default: none` needs a `setting`");
  if (one.setting.empty()) return;
  if (one.tests.size() != 1) {
    refuse("a criterion with `setting` must have exactly one field, whose pattern the setting replaces");
  } else if (one.tests.front().plugin != "regex") {
    refuse("`setting` replaces a regex; the plugin `" + one.tests.front().plugin + "` has none");
  }
}

}  // namespace

bool planned_criterion::is_fixed() const {
  return setting.empty() && std::all_of(tests.begin(), tests.end(), [](const auto& test) { return test.fixed; });
}

planned_criterion plan_criterion(const criterion& one, std::string_view path, const value_test_kinds& kinds,
                                 std::vector<rule_error>& errors) {
  planned_criterion planned;
  planned.setting = one.setting;
  planned.only_where_set = one.only_where_set;
  check_setting(one, path, errors);
  if (one.tests.empty()) errors.push_back({std::string(path), "a criterion without a field would match everything"});
  for (const auto& test : one.tests) {
    const auto test_path = std::string(path) + "." + test.field;
    planned.tests.emplace_back();
    planned.tests.back().field = test.field;
    if (test.field.empty()) errors.push_back({test_path, "a field needs a name"});
    if (test.plugin == "regex") {
      plan_regex(test, planned.tests.back(), test_path, errors);
    } else {
      plan_plugin(test, kinds, planned.tests.back(), test_path, errors);
    }
  }
  planned.per_site = std::any_of(planned.tests.begin(), planned.tests.end(),
                                 [](const planned_test& test) { return test.form.names_site(); });
  return planned;
}

std::string criterion_path(std::string_view list_path, std::size_t position) {
  return std::string(list_path) + "[" + std::to_string(position) + "]";
}

}  // namespace licaudit::factors
