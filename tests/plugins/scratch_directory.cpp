#include "tests/plugins/scratch_directory.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace licaudit::test {

scratch_directory::scratch_directory() {
  auto pattern = (std::filesystem::temp_directory_path() / "licaudit-plugins-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = pattern;
}

scratch_directory::~scratch_directory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string scratch_directory::path(std::string_view name) const {
  return (path_ / name).string();
}

std::string scratch_directory::write(std::string_view name, std::string_view content) const {
  std::ofstream(path(name), std::ios::binary) << content;
  return path(name);
}

std::string data_file(std::string_view name) {
  return std::string(LICAUDIT_SOURCE_DIRECTORY "/tests/data/").append(name);
}

}  // namespace licaudit::test
