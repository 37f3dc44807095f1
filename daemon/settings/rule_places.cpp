#include "daemon/settings/rule_places.hpp"

namespace licaudit::settings {

namespace {

problem place_of(const yaml_value& value) {
  problem place;
  place.file = value.file();
  place.line = value.node().at.line;
  place.column = value.node().at.column;
  place.path = value.path();
  return place;
}

}  // namespace

void rule_places::put(std::string rule_path, const yaml_value& value) {
  places_.emplace(std::move(rule_path), place_of(value));
}

void rule_places::put_plugin(const std::string& name, const yaml_value& value) {
  plugins_.push_back({name, place_of(value)});
}

problem rule_places::problem_at(std::string_view rule_path, std::string sentence) const {
  std::string_view above = rule_path;
  for (;;) {
    if (const auto found = places_.find(above); found != places_.end()) {
      problem wrong = found->second;
      wrong.expected = std::move(sentence);
      return wrong;
    }
    const auto end = above.find_last_of(".[");
    if (end == std::string_view::npos) break;
    above = above.substr(0, end);
  }
  problem wrong;
  wrong.path = rule_path;
  wrong.expected = std::move(sentence);
  return wrong;
}

std::string rule_places::line_of(std::string_view rule_path) const {
  const auto found = places_.find(rule_path);
  if (found == places_.end()) return {};
  return found->second.file.string() + ":" + std::to_string(found->second.line);
}

}  // namespace licaudit::settings
