#pragma once

#include "factors/pattern_template.hpp"
#include "factors/rules.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

inline constexpr std::uint32_t no_index = UINT32_MAX;

/// A test of a criterion, as far as it is the same for all tenants.
struct planned_test {
  std::string field;
  pattern_template form;                    ///< of a regex
  std::vector<placeholder> placeholders;    ///< each once
  std::optional<plain_pattern> plain;       ///< with marks, if it has placeholders and needs no engine
  std::string plugin_options;               ///< of any other plugin: its name and options as text
  std::shared_ptr<const value_test> fixed;  ///< null if the pattern has placeholders
  std::uint32_t shared = no_index;          ///< where `fixed` stands in `compiled::tests`; not for a tenant's own
  std::uint32_t slot = no_index;            ///< where it is among the others, that every tenant has its own answers of

  /// Equal texts are equal tests.
  [[nodiscard]] std::string source() const { return plugin_options.empty() ? form.text() : plugin_options; }
};

struct planned_criterion {
  std::vector<planned_test> tests;
  std::string setting;
  bool only_where_set = false;  ///< and it is not set: as if it were not there
  bool per_site = false;        ///< it names a site's value, so it is met if it is for any site or former gateway

  /// The same for all tenants.
  [[nodiscard]] bool is_fixed() const;
};

/// Checks one criterion and compiles what can be compiled before a tenant is known. Errors get `path` and the field.
[[nodiscard]] planned_criterion plan_criterion(const criterion& one, std::string_view path,
                                               const value_test_kinds& kinds, std::vector<rule_error>& errors);

/// `licences.ump.factors.direct-routing.match[0]` of list path and position.
[[nodiscard]] std::string criterion_path(std::string_view list_path, std::size_t position);

}  // namespace licaudit::factors
