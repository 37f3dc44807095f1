#include "tests/survival/process_figures.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace licaudit::test {

namespace {

namespace fs = std::filesystem;

long resident_kib(const fs::path& process) {
  std::ifstream in(process / "status");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("VmRSS:", 0) == 0) return std::stol(line.substr(6));
  return 0;
}

long cpu_ms(const fs::path& process) {
  std::ifstream in(process / "stat");
  std::string text;
  std::getline(in, text);
  std::istringstream fields(text.substr(text.rfind(')') + 1));  // the name may have blanks
  constexpr int before_user_time = 11;
  std::string skipped;
  for (int i = 0; i < before_user_time; ++i) fields >> skipped;
  long user = 0, system = 0;
  fields >> user >> system;
  return (user + system) * 1000 / ::sysconf(_SC_CLK_TCK);
}

}  // namespace

process_figures figures_of(pid_t process) {
  const fs::path folder = fs::path("/proc") / std::to_string(process);
  process_figures figures;
  figures.descriptors = std::distance(fs::directory_iterator(folder / "fd"), fs::directory_iterator());
  figures.resident_kib = resident_kib(folder);
  figures.cpu_ms = cpu_ms(folder);
  return figures;
}

}  // namespace licaudit::test
