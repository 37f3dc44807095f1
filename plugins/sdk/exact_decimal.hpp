#pragma once

#include "model/result.hpp"

#include <string>
#include <string_view>

namespace licaudit::sdk {

/// The canonical text of a usage reading: a decimal >= 0 of at most 12 digits before the point and 6 after it, without
/// needless zeros: `7320.50` and `7.3205e3` are `7320.5`. Nothing is rounded: what does not fit is errc::malformed. So
/// 10^6 times the reading is a whole number that 64 bits hold.
[[nodiscard]] result<std::string> exact_decimal(std::string_view text);

}  // namespace licaudit::sdk
