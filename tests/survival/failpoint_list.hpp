#pragma once

#include <string>
#include <vector>

namespace licaudit::test {

/// The names in the sources of the daemon, each once.
[[nodiscard]] std::vector<std::string> failpoints();

/// Lines of the daemon that commit, rename or checkpoint without a failpoint close before and after them.
[[nodiscard]] std::vector<std::string> steps_without_failpoints();

}  // namespace licaudit::test
