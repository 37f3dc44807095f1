#pragma once

#include <cstdint>
#include <string_view>

namespace licaudit::factors {

/// What a dial-plan rule stands for.
struct number_block {
  std::int64_t numbers = 1;
  bool open = false;  ///< it ends nowhere, or cannot be read: it counts as one rule
  bool operator==(const number_block&) const = default;
};

/// The numbers of a prefix as AudioCodes write it: `x` is 0-9, `z` 1-9, `n` 2-9, `[3000-3099,4000]` so many members,
/// which may stand in parentheses as a suffix, `\` takes the next character as it is, `#` at the end ends the number.
/// `*` and `.` are open, as is what stands for more numbers than there can be.
[[nodiscard]] number_block number_block_of(std::string_view prefix);

}  // namespace licaudit::factors
