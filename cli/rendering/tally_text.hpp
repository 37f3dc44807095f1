#pragma once

#include "model/json.hpp"

#include <cstddef>
#include <string>

namespace licaudit::cli::rendering {

/// `12 (34)`, `0 (34) (n/a)` when off, `0 (n/a)` when never calculated (domain.md 4); n1 padded to `n1_width`. `factor`
/// carries `calculated`, `configured` and `on`.
[[nodiscard]] std::string tally_text(const json::value& factor, std::size_t n1_width = 0);

/// The columns that the longest n1 of the list takes.
[[nodiscard]] std::size_t widest_calculated(const json::array& factors);

}  // namespace licaudit::cli::rendering
