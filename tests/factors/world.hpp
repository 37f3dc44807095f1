#pragma once

#include "factors/engine.hpp"
#include "factors/rules.hpp"

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace licaudit::factors::testing {

/// The `ump` catalogue with the vendor's default criteria.
[[nodiscard]] factor_set ump_set();

/// A factor set of its JSON form.
[[nodiscard]] factor_set set_of(const std::string& json);

/// One licence `l` with these factors, as JSON.
[[nodiscard]] factor_set licence_of(const std::string& factors_json);

/// Throws with all errors if it does not compile.
[[nodiscard]] std::shared_ptr<const rules> compiled_rules(factor_set set, const value_test_kinds& kinds = {});

/// The errors, `path: what` each; empty if it compiles.
[[nodiscard]] std::vector<std::string> compile_errors(factor_set set, const value_test_kinds& kinds = {});

[[nodiscard]] site site_of(std::string name, std::string gateway);
[[nodiscard]] tenant tenant_of(std::string id, std::string service, std::vector<site> sites = {});

using fields = std::initializer_list<std::pair<const char*, std::vector<std::string>>>;
[[nodiscard]] subject subject_of(std::string tenant, subject_kind kind, std::string id, const fields& values);

/// An engine and one tenant, for cases that can be told in a few lines.
class world {
 public:
  explicit world(factor_set set = ump_set());

  void put(const tenant& value, instant now = instant{});
  /// `count` users or numbers of the tenant that was put last, with these fields.
  void users(int count, const fields& values) { add(subject_kind::user, count, values); }
  void numbers(int count, const fields& values) { add(subject_kind::number, count, values); }
  void switch_off(const std::string& licence_and_factor) { off_.push_back(licence_and_factor); }

  /// `n1 (n2)` of a factor of the licence `ump` or of `licence/factor`, with ` (n/a)` if it is off, as domain.md 4
  /// writes it; `-` if it does not apply.
  [[nodiscard]] std::string shown(const std::string& factor_id) const;
  [[nodiscard]] std::int64_t licensed(const std::string& licence_id = "ump") const;
  /// Texts of the problems.
  [[nodiscard]] std::vector<rule_problem> problems() const { return engine_.problems(tenant_); }
  [[nodiscard]] switch_position switches() const;

  engine& core() { return engine_; }

 private:
  void add(subject_kind kind, int count, const fields& values);
  [[nodiscard]] const factor_count* find(const std::vector<licence_count>& counts, const std::string& path) const;

  engine engine_;
  std::string tenant_;
  std::uint64_t next_ = 1;
  std::vector<std::string> off_;
};

}  // namespace licaudit::factors::testing
