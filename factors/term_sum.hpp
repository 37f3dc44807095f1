#pragma once

#include "factors/compiled.hpp"
#include "factors/engine.hpp"
#include "factors/row_measure.hpp"
#include "factors/tenant_texts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::factors {

/// The unit that a factor counts meters in: its own, else that of its package; empty: in whatever they come.
[[nodiscard]] std::string_view unit_of(const factor& which);
/// It counts readings in this unit. A factor without a unit takes all.
[[nodiscard]] bool takes(const factor& which, std::string_view unit);
/// Its readings are those of a month.
[[nodiscard]] bool is_monthly(const licence& of);

/// Readings added up exactly, in the base of a unit.
class reading_sum {
 public:
  /// `unit`: its own.
  void add(const row_measure& reading, std::string_view unit);

  /// How many times so much of the unit fits, rounded up, once it stands `times` times.
  [[nodiscard]] std::int64_t count(std::int64_t times, std::int64_t of_unit, std::string_view unit) const;

 private:
  std::uint64_t whole_ = 0;       ///< modulo 2^64, as in `histograms`
  std::uint64_t millionths_ = 0;  ///< not carried
};

/// The most that a factor with terms counts at one tenant: sums over nine thousand such tenants still fit.
inline constexpr std::int64_t most_counted = 1'000'000'000'000'000;

/// How many units a tenant's setting makes of each subject.
struct unit_factor {
  std::int64_t units = 1;
  std::string problem;  ///< why it is one step; empty: the setting says it
};
[[nodiscard]] unit_factor unit_factor_of(const counting_terms& terms, const tenant_texts& whose);

/// So many units, of which so many come in a package.
[[nodiscard]] factor_sum with_terms(const factor_sum& counted, const counting_terms& terms, std::int64_t units);

/// Why the text does not make units; none: it does.
[[nodiscard]] std::optional<std::string> fault_of_setting(const unit_scale& scale, std::string_view text);

}  // namespace licaudit::factors
