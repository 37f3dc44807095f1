#pragma once

#include "model/instant.hpp"
#include "model/json.hpp"
#include "model/time_zone.hpp"

#include <string>
#include <string_view>

namespace licaudit {

// Values as a test writes them; text that is none of the kind ends the test.

inline instant at(std::string_view rfc3339) {
  return parse_rfc3339(rfc3339).value();
}
inline json::value parsed(std::string_view text) {
  return parse_json(text).value();
}
inline time_zone zone(std::string_view name) {
  return time_zone::find(name).value();
}

/// JSON with single quotes, which C++ need not escape.
inline json::value relaxed(std::string text) {
  for (char& c : text) {
    if (c == '\'') c = '"';
  }
  return parsed(text);
}

/// The message of a failure, or what shows in the test that there was none.
template <class T>
std::string problem_of(const T& outcome) {
  return outcome ? "no failure" : outcome.error().detail;
}

}  // namespace licaudit
