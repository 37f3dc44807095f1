#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::cli::rendering {

/// Short headings for columns of factors, one each: the initials of the id (`direct-routing` is DR), or what the trade
/// calls it (LCM, SVC). Two factors with equal initials keep their ids.
[[nodiscard]] std::vector<std::string> factor_headings(const std::vector<std::string>& factors);

}  // namespace licaudit::cli::rendering
