#pragma once

#include "daemon/settings/yaml_value.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::settings {

/// A criterion that names a factor plugin other than the built-in `regex`.
struct plugin_place {
  std::string name;
  problem where;  ///< without text
};

/// Where each part of the merged rules stands, by the path that `factors::rule_error` carries
/// (`licences.ump.factors.direct-routing.match[0].pstn_gateway`), so that an error of the compiler has a line.
class rule_places {
 public:
  void put(std::string rule_path, const yaml_value& value);

  /// A problem at the place of this path, or of the nearest part above it that stands in a file.
  [[nodiscard]] problem problem_at(std::string_view rule_path, std::string sentence) const;

  /// The tests in what was put that name a factor plugin.
  void put_plugin(const std::string& name, const yaml_value& value);
  [[nodiscard]] const std::vector<plugin_place>& plugins() const { return plugins_; }

  /// `file:line` of exactly this path; empty if it stands nowhere.
  [[nodiscard]] std::string line_of(std::string_view rule_path) const;

 private:
  std::map<std::string, problem, std::less<>> places_;  ///< without text
  std::vector<plugin_place> plugins_;
};

}  // namespace licaudit::settings
