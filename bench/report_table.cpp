#include "bench/report_table.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace licaudit::bench {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string shown_seconds(double seconds) {
  const char* unit = "s";
  for (const char* smaller : {"ms", "us"}) {
    if (seconds >= 1) break;
    seconds *= 1000;
    unit = smaller;
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.*f %s", seconds < 10 ? 2 : 0, seconds, unit);
  return text;
}

std::string shown_ratio(double ratio) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", ratio < 100 ? 1 : 0, ratio);
  return text;
}

void report_table::print(std::ostream& to) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string space(widths[i] - row[i].size(), ' ');
      line += i == 0 ? row[i] + space : "  " + space + row[i];
    }
    to << line << '\n';
  }
}

}  // namespace licaudit::bench
