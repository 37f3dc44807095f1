#include "daemon/settings/criteria_reader.hpp"

#include <algorithm>

namespace licaudit::settings {

namespace {

// Keys of a criterion that are no field, and the plugin that is built in.
constexpr std::string_view setting_key = "setting";
constexpr std::string_view default_key = "default";
constexpr std::string_view built_in = "regex";

void read_plugin_test(const yaml_value& value, field_test& test) {
  yaml_map in(value);
  const auto plugin = in.require("plugin", "the name of a factor plugin");
  const auto name = plugin ? plugin->name() : std::nullopt;
  if (!name) return;
  test.plugin = *name;
  if (test.plugin == built_in) {
    if (const auto pattern = in.require("pattern", "a regex")) test.pattern = pattern->text().value_or("");
    in.finish();
    return;
  }
  test.options = to_json(value.node()).as_object();  // the plugin knows what they mean and refuses others
  test.options.erase("plugin");
}

field_test read_test(const yaml_entry& entry, const yaml_value& value) {
  field_test test;
  test.field = entry.key;
  if (value.kind() == yaml_kind::map) {
    read_plugin_test(value, test);
  } else if (value.kind() == yaml_kind::text) {
    test.pattern = value.node().text;
  } else if (value.kind() == yaml_kind::list || value.kind() == yaml_kind::nothing) {
    value.refuse("a regex, or a map with the key plugin");
  } else {
    static_cast<void>(value.text());  // a number: says to quote it
  }
  return test;
}

void read_setting(const yaml_value& value, criterion& one) {
  yaml_map in(value);
  const auto setting = in.find(setting_key);
  const auto otherwise = in.find(default_key);
  if (setting) one.setting = setting->text().value_or("");
  if (!otherwise) return;
  one.only_where_set = otherwise->kind() == yaml_kind::text && otherwise->node().text == "none" && setting.has_value();
  if (!one.only_where_set) otherwise->refuse("none, beside a setting");
}

criterion read_criterion(const yaml_value& value, const std::string& rule_path, rule_places& places) {
  criterion one;
  places.put(rule_path, value);
  if (value.kind() != yaml_kind::map) {
    value.refuse("a map of fields and their regexes");
    return one;
  }
  read_setting(value, one);
  for (const auto& entry : value.node().entries) {
    if (entry.key == setting_key || entry.key == default_key) continue;
    const yaml_value of_field = value.member(entry);
    places.put(rule_path + "." + entry.key, of_field);
    one.tests.push_back(read_test(entry, of_field));
    if (one.tests.back().plugin != built_in) places.put_plugin(one.tests.back().plugin, of_field);
  }
  // All tests of an empty criterion match, so it would hold for every subject: a slip, not a wish.
  if (one.tests.empty()) value.refuse("at least one field with its regex", "none");
  std::sort(one.tests.begin(), one.tests.end(),
            [](const field_test& left, const field_test& right) { return left.field < right.field; });
  return one;
}

}  // namespace

criteria read_criteria(const yaml_value& list, const std::string& rule_path, rule_places& places) {
  criteria all;
  places.put(rule_path, list);
  for (const auto& item : list.items()) {
    all.push_back(read_criterion(item, rule_path + "[" + std::to_string(all.size()) + "]", places));
  }
  return all;
}

}  // namespace licaudit::settings
