#include "bench/table/reach_table.hpp"

#include "bench/report_table.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>
#include <stdexcept>

namespace licaudit::bench {
namespace {

using columns = std::vector<std::string>;

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

columns split(const std::string& line, char at) {
  columns made;
  std::size_t begin = 0;
  for (auto end = line.find(at); end != std::string::npos; end = line.find(at, begin)) {
    made.push_back(trimmed(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  made.push_back(trimmed(line.substr(begin)));
  return made;
}

std::ifstream opened(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  return in;
}

/// `>= 15`, `<= 5 ms`, `<= 20 MiB`: into seconds and bytes.
void read_aim(reach_row& row, const std::string& text) {
  const auto words = split(text, ' ');
  const std::map<std::string, double> units{{"", 1}, {"s", 1}, {"ms", 1e-3}, {"bytes", 1}, {"MiB", 1024 * 1024}};
  const auto unit = units.find(words.size() > 2 ? words[2] : "");
  if (words.size() < 2 || words.size() > 3 || (words[0] != ">=" && words[0] != "<=") || unit == units.end()) {
    throw std::runtime_error(row.what + ": expected an aim as in `<= 5 ms`, found '" + text + "'");
  }
  row.at_least = words[0] == ">=";
  row.aim = std::stod(words[1]) * unit->second;
  row.aim_text = text;
}

std::optional<double> sum_of(const std::string& names, const facts_by_name& facts) {
  double sum = 0;
  for (const auto& name : split(names, '+')) {
    const auto found = facts.find(name);
    if (found == facts.end() || !found->second.value) return std::nullopt;
    sum += *found->second.value;
  }
  return sum;
}

/// Nothing but a fact keeps its unit; what is divided has none.
std::string unit_of(const reach_row& row, const facts_by_name& facts) {
  const auto found = facts.find(row.reached);
  return found == facts.end() ? "" : found->second.unit;
}

columns cells(const reach_row& row, const facts_by_name& facts, verdicts& count) {
  columns made{row.what};
  const auto measured = facts.find(row.measured);
  const bool known = measured != facts.end();
  made.push_back(known && measured->second.value ? shown(*measured->second.value, measured->second.unit) : "-");
  const auto value = reached(row, facts);
  made.push_back(value ? shown(*value, unit_of(row, facts)) : "-");
  made.push_back(row.aim_text);
  std::string verdict;
  if (!value) {
    if (row.aim) ++count.unknown;
    verdict = "not measured";
  } else if (row.aim) {
    const bool met = row.at_least ? *value >= *row.aim : *value <= *row.aim;
    ++(met ? count.met : count.missed);
    verdict = met ? "met" : "MISSED";
  }
  if (known && !measured->second.note.empty()) verdict += (verdict.empty() ? "" : ", ") + measured->second.note;
  made.push_back(verdict);
  return made;
}

void print_table(const std::vector<columns>& rows, std::ostream& to) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (std::size_t line = 0; line < rows.size(); ++line) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string space(widths[i] - rows[line][i].size(), ' ');
      const bool left = i == 0 || i + 1 == widths.size();
      to << (i == 0 ? "| " : " | ") << (left ? rows[line][i] + space : space + rows[line][i]);
    }
    to << " |\n";
    if (line != 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool left = i == 0 || i + 1 == widths.size();
      to << "|" << std::string(widths[i] + 1, '-') << (left ? "-" : ":");
    }
    to << "|\n";
  }
}

}  // namespace

facts_by_name read_facts(const std::filesystem::path& file) {
  auto in = opened(file);
  facts_by_name made;
  for (std::string line; std::getline(in, line);) {
    const auto words = split(line, '\t');
    if (words.size() != 4) throw std::runtime_error(file.string() + ": not a fact: " + line);
    auto& one = made[words[0]];
    one = {std::nullopt, words[2], words[3]};
    if (words[1] != "-") one.value = std::stod(words[1]);
  }
  return made;
}

std::vector<reach_row> read_reach(const std::filesystem::path& file) {
  auto in = opened(file);
  std::vector<reach_row> made;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto words = split(line, '|');
    auto& row = made.emplace_back();
    row.what = words[0];
    if (words.size() == 1) continue;
    if (words.size() < 3 || words.size() > 4) throw std::runtime_error(file.string() + ": not a row: " + line);
    row.measured = words[1];
    row.reached = words[2];
    if (words.size() == 4) read_aim(row, words[3]);
  }
  return made;
}

std::optional<double> reached(const reach_row& row, const facts_by_name& facts) {
  const auto parts = split(row.reached, '/');
  const auto above = sum_of(parts[0], facts);
  if (parts.size() == 1 || !above) return above;
  const auto below = sum_of(parts[1], facts);
  if (!below || *below == 0) return std::nullopt;
  return *above / *below;
}

std::string shown(double value, std::string_view unit) {
  if (unit == "s") return shown_seconds(value);
  if (unit == "/s") return shown_ratio(value) + "/s";
  if (unit != "bytes") return value < 1 ? std::to_string(value).substr(0, 4) : shown_ratio(value);
  for (const char* larger : {"bytes", "KiB", "MiB"}) {
    if (value < 10000) return shown_ratio(value) + " " + larger;
    value /= 1024;
  }
  return shown_ratio(value) + " GiB";
}

verdicts print_reach(const std::vector<reach_row>& rows, const facts_by_name& facts, std::ostream& to) {
  verdicts count;
  for (auto row = rows.begin(); row != rows.end();) {
    if (row->is_heading()) to << "\n### " << (row++)->what << "\n\n";
    std::vector<columns> table{{"what", "measured", "reached", "aim", ""}};
    for (; row != rows.end() && !row->is_heading(); ++row) table.push_back(cells(*row, facts, count));
    print_table(table, to);
  }
  return count;
}

}  // namespace licaudit::bench
