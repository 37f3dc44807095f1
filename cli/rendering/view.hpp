#pragma once

#include "cli/rendering/wall_clock.hpp"
#include "model/json.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::cli::rendering {

enum class colour { plain, bold, red, yellow, green };

/// How a person looks at an answer.
struct view {
  std::optional<std::size_t> width{};  ///< columns of the terminal; none: no terminal, no limit
  bool colours = false;
  bool utc = false;      ///< all times in UTC instead of the place's own zone
  bool headings = true;  ///< first lines of tables and CSV
  instant now{};

  /// The text in that colour, where colours are wanted.
  [[nodiscard]] std::string painted(colour tint, std::string_view text) const;

  /// A clock in the `time_zone` of the answer; in UTC where it names none, an unknown one, or where UTC is wanted.
  [[nodiscard]] wall_clock clock_of(const json::object& answer) const;
};

/// The colour of a state word: of a tally, a source, a run, the daemon.
[[nodiscard]] colour colour_of_state(std::string_view state);

}  // namespace licaudit::cli::rendering
