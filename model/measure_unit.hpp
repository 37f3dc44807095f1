#pragma once

#include "model/amount.hpp"

#include <cstdint>
#include <string_view>

namespace licaudit {

/// A unit that readings come in. Those of time (second, minute, hour) and of data (MB, GB, TB, in steps of 1,000) are
/// so many of their base, exactly; any other is only itself.
struct measure_unit {
  std::string_view base;  ///< of another unit: refers to its name
  std::int64_t of_base = 1;
  bool operator==(const measure_unit&) const = default;
};
[[nodiscard]] measure_unit measure_unit_of(std::string_view name);

/// A reading in one can be told in the other.
[[nodiscard]] inline bool converts(std::string_view from, std::string_view to) {
  return measure_unit_of(from).base == measure_unit_of(to).base;
}

/// The most that one reading may say, in its base: 31,700 years, an exabyte. Far beyond any real one, and nine million
/// of them still add up in 64 bits.
inline constexpr std::int64_t most_used = 1'000'000'000'000;
[[nodiscard]] bool is_reading(amount used, std::string_view unit);

}  // namespace licaudit
