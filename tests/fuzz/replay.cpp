// Stands in for libFuzzer in the ordinary build: feeds each file of the folders it is given, once, in the order of
// their names. So every input that ever was a finding is a test under each compiler.
#include "tests/fuzz/input.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void replay(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  std::printf("%s: %zu bytes\n", file.filename().c_str(), content.size());
  (void)std::fflush(stdout);  // the name of the last one, if it ends the process
  (void)licaudit::fuzz::LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::size_t fed = 0;
    for (const auto& folder : std::vector<std::string>(argv + 1, argv + argc)) {
      for (const auto& file : files_in(folder)) {
        replay(file);
        ++fed;
      }
    }
    if (fed == 0) std::fputs("replay: no inputs: name a folder that has some\n", stderr);
    return fed == 0 ? 1 : 0;
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "replay: %s\n", failed.what());
    return 1;
  }
}
