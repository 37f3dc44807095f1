#include "model/factor_set.hpp"
#include "model/names.hpp"

#include <algorithm>

namespace licaudit {

namespace {

// Keys of a criterion that are no field, and the plugin that is built in.
constexpr std::string_view setting_key = "setting";
constexpr std::string_view default_key = "default";
constexpr std::string_view built_in = "regex";

json::object to_json(const criterion& value) {
  json::object out;
  for (const auto& test : value.tests) {
    if (test.plugin == built_in) {
      out[test.field] = test.pattern;
    } else {
      json::object options = test.options;
      options["plugin"] = test.plugin;
      out[test.field] = std::move(options);
    }
  }
  if (!value.setting.empty()) out[setting_key] = value.setting;
  if (value.only_where_set) out[default_key] = "none";
  return out;
}

/// `{ plugin: number-range, ranges: [..] }`, or `{ plugin: regex, pattern: '..' }`, which is the same as the text
/// alone.
result<field_test> plugin_test(const json::object& form, std::string_view field, const std::string& what) {
  json_reader in(form, what + ": " + std::string(field));
  field_test test;
  test.field = field;
  test.plugin = in.text("plugin");
  if (!is_name(test.plugin)) in.refuse("plugin", "the name of a factor plugin");
  if (test.plugin == built_in) {
    test.pattern = in.text("pattern");
  } else {
    in.allow_others();  // the plugin knows its options
    test.options = form;
    test.options.erase("plugin");
  }
  if (auto wrong = in.finish()) return *wrong;
  return test;
}

/// Patterns are the only texts that are not trimmed: a blank in one is a blank that has to be there.
result<field_test> field_test_from_json(json_reader& in, const json::key_value_pair& member, const std::string& what) {
  const std::string_view field = member.key();
  const auto* form = in.optional_value(field);
  if (const auto* options = form->if_object()) return plugin_test(*options, field, what);
  field_test test;
  test.field = field;
  if (const auto* pattern = form->if_string()) {
    test.pattern = std::string(*pattern);
  } else {
    in.refuse(field, "a regex as text, or a map with the key plugin");
  }
  return test;
}

result<criterion> criterion_from_json(const json::value& value, const std::string& what) {
  json_reader in(value, what);
  criterion out;
  out.setting = trimmed(in.optional_text(setting_key));
  if (in.has(setting_key) && out.setting.empty()) in.refuse(setting_key, "the name of an application setting");
  if (in.has(default_key)) {
    out.only_where_set = in.optional_text(default_key) == "none" && !out.setting.empty();
    if (!out.only_where_set) in.refuse(default_key, "none, beside a setting");
  }
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      if (member.key() == setting_key || member.key() == default_key) continue;
      auto test = field_test_from_json(in, member, what);
      if (!test) return test.error();
      out.tests.push_back(std::move(*test));
    }
  }
  if (auto wrong = in.finish()) return *wrong;
  // All tests of an empty criterion match, so it would hold for every subject: a slip, not a wish.
  if (out.tests.empty())
    return failure{errc::malformed, what + ": expected at least one field with its regex, found none"};
  std::sort(out.tests.begin(), out.tests.end(),
            [](const auto& left, const auto& right) { return left.field < right.field; });
  return out;
}

}  // namespace

json::array to_json(const criteria& list) {
  json::array out;
  for (const auto& each : list) out.push_back(to_json(each));
  return out;
}

result<criteria> criteria_from_json(const json::value& value, std::string_view what) {
  const auto* list = value.if_array();
  if (list == nullptr) {
    return failure{errc::malformed,
                   std::string(what) + ": expected a list of criteria, found " + description_of(value)};
  }
  criteria out;
  for (std::size_t i = 0; i < list->size(); ++i) {
    auto each = criterion_from_json((*list)[i], std::string(what) + "[" + std::to_string(i) + "]");
    if (!each) return each.error();
    out.push_back(std::move(*each));
  }
  return out;
}

}  // namespace licaudit
