#pragma once

#include "model/factor_set.hpp"

#include <string_view>

namespace licaudit::bench {

/// Twelve factors in four licences, each with one regex: four with a placeholder of the site, three on the line uri,
/// which no two users share, one on the display name. Those on the dial plan and one on the groups are no literals.
[[nodiscard]] factor_set workload_rules();

/// The same with another pattern of the factor `licence/factor`.
[[nodiscard]] factor_set with_pattern(factor_set rules, std::string_view factor_path, std::string_view pattern);

/// Nobody holds anything: what an engine may have had before, of which no verdict helps.
[[nodiscard]] factor_set no_rules();

}  // namespace licaudit::bench
