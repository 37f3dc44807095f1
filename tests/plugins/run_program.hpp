#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::test {

struct program_outcome {
  int status = -1;  ///< of its exit; 128 + the signal that ended it
  std::string out;
  std::string err;
};

/// Runs a program with the text on its standard input. It is ended by SIGALRM after a minute, so nothing hangs.
[[nodiscard]] program_outcome run_program(const std::vector<std::string>& command, std::string_view input);

}  // namespace licaudit::test
