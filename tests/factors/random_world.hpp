#pragma once

#include "factors/rules.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace licaudit::factors::testing {

/// Random rules, tenants and subjects of a small world, in which nearly everything meets everything.
class random_world {
 public:
  explicit random_world(std::uint32_t seed) : random_(seed) {}

  [[nodiscard]] std::size_t pick(std::size_t below) { return below < 2 ? 0 : random_() % below; }
  [[nodiscard]] bool one_in(std::size_t n) { return pick(n) == 0; }

  /// Two or three licences, several factors each for users and numbers; always one that compiles.
  [[nodiscard]] factor_set rules();
  /// With other criteria in one or two of its factors; now and then with nothing changed.
  [[nodiscard]] factor_set edited(factor_set rules);
  /// Reads every field that any other can read.
  [[nodiscard]] static factor_set widest_rules();

  /// Texts with what they are worth, told by hand: numbers that a rule stands for, units that a retention makes.
  using known_values = std::vector<std::pair<std::string, std::int64_t>>;
  [[nodiscard]] static const known_values& known_prefixes();
  [[nodiscard]] static const known_values& known_retentions();
  /// 1 where it is not listed.
  [[nodiscard]] static std::int64_t known_value(const known_values& among, const std::string& text);

  [[nodiscard]] static std::vector<std::string> tenant_ids() { return {"t0", "t1", "t2", "t3", "t4"}; }
  [[nodiscard]] tenant a_tenant(const std::string& id);
  [[nodiscard]] subject a_subject(const std::string& tenant_id, std::uint64_t number);

 private:
  [[nodiscard]] factor a_factor(const std::string& id, std::int64_t priority);
  [[nodiscard]] counting_terms some_terms(subject_kind kind);
  void read(subject& meter);
  [[nodiscard]] criteria some_criteria(std::size_t at_most);
  [[nodiscard]] criterion a_criterion();
  [[nodiscard]] std::string a_pattern();
  [[nodiscard]] std::string a_text();
  [[nodiscard]] std::string a_gateway();
  [[nodiscard]] site a_site();

  template <class T, std::size_t N>
  T any_of(const T (&values)[N]) {
    return values[pick(N)];
  }

  std::mt19937 random_;
};

}  // namespace licaudit::factors::testing
