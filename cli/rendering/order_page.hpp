#pragma once

#include "cli/rendering/listing.hpp"
#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// One row per line of a cart.
[[nodiscard]] listing order_list();

/// A cart for people: `now -> then`, what the month comes to before and after, and what is in the way.
[[nodiscard]] std::string order_page(const json::object& answer, const view& as);

/// What was ordered.
[[nodiscard]] std::string ordered_text(const json::object& answer, const view& as);

[[nodiscard]] listing limit_list();
[[nodiscard]] std::string limit_text(const json::object& answer, const view& as);

}  // namespace licaudit::cli::rendering
