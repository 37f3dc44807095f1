#pragma once

#include "cli/rendering/listing.hpp"
#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// What a move of a tenant changes, or would change, for people.
[[nodiscard]] std::string move_text(const json::object& answer, const view& as);

/// The same as rows: a number, a switch, a time zone or a standing each, `from` and `to`.
[[nodiscard]] listing move_list();

}  // namespace licaudit::cli::rendering
