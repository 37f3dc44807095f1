#pragma once

#include "model/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::audiocodes_ini {

/// The columns of `FORMAT Index = Name, Prefix;`. Before version 7.4 every name carries that of the table,
/// `FORMAT DialPlanRule_Index = DialPlanRule_Name, ...;`; it is taken off. The failure is without file and line.
[[nodiscard]] result<std::vector<std::string>> parse_format(std::string_view line, std::string_view table);

/// The cells of `DialPlanRule 3 = "CustDialPlan", 3, "IVR, night", "+442079460902#", "ivr";`. Within quotes `,` and `;`
/// are text. The failure is without file and line.
[[nodiscard]] result<std::vector<std::string>> parse_row(std::string_view line, std::string_view table);

/// Names of tables and columns compare without case.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace licaudit::audiocodes_ini
