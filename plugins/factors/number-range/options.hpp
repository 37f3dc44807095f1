#pragma once

#include "plugins/factors/number-range/number_ranges.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace licaudit::number_range {

/// The ranges of `{"ranges":["+442079460000-0999", ...]}`, or a sentence that names the option and what is wrong.
[[nodiscard]] std::variant<number_ranges, std::string> parse_options(std::string_view text);

}  // namespace licaudit::number_range
