#pragma once

#include "model/record.hpp"
#include "model/result.hpp"

#include <string_view>
#include <variant>

namespace licaudit::sdk {

using parsed_record = std::variant<record, faulty_record>;

/// One line of a source (interfaces.md 3), without its line feed. A record of a subject or tenant whose content is
/// faulty is a faulty_record. errc::malformed, without the line's number, if it is no record at all: no JSON object,
/// invalid UTF-8, an unknown kind, or a faulty begin, end, left_out or progress. Which line may follow which is
/// stream_protocol's affair.
[[nodiscard]] result<parsed_record> parse_record(std::string_view line);

}  // namespace licaudit::sdk
