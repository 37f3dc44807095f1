#pragma once

#include <string>
#include <string_view>

namespace licaudit::cli::rendering {

/// A text of somebody else's as it may go to a terminal: control characters (C0, DEL, C1), line and paragraph
/// separators, characters that turn the direction of writing and bytes that are no UTF-8 become U+FFFD, so that a
/// display name can neither move the cursor nor show one name for another.
[[nodiscard]] std::string printable(std::string_view text);

/// JSON for a terminal: the same document, with the characters above written as `\uXXXX`. JSON itself escapes only C0.
[[nodiscard]] std::string printable_json(std::string_view document);

}  // namespace licaudit::cli::rendering
