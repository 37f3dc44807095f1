#pragma once

#include <string>
#include <vector>

namespace licaudit::cli {

/// What a run of the real program left behind. `exit` is -1 if it had to be killed at the deadline of the tests.
struct program_result {
  int exit = -1;
  std::string out, err;
};

struct program_setting {
  std::vector<std::string> environment{};  ///< `NAME=value`; nothing else is inherited
  std::string input{};                     ///< standard input
  std::string output_file{};               ///< standard output, instead of what `out` collects
  bool as_nobody = false;                  ///< without root's rights, where the test has them
  unsigned short terminal_columns =
      0;  ///< 0: standard output is a pipe; else a terminal of that width, CR LF read as LF
};

[[nodiscard]] program_result run_licaudit(const std::vector<std::string>& arguments,
                                          const program_setting& setting = {});

}  // namespace licaudit::cli
