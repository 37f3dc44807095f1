#pragma once

namespace licaudit::cli {

/// The whole program; the result is its exit status (interfaces.md 7).
[[nodiscard]] int run_program(int count, char** words);

}  // namespace licaudit::cli
