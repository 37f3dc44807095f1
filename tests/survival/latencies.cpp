#include "tests/survival/latencies.hpp"

#include "tests/survival/http_client.hpp"

#include <algorithm>
#include <cstdio>

namespace licaudit::test {

bool latencies::ask(const std::filesystem::path& socket, const std::string& target, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    if (!ask_over_http(socket, "GET", target).good()) return false;
    taken_.emplace_back(std::chrono::steady_clock::now() - begun);
  }
  return true;
}

std::string latencies::text() const {
  if (taken_.empty()) return "no answers";
  auto sorted = taken_;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](std::size_t percent) {
    return sorted.at(std::min(sorted.size() - 1, sorted.size() * percent / 100));
  };
  char text[128];
  std::snprintf(text, sizeof(text), "p50 %.1f ms, p99 %.1f ms, longest %.1f ms of %zu answers", at(50).count(),
                at(99).count(), sorted.back().count(), sorted.size());
  return text;
}

}  // namespace licaudit::test
