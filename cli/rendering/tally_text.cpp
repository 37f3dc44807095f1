#include "cli/rendering/tally_text.hpp"

#include "cli/rendering/display_width.hpp"
#include "cli/rendering/json_access.hpp"

#include <algorithm>

namespace licaudit::cli::rendering {

std::string tally_text(const json::value& factor, std::size_t n1_width) {
  const auto n1 = padded_left(std::to_string(integer_at(factor, "calculated").value_or(0)), n1_width);
  const auto n2 = integer_at(factor, "configured");
  if (!n2) return n1 + " (n/a)";
  return n1 + " (" + std::to_string(*n2) + ")" + (flag_at(factor, "on", true) ? "" : " (n/a)");
}

std::size_t widest_calculated(const json::array& factors) {
  std::size_t width = 0;
  for (const auto& factor : factors) {
    width = std::max(width, std::to_string(integer_at(factor, "calculated").value_or(0)).size());
  }
  return width;
}

}  // namespace licaudit::cli::rendering
