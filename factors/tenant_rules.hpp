#pragma once

#include "factors/compiled.hpp"
#include "factors/engine.hpp"
#include "factors/held_fields.hpp"
#include "model/instant.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace licaudit::factors {

/// A test in force: one of `compiled::tests`, or one of the tenant's own.
struct bound_test {
  bool own;
  std::uint32_t index;
  bool operator==(const bound_test&) const = default;
};

/// A criterion in force: it is met if all tests of any instance are. Without a site placeholder there is one instance,
/// with one there is one per site and former gateway; what does not compile has none.
struct bound_criterion {
  std::uint32_t position;  ///< in the list as written
  std::vector<std::vector<bound_test>> any_of;
  bool operator==(const bound_criterion&) const = default;
};

struct bound_list {
  std::uint32_t factor;
  list_kind which;
  std::vector<bound_criterion> criteria;
  bool operator==(const bound_list&) const = default;
};

/// A test that only this tenant has: a pattern with its values inserted, or one of its own criteria or settings.
struct own_test {
  subject_kind kind;
  std::uint32_t column;  ///< in the fields that are held of the kind
  std::string source;    ///< the regex, or the plugin's options
  bool is_regex;
  std::shared_ptr<const value_test> test;  ///< null while an engine pattern is not in use: each costs 1.6 kB

  bool operator==(const own_test& other) const {
    return kind == other.kind && column == other.column && source == other.source;
  }
};

/// What a factor set means for one tenant at one time. Lists that are the same for all tenants are not here.
struct tenant_rules {
  std::vector<std::uint32_t> applies;  ///< per lane: the bits of the factors that apply to its service
  std::vector<bound_list> lists;
  std::vector<own_test> tests;
  std::vector<rule_problem> problems;
  bool asks_shared_tests = false;  ///< by their numbers in `compiled::tests`

  /// Whether every subject is judged alike under both.
  [[nodiscard]] bool judges_like(const tenant_rules& other) const {
    return applies == other.applies && lists == other.lists && tests == other.tests;
  }
  /// Null: the list is the shared one.
  [[nodiscard]] const bound_list* find(std::uint32_t factor, list_kind which) const;
};

/// Inserts the tenant's values, settings and own criteria. `now` decides which former gateways still match.
[[nodiscard]] tenant_rules bind(const compiled& all, const tenant& whose, instant now, const held_fields& held);

/// A list that is the same for all tenants, in the form of the others.
[[nodiscard]] bound_list bind_shared(const compiled& all, std::uint32_t factor, list_kind which);

/// What the tenant's own criteria read.
[[nodiscard]] held_fields fields_of(const compiled& all, const tenant& whose);

/// What the tenant's setting of this name says; null if it is absent or blank, which would match everything.
[[nodiscard]] const std::string* setting_of(const tenant& whose, const std::string& name);

/// The criterion as the tenant's setting changes it.
[[nodiscard]] criterion with_setting(const criterion& written, const std::string& pattern);

/// The tenant's own list, or null.
[[nodiscard]] const criteria* own_criteria(const tenant& whose, const planned_factor& of, list_kind which);

}  // namespace licaudit::factors
