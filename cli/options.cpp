#include "cli/options.hpp"

#include <array>
#include <charconv>

namespace licaudit::cli {

outcome<std::chrono::milliseconds> parse_timeout(std::string_view text) {
  struct unit {
    std::string_view name;
    std::int64_t milliseconds;
  };
  static constexpr std::array<unit, 6> units = {unit{"ms", 1},       unit{"", 1000},    unit{"s", 1000},
                                                unit{"min", 60'000}, unit{"m", 60'000}, unit{"h", 3'600'000}};
  constexpr std::int64_t longest = 86'400'000;
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const std::string_view name(read.ptr, static_cast<std::size_t>(end - read.ptr));
  for (const auto& known : units) {
    if (read.ec != std::errc() || name != known.name) continue;
    if (number > 0 && number <= longest / known.milliseconds) {
      return std::chrono::milliseconds{number * known.milliseconds};
    }
  }
  return complaint{exit_status::usage, "--timeout " + std::string(text) +
                                           ": not a time between 1ms and 24h; write it as 500ms, 5s, 2min or 1h"};
}

}  // namespace licaudit::cli
