#pragma once

#include "factors/engine.hpp"
#include "model/factor_set.hpp"

#include <map>
#include <string>
#include <vector>

namespace licaudit::factors::testing {

/// The formulas of domain.md 4 as they stand there, subject by subject, on Boost.Regex alone: slow, short, and sharing
/// no line with the engine.
class reference {
 public:
  reference(const factor_set& under, const tenant& whose, instant now, instant month_start = instant::min());

  struct counted {
    std::int64_t n1 = 0, n2 = 0;
    bool failed = false;
    bool operator==(const counted&) const = default;
  };
  /// By `licence/factor`, for those that apply.
  [[nodiscard]] std::map<std::string, counted> count(const std::vector<subject>& subjects, const switch_position& on);

  /// The factor that holds the subject, or null.
  [[nodiscard]] const factor* holder(const subject& of, const licence& within, const switch_position& on);
  [[nodiscard]] bool configured(const subject& of, const licence& within, const factor& which);
  [[nodiscard]] bool eligible(const subject& of, const licence& within, const factor& which);

 private:
  enum class truth { no, failed, yes };
  struct view {
    const site* of;
    std::string gateway;
  };

  __extension__ using wide = __int128;

  [[nodiscard]] bool applies(const factor& which) const;
  [[nodiscard]] wide parts_of(const subject& of, const licence& within, const factor& which) const;
  [[nodiscard]] std::int64_t units_of_tenant(const factor& which) const;
  [[nodiscard]] truth satisfies(const subject& of, const criteria& list, bool if_empty);
  [[nodiscard]] truth criterion_met(const subject& of, const criterion& one);
  [[nodiscard]] truth field_matches(const subject& of, const field_test& test, const view& site);
  [[nodiscard]] std::string with_values(std::string pattern, const view& site) const;
  [[nodiscard]] criteria in_force(const licence& within, const factor& which, int list) const;

  const factor_set& under_;
  const tenant& whose_;
  instant month_start_;
  std::vector<view> views_;
  bool failed_ = false;  ///< a criterion has failed since it was last cleared
};

}  // namespace licaudit::factors::testing
