#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::cli::rendering {

/// How many columns of a terminal a printable text takes: two for East Asian wide characters and emoji, none for marks
/// that combine.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text, or as much of it as fits into `columns` with an ellipsis at its end.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

[[nodiscard]] std::string padded_right(std::string_view text, std::size_t columns);
[[nodiscard]] std::string padded_left(std::string_view text, std::size_t columns);

/// Broken at blanks into lines of at most `columns`; a longer word is broken anywhere. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace licaudit::cli::rendering
