#pragma once

#include <cstddef>
#include <string_view>

namespace licaudit::cli::rendering {

/// One character of a text, or one byte that is no valid UTF-8.
struct code_point {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

/// The character that begins at `at`, which is inside the text. Overlong forms, surrogates and what is beyond U+10FFFF
/// are invalid, one byte at a time.
[[nodiscard]] code_point code_point_at(std::string_view text, std::size_t at);

}  // namespace licaudit::cli::rendering
