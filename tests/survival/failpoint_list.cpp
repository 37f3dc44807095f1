#include "tests/survival/failpoint_list.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

namespace licaudit::test {

namespace {

namespace fs = std::filesystem;

const std::string call = "pass_failpoint(\"";

/// How far from a step its failpoints may stand: the step may be a statement of several lines.
constexpr std::size_t close_by = 4;

struct source_file {
  std::string path;
  std::vector<std::string> lines;
};

std::vector<source_file> sources() {
  std::vector<source_file> all;
  const fs::path root(LICAUDIT_SOURCE_DIRECTORY);
  for (const auto& entry : fs::recursive_directory_iterator(root / "daemon")) {
    if (entry.path().extension() != ".cpp") continue;
    source_file one{entry.path().lexically_relative(root), {}};
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) one.lines.push_back(line);
    all.push_back(std::move(one));
  }
  return all;
}

/// COMMIT as SQL, a rename of a file, a checkpoint.
bool is_step(const std::string& line) {
  const auto has = [&line](const char* word) { return line.find(word) != std::string::npos; };
  if (!has("COMMIT") && !has("rename") && !has("checkpoint")) return false;  // a regex for every line takes seconds
  static const std::regex step(R"re(\bCOMMIT\b.*"|\brename(at2?)?\(|sqlite3_wal_checkpoint_v2\()re");
  const auto code = std::min(line.find("//"), line.size());
  return std::regex_search(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(code), step);
}

/// A transaction that only reads has nothing to write when it ends.
bool ends_reading(const source_file& in, std::size_t at) {
  for (std::size_t before = at > close_by ? at - close_by : 0; before < at; ++before)
    if (in.lines[before].find("::end_reading()") != std::string::npos) return true;
  return false;
}

bool has_call(const source_file& in, std::size_t first, std::size_t last) {
  for (std::size_t at = first; at < std::min(last, in.lines.size()); ++at)
    if (in.lines[at].find(call) != std::string::npos) return true;
  return false;
}

}  // namespace

std::vector<std::string> failpoints() {
  std::set<std::string> names;
  for (const auto& file : sources())
    for (const auto& line : file.lines)
      if (const auto at = line.find(call); at != std::string::npos) {
        const auto begin = at + call.size();
        names.insert(line.substr(begin, line.find('"', begin) - begin));
      }
  return {names.begin(), names.end()};
}

std::vector<std::string> steps_without_failpoints() {
  std::vector<std::string> bare;
  for (const auto& file : sources())
    for (std::size_t at = 0; at < file.lines.size(); ++at)
      if (is_step(file.lines[at]) && !ends_reading(file, at) &&
          (!has_call(file, at > close_by ? at - close_by : 0, at) || !has_call(file, at + 1, at + 1 + close_by)))
        bare.push_back(file.path + ':' + std::to_string(at + 1) + ": " + file.lines[at]);
  return bare;
}

}  // namespace licaudit::test
