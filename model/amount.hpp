#pragma once

#include "model/result.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace licaudit {

/// An exact decimal of at most six places: an average, a reading.
struct amount {
  std::int64_t millionths = 0;
  auto operator<=>(const amount&) const = default;
};

inline constexpr std::int64_t millionths_of_one = 1'000'000;

[[nodiscard]] constexpr amount whole_amount(std::int64_t count) {
  return {count * millionths_of_one};
}

/// `205`, `7320.5`: without needless zeros.
[[nodiscard]] std::string to_text(amount value);

/// The reverse: at most 12 digits before the point and 6 after it, not negative. errc::malformed quotes the text.
[[nodiscard]] result<amount> parse_amount(std::string_view text);

}  // namespace licaudit
