#pragma once

#include "billing/series.hpp"
#include "model/amount.hpp"
#include "model/factor_set.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::billing {

/// How a licence is billed (domain.md 6).
struct basis {
  enum class quantity : std::uint8_t { acquired, calculated } of = quantity::calculated;
  enum class moment : std::uint8_t { peak, last, average } by = moment::last;
  bool pooled = false;  ///< a tenant with a quantity of its own hands it out to those under it
  bool operator==(const basis&) const = default;
};

/// How each licence of a factor set is billed, by its id.
using bases = std::map<std::string, basis, std::less<>>;
[[nodiscard]] bases bases_of(const factor_set& rules);

struct held_stretch {
  span when;
  std::int64_t quantity = 0;
  bool operator==(const held_stretch&) const = default;
};

/// What one series charges for one range, and what that rests on.
struct charge {
  std::optional<amount> quantity{};  ///< none: nothing that can be billed was observed
  /// While the billed value was in force; of an average all that was observed.
  span when{};
  std::int64_t sequence = 0;               ///< of the calculation that made it; of an average 0
  std::optional<instant> observed_from{};  ///< none: never
  std::vector<span> unobserved{};          ///< nobody calculated, a value before it was carried on
  std::vector<span> degraded{};            ///< billed as it stands, over the last good inventory
  std::vector<held_stretch> held{};        ///< not billed before it is accepted
  std::vector<held_stretch> accepted{};    ///< was held, and is billed because a person accepted it
  bool operator==(const charge&) const = default;
};

/// `quiet`: ascending spans in which no calculation ran. `whole` is the observed time that an average is weighted
/// against where the range is a part of a month; none: that of the range.
///
/// * peak: the highest billable value, where it first held.
/// * last: the last value that is ok; where none is, the last degraded one; where the tenant was disabled all the time,
/// 0.
/// * average: weighted by the time that was observed, to six places, half up.
/// What was acquired is a decision or a record and needs no sound sources.
[[nodiscard]] charge charge_of(const series& values, basis how, const span& range, const std::vector<span>& quiet,
                               std::optional<std::chrono::milliseconds> whole = {});

/// How long a series was observed in a range and billable.
[[nodiscard]] std::chrono::milliseconds observed_time(const series& values, basis how, const span& range,
                                                      const std::vector<span>& quiet);

}  // namespace licaudit::billing
