#include "cli/rendering/view.hpp"

#include "cli/rendering/json_access.hpp"

namespace licaudit::cli::rendering {

namespace {

std::string_view sequence_of(colour tint) {
  switch (tint) {
    case colour::bold:
      return "\x1b[1m";
    case colour::red:
      return "\x1b[31m";
    case colour::yellow:
      return "\x1b[33m";
    case colour::green:
      return "\x1b[32m";
    case colour::plain:
      break;
  }
  return {};
}

}  // namespace

std::string view::painted(colour tint, std::string_view text) const {
  if (!colours || tint == colour::plain || text.empty()) return std::string(text);
  return std::string(sequence_of(tint)) + std::string(text) + "\x1b[0m";
}

wall_clock view::clock_of(const json::object& answer) const {
  if (utc) return {time_zone(), now};
  const auto zone = time_zone::find(text_at(answer, "time_zone"));
  return {zone ? *zone : time_zone(), now};
}

colour colour_of_state(std::string_view state) {
  if (state == "ok") return colour::green;
  if (state == "held" || state == "failed") return colour::red;
  if (state == "degraded" || state == "stale" || state == "never") return colour::yellow;
  return colour::plain;
}

}  // namespace licaudit::cli::rendering
