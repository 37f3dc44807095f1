#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace licaudit::test {

/// How long answers took, in the order in which they came.
class latencies {
 public:
  /// Asks so many times, each on a connection of its own. False, at once: something else than a good answer.
  [[nodiscard]] bool ask(const std::filesystem::path& socket, const std::string& target, std::size_t times);
  /// `p50 0.4 ms, p99 1.2 ms, longest 3.0 ms of 300 answers`
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::size_t count() const { return taken_.size(); }

 private:
  std::vector<std::chrono::duration<double, std::milli>> taken_;
};

}  // namespace licaudit::test
