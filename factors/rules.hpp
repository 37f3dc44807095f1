#pragma once

#include "factors/value_test.hpp"
#include "model/factor_set.hpp"
#include "model/tenant.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace licaudit::factors {

/// What is wrong with a factor set, and where in it: `licences.ump.factors.direct-routing.match[0].pstn_gateway`.
struct rule_error {
  std::string path;
  std::string what;  ///< for a regex with the position: `unmatched ( at position 3`
};

class compiled;

/// A factor set, checked and compiled: patterns recognised as literals or compiled, placeholders found. Immutable,
/// shared between threads.
class rules {
 public:
  using outcome = std::variant<std::shared_ptr<const rules>, std::vector<rule_error>>;

  /// Checks everything of domain.md 3 (unique priorities within licence, kind and service; placeholders not in optional
  /// or negated places; `setting` only with one test; known plugins) and reports all errors, not the first.
  [[nodiscard]] static outcome compile(factor_set set, const value_test_kinds& kinds = {});

  [[nodiscard]] const factor_set& set() const;
  [[nodiscard]] const rule_revision& revision() const;

  /// Look-alikes of placeholders without their outer underscores and the like: worth a finding, not an error.
  [[nodiscard]] const std::vector<rule_error>& remarks() const;

  /// The fields of this kind that the rules read, sorted; `id` included where it is read.
  [[nodiscard]] const std::vector<std::string>& fields(subject_kind kind) const;

  [[nodiscard]] const compiled& inside() const { return *inside_; }

  rules(std::shared_ptr<const compiled> inside);
  ~rules();

 private:
  std::shared_ptr<const compiled> inside_;
};

/// Would this tenant's own criteria and settings compile, and would units be counted by its settings? Empty if so.
[[nodiscard]] std::vector<rule_error> check_tenant(const rules& all, const tenant& whose);
/// Of these its settings that units are counted by, alone: `settings.retention: 10 months is ...`.
[[nodiscard]] std::vector<rule_error> check_unit_settings(const rules& all, const tenant& whose);

}  // namespace licaudit::factors
