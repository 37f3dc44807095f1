#include "plugins/sources/audiocodes-ini/ini_row.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::audiocodes_ini {

namespace {

constexpr std::string_view format_word = "FORMAT";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool has_prefix(std::string_view text, std::string_view prefix) {
  return same_name(text.substr(0, prefix.size()), prefix);
}

failure malformed(std::string text) {
  return {errc::malformed, std::move(text)};
}

/// Reads a list of cells up to its `;`.
class cell_reader {
 public:
  explicit cell_reader(std::string_view text) : rest_(text) {}

  result<std::vector<std::string>> read() {
    std::vector<std::string> cells;
    for (;;) {
      auto cell = read_cell();
      if (!cell) return cell.error();
      cells.push_back(std::move(*cell));
      if (rest_.empty()) return malformed("the row is cut off: it does not end with ';'");
      const char mark = rest_.front();
      rest_.remove_prefix(1);
      if (mark == ';') break;
    }
    const auto after = trimmed(rest_);
    if (!after.empty() && after.front() != ';') return malformed("there is something after the ';' that ends the row");
    return cells;
  }

 private:
  result<std::string> read_cell() {
    rest_ = trimmed(rest_);
    if (!rest_.starts_with('"')) {
      const auto end = std::min(rest_.find_first_of(",;"), rest_.size());
      std::string cell(trimmed(rest_.substr(0, end)));
      rest_.remove_prefix(end);
      return cell;
    }
    const auto end = rest_.find('"', 1);
    if (end == std::string_view::npos) return malformed("the row is cut off: a quote is not closed");
    std::string cell(rest_.substr(1, end - 1));
    rest_ = trimmed(rest_.substr(end + 1));
    if (!rest_.empty() && rest_.front() != ',' && rest_.front() != ';') {
      return malformed("expected ',' or ';' after the quoted cell " + in_quotes(cell));
    }
    return cell;
  }

  std::string_view rest_;
};

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

result<std::vector<std::string>> parse_format(std::string_view line, std::string_view table) {
  const auto equals = line.find('=');
  if (!has_prefix(line, format_word) || equals == std::string_view::npos) {
    return malformed("expected the table's line 'FORMAT Index = ...;' before its rows");
  }
  auto columns = cell_reader(line.substr(equals + 1)).read();
  if (!columns) return columns;
  const auto prefix = std::string(table) + "_";
  for (auto& column : *columns) {
    if (has_prefix(column, prefix)) column.erase(0, prefix.size());
  }
  return columns;
}

result<std::vector<std::string>> parse_row(std::string_view line, std::string_view table) {
  const auto equals = line.find('=');
  const auto name_end = line.find_first_of(" \t=");
  if (equals == std::string_view::npos || !same_name(line.substr(0, name_end), table)) {
    return malformed("expected a row '" + std::string(table) + " INDEX = ...;' or the end of the table '[ \\" +
                     std::string(table) + " ]'");
  }
  return cell_reader(line.substr(equals + 1)).read();
}

}  // namespace licaudit::audiocodes_ini
