#pragma once

#include "cli/outcome.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::cli {

inline constexpr std::string_view default_socket = "/run/licaudit/licaudit.sock";

enum class output_form { people, json, jsonl, csv };
enum class colour_use { automatic, always, never };

/// What stands before or behind any command.
struct global_options {
  std::string socket{default_socket};
  std::optional<std::chrono::milliseconds> timeout{};
  output_form form = output_form::people;
  colour_use colours = colour_use::automatic;
  bool header = true;
  bool utc = false;
};

/// `5s`, `500ms`, `2min`, `1h`, `5` (seconds); more than nothing and at most a day.
[[nodiscard]] outcome<std::chrono::milliseconds> parse_timeout(std::string_view text);

}  // namespace licaudit::cli
