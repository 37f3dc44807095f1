#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace licaudit::bench {

/// The middle one, the upper of two.
[[nodiscard]] double median(std::vector<double> values);

/// `12.3 ms`, in a unit that leaves one to four digits before the point.
[[nodiscard]] std::string shown_seconds(double seconds);
/// One decimal below 100.
[[nodiscard]] std::string shown_ratio(double ratio);

/// Rows of texts in columns of equal width: the first to the left, the others to the right.
class report_table {
 public:
  explicit report_table(std::vector<std::string> heading) : rows_{std::move(heading)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  void print(std::ostream& to) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace licaudit::bench
