#pragma once

#include "factors/compiled.hpp"
#include "factors/population.hpp"
#include "factors/tenant_rules.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A value of a column, and its text.
struct asked_value {
  subject_kind kind;
  std::uint32_t column, number;
  std::string_view text;
};

/// The tests of the tenant at work: those with placeholders as each of its views reads them, and those of its own
/// criteria. Made when they are first asked, dropped with the next tenant: an engine's pattern takes 1.6 kB.
class own_tests {
 public:
  explicit own_tests(const compiled& all) : all_(all) {}

  void start(const tenant_rules& under);
  [[nodiscard]] answer ask(const planned_test& one, std::uint32_t view, const asked_value& value);
  void forget(const population::left_value& value);

 private:
  struct own_test {
    bool is_made = false;
    bool is_plain = false;
    plain_pattern plain;
    std::shared_ptr<const value_test> test;
    subject_kind kind;
    std::uint32_t column;
    boost::unordered_flat_map<std::uint32_t, answer> by_value;  ///< unless it is plain, and as fast as a look-up
    std::size_t given_up = 0;
  };
  void make(own_test& into, const planned_test& one, std::uint32_t view);

  const compiled& all_;
  const tenant_rules* under_ = nullptr;
  std::vector<own_test> tests_;  ///< by slot and view; there may be more than are used
  std::size_t used_ = 0;
  std::vector<std::string_view> values_;
};

}  // namespace licaudit::factors
