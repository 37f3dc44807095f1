#include "daemon/settings/nearest_name.hpp"

#include <algorithm>
#include <numeric>

namespace licaudit::settings {

namespace {

/// Letters to add, drop or change.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest_name(std::string_view written, const std::vector<std::string>& known) {
  constexpr std::size_t longest_worth_comparing = 64;
  if (written.size() > longest_worth_comparing) return {};
  std::string best;
  std::size_t best_distance = 0;
  for (const auto& name : known) {
    const std::size_t away = distance(written, name);
    if (away > std::max<std::size_t>(1, name.size() / 3)) continue;
    if (best.empty() || away < best_distance) {
      best = name;
      best_distance = away;
    }
  }
  return best;
}

}  // namespace licaudit::settings
