#pragma once

#include "cli/rendering/view.hpp"
#include "model/json.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// Who holds what and what it is worth, what its meters read, and how the worth of all becomes what is counted.
[[nodiscard]] std::string subjects_page(const json::object& page, const view& as);

}  // namespace licaudit::cli::rendering
