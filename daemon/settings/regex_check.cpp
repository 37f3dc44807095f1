#include "daemon/settings/regex_check.hpp"

#include "factors/pattern.hpp"

namespace licaudit::settings {

std::optional<std::string> regex_problem(const std::string& regex) {
  const auto compiled = factors::make_pattern(regex);
  if (compiled) return std::nullopt;
  return compiled.error().detail;
}

bool has_group(std::string_view regex) {
  bool in_class = false;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    if (regex[i] == '\\') {
      ++i;
    } else if (regex[i] == '[') {
      in_class = true;
    } else if (regex[i] == ']') {
      in_class = false;
    } else if (regex[i] == '(' && !in_class) {
      const std::string_view rest = regex.substr(i + 1);
      const bool named = rest.substr(0, 2) == "?<" && rest.substr(0, 3) != "?<=" && rest.substr(0, 3) != "?<!";
      if (rest.substr(0, 1) != "?" || named) return true;
    }
  }
  return false;
}

}  // namespace licaudit::settings
