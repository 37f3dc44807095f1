#pragma once

#include <string>
#include <string_view>

namespace licaudit::sdk {

/// How a number member of the one object in `line` is written, digit by digit, because a double has lost them. Empty if
/// there is no such member or it is no number. The line is JSON that was parsed before.
[[nodiscard]] std::string raw_number(std::string_view line, std::string_view key);

}  // namespace licaudit::sdk
