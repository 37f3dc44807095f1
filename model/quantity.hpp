#pragma once

#include <cstdint>

namespace licaudit {

/// The largest quantity of one subject, of one licence that was bought, and of one reason to leave records out. Far
/// beyond any real one, and nine million of them still add up in 64 bits: a sum must never wrap.
inline constexpr std::int64_t most_quantity = 1'000'000'000'000;

[[nodiscard]] constexpr bool is_quantity(std::int64_t value) {
  return value >= 0 && value <= most_quantity;
}

/// What a message says was expected.
inline constexpr const char* a_quantity = "a whole number from 0 to 1000000000000";

}  // namespace licaudit
