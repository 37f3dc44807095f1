#include "plugins/sources/csv/delimiter.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace licaudit::csv {

char detect_delimiter(std::string_view header_line) {
  constexpr std::string_view candidates = ",;\t|";
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (const char c : header_line) {
    if (c == '"') quoted = !quoted;
    const auto which = candidates.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  const auto* most = std::max_element(counts.begin(), counts.end());
  return candidates[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace licaudit::csv
