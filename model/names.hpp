#pragma once

#include <string>
#include <string_view>

namespace licaudit {

/// Ids of tenants, licences, factors and sources: 1 to 128 of letters, digits, `.`, `_`, `-`.
[[nodiscard]] bool is_name(std::string_view text);

/// Ids of subjects: 1 to 256 bytes of UTF-8 without control characters.
[[nodiscard]] bool is_subject_id(std::string_view text);

/// Without surrounding blanks, tabs, CR and LF, which no field, placeholder value or id carries.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A text of somebody else in a message: in single quotes, on one line, cut after 60 bytes.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace licaudit
