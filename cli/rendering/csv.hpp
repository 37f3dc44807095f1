#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::cli::rendering {

/// One record of RFC 4180 with its CRLF: a field with a comma, quote, CR, LF or a blank at its ends is quoted.
[[nodiscard]] std::string csv_record(const std::vector<std::string>& fields);

}  // namespace licaudit::cli::rendering
