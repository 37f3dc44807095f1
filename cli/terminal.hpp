#pragma once

#include "cli/outcome.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace licaudit::cli {

[[nodiscard]] bool is_terminal(int descriptor);

/// The columns of the terminal: COLUMNS where set, else what the terminal says. None if it is no terminal.
[[nodiscard]] std::optional<std::size_t> terminal_width(int descriptor);

/// The first line of a file, or of standard input for `-`: a secret. exit_status 2 says why there is none.
[[nodiscard]] outcome<std::string> read_secret_file(const std::string& path);

/// Asks on the terminal without showing what is typed. exit_status 2 if there is no terminal.
[[nodiscard]] outcome<std::string> ask_for_secret(const std::string& prompt);

}  // namespace licaudit::cli
