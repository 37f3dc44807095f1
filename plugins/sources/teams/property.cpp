#include "plugins/sources/teams/property.hpp"

#include "model/names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace licaudit::teams {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string folded(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string without_tag(std::string_view identity) {
  constexpr std::string_view tag = "Tag:";
  identity = trimmed(identity);
  if (same_name(identity.substr(0, tag.size()), tag)) identity = trimmed(identity.substr(tag.size()));
  return std::string(identity);
}

const json::value* find_property(const json::object& object, std::string_view name) {
  const auto found =
      std::find_if(object.begin(), object.end(), [name](const auto& member) { return same_name(member.key(), name); });
  return found == object.end() || found->value().is_null() ? nullptr : &found->value();
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = find_property(object, name);
  if (value == nullptr || value->is_structured()) return {};
  if (const auto* text = value->if_string()) return std::string(trimmed(*text));
  return json::serialize(*value);
}

std::optional<std::vector<std::string>> texts_of(const json::object& object, std::string_view name) {
  const auto* value = find_property(object, name);
  if (value != nullptr && value->is_object()) value = find_property(value->get_object(), "value");
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  const auto add = [&texts](const json::value& one) {
    if (one.is_string() && !trimmed(one.get_string()).empty()) texts.emplace_back(trimmed(one.get_string()));
  };
  if (value->is_array()) {
    std::for_each(value->get_array().begin(), value->get_array().end(), add);
  } else {
    add(*value);
  }
  return texts;
}

std::string policy_of(const json::object& object, std::string_view name) {
  const auto* value = find_property(object, name);
  if (value == nullptr) return {};
  if (value->is_string()) return without_tag(value->get_string());
  if (!value->is_object()) return {};
  const auto by_name = text_of(value->get_object(), "Name");
  return without_tag(by_name.empty() ? text_of(value->get_object(), "Identity") : by_name);
}

}  // namespace licaudit::teams
