#pragma once

#include "factors/term_sum.hpp"
#include "model/factor_set.hpp"
#include "model/instant.hpp"
#include "model/subject.hpp"

#include <cstdint>
#include <string>

namespace licaudit::factors {

/// What subjects add to the factor that holds them, exactly: before packages, and before anything is rounded. The sum
/// over all that it holds at a tenant makes its n1.
class worth {
 public:
  worth() = default;
  /// So many millionths of what the factor counts, of its unit's base; so many times.
  worth(std::int64_t millionths, std::int64_t times);

  void add(const worth& other);

  /// In what the factor counts, or its unit, rounded to six places: `3`, `122.008333`.
  [[nodiscard]] std::string text(const factor& by) const;
  /// n1 of the factor: packages where it has them, and rounded up.
  [[nodiscard]] std::int64_t count(const factor& by) const;

 private:
  __extension__ __int128 millionths_ = 0;
};

/// The worth of a tenant's subjects, by the code that counts them.
class worths {
 public:
  /// Readings of before the month are worth nothing where a licence counts by the month.
  worths(const tenant& whose, instant month_start);

  [[nodiscard]] worth of(const subject& held, const licence& within, const factor& by) const;
  /// How many units the tenant's setting makes of each that the factor holds.
  [[nodiscard]] unit_factor each(const factor& by) const { return unit_factor_of(by.counting, texts_); }

 private:
  tenant_texts texts_;
  instant month_start_;
};

}  // namespace licaudit::factors
