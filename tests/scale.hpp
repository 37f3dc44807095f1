#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace licaudit {

// How much a random test does, of whichever room: less under the sanitizers, ten times as much in the long suite.

/// LICAUDIT_TEST_SCALE; 1 if it is not set.
[[nodiscard]] inline double test_scale() {
  const char* text = std::getenv("LICAUDIT_TEST_SCALE");
  return text == nullptr ? 1.0 : std::strtod(text, nullptr);
}

/// So many times the scale, at least one.
[[nodiscard]] inline std::size_t scaled(std::size_t count) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(count) * test_scale()));
}

}  // namespace licaudit
