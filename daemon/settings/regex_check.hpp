#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace licaudit::settings {

/// What is wrong with a regex, with the position; none if it compiles. Compiled by the factors' own engine, which is
/// also the one that will search with it.
[[nodiscard]] std::optional<std::string> regex_problem(const std::string& regex);

/// Does it hold a group that captures?
[[nodiscard]] bool has_group(std::string_view regex);

}  // namespace licaudit::settings
