#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::bench {

/// One measured value; none: what it is of is not here, and the note says so.
struct fact {
  std::optional<double> value;
  std::string unit, note;
};
using facts_by_name = std::map<std::string, fact, std::less<>>;

/// The lines of a fact_file; of two of one name the later holds. Throws std::runtime_error with the line that is wrong.
[[nodiscard]] facts_by_name read_facts(const std::filesystem::path& file);

/// One line of the list of what is to be reached (table/reach.txt).
struct reach_row {
  std::string what;
  std::string measured;  ///< a fact; empty: a heading
  std::string reached;   ///< a fact, or sums of facts divided: `a/b+c`
  bool at_least = true;
  std::optional<double> aim;  ///< none: it stands beside
  std::string aim_text;

  [[nodiscard]] bool is_heading() const { return measured.empty(); }
};
[[nodiscard]] std::vector<reach_row> read_reach(const std::filesystem::path& file);

/// What the facts say of a row; nothing if one that it needs is not there.
[[nodiscard]] std::optional<double> reached(const reach_row& row, const facts_by_name& facts);

/// How a value of this unit (`s`, `bytes`, `/s` or none) is written.
[[nodiscard]] std::string shown(double value, std::string_view unit);

struct verdicts {
  int met = 0, missed = 0, unknown = 0;
};
/// A table in Markdown for each heading, its columns aligned.
verdicts print_reach(const std::vector<reach_row>& rows, const facts_by_name& facts, std::ostream& to);

}  // namespace licaudit::bench
