#include "daemon/settings/file_pattern.hpp"

#include <glob.h>

#include <algorithm>

namespace licaudit::settings {

bool is_glob(std::string_view text) {
  return text.find_first_of("*?[") != std::string_view::npos;
}

std::string absolute_pattern(const std::filesystem::path& directory, std::string_view written) {
  if (!written.empty() && written.front() == '/') return std::string(written);
  std::string pattern;
  for (const char c : directory.string()) {
    if (is_glob({&c, 1}) || c == '\\') pattern += '\\';
    pattern += c;
  }
  if (pattern.empty() || pattern.back() != '/') pattern += '/';
  return pattern.append(written);
}

std::vector<std::filesystem::path> matching_files(const std::string& pattern) {
  glob_t found{};
  std::vector<std::filesystem::path> files;
  if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
  }
  globfree(&found);
  std::sort(files.begin(), files.end());  // glob itself sorts by the locale
  return files;
}

}  // namespace licaudit::settings
