#pragma once

#include "model/digest.hpp"
#include "model/interned_text.hpp"
#include "model/json.hpp"
#include "model/licence_terms.hpp"
#include "model/subject.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit {

/// One question about one field. `plugin` `regex` reads `pattern`; any other plugin reads `options`.
struct field_test {
  std::string field;
  std::string plugin = "regex";
  std::string pattern;
  json::object options;
  bool operator==(const field_test&) const = default;
};

/// All tests must match. With a `setting`, the tenant's application setting of that name replaces the pattern of its
/// one test; with `only_where_set` (`default: none`) the criterion exists only where the setting does.
struct criterion {
  std::vector<field_test> tests;
  std::string setting;
  bool only_where_set = false;
  bool operator==(const criterion&) const = default;
};

/// Any of them suffices.
using criteria = std::vector<criterion>;

/// A rule that counts subjects towards a licence (domain.md 3).
struct factor {
  interned_text id;
  std::string title;
  subject_kind kind = subject_kind::user;
  std::int64_t priority = 1;  ///< 1 is the highest
  bool switchable = false;
  std::vector<std::string> services;  ///< sorted; empty: every service
  criteria configured;                ///< empty: every subject of the kind
  criteria match;                     ///< empty: every configured subject
  criteria reject;                    ///< empty: none
  counting_terms counting{};
  bool operator==(const factor&) const = default;

  [[nodiscard]] bool applies_to(std::string_view service) const;
};

struct licence {
  interned_text id;
  std::string title;
  std::string billing_of = "calculated";  ///< or `acquired`
  std::string billing_by = "last";        ///< or `peak`, `average`
  licence_terms terms{};
  std::vector<factor> factors;  ///< by priority, users before numbers of the same priority
  bool operator==(const licence&) const = default;
};

/// All factors together. Its canonical JSON is the text of a rule revision and the hash of that text its name.
struct factor_set {
  std::map<std::string, bool, std::less<>> monitors_users;  ///< by service; absent: yes
  std::vector<licence> licences;                            ///< by id
  bool operator==(const factor_set&) const = default;

  [[nodiscard]] const licence* find(std::string_view licence_id) const;
  [[nodiscard]] const factor* find(std::string_view licence_id, std::string_view factor_id) const;
  [[nodiscard]] bool service_monitors_users(std::string_view service) const;
};

/// The form of `factors.d/*.yaml` as JSON: `{"services":{..},"licences":[..]}`.
[[nodiscard]] json::object to_json(const factor_set& rules);
[[nodiscard]] result<factor_set> factor_set_from_json(const json::value& value);

/// Criteria in their YAML form as JSON: a list of maps field -> regex text or map with `plugin`, with `setting`,
/// `default`.
[[nodiscard]] json::array to_json(const criteria& list);
[[nodiscard]] result<criteria> criteria_from_json(const json::value& value, std::string_view what);

struct rule_revision {
  std::string text;  ///< canonical JSON
  std::string name;  ///< SHA-256 of the text, in hex
};
[[nodiscard]] rule_revision revision_of(const factor_set& rules);

}  // namespace licaudit
