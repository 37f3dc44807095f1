#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace licaudit {

/// For unordered containers of std::string that are asked with any text.
struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

}  // namespace licaudit
