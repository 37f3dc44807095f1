#pragma once

#include <poll.h>

#include <chrono>

namespace licaudit::test {

/// A busy machine and a sanitized build are slow; whoever waits longer than this waits for nothing.
inline constexpr std::chrono::seconds patience{60};

/// Asks until the answer is yes. False: it was not for too long.
template <class Done>
[[nodiscard]] bool wait_until(const Done& done) {
  const auto begun = std::chrono::steady_clock::now();
  while (!done()) {
    if (std::chrono::steady_clock::now() - begun > patience) return false;
    ::poll(nullptr, 0, 1);
  }
  return true;
}

}  // namespace licaudit::test
