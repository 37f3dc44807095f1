#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace licaudit::number_range {

/// The most digits that E.164 allows.
inline constexpr std::size_t max_digits = 15;

/// Digits of an international number. How many there are belongs to it: +010 is not +10.
struct phone_number {
  std::size_t length = 0;
  std::uint64_t digits = 0;
};

/// `+` and 1 to 15 digits, nothing else.
[[nodiscard]] std::optional<phone_number> parse_e164(std::string_view text);

/// The number of a field value as systems write it: with `tel:`, `sip:` or `sips:` in front, the host, `;ext=` and
/// other parameters behind, and blanks, `-`, `.`, `(`, `)` in between (RFC 3966). Nothing if it is no international
/// number.
[[nodiscard]] std::optional<phone_number> parse_value(std::string_view text);

}  // namespace licaudit::number_range
