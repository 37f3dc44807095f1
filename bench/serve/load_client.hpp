#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace licaudit::bench {

enum class protocol : std::uint8_t { http, resp };

/// What many clients of one server do at the same time, each over one connection that stays open.
struct load {
  std::filesystem::path socket;
  protocol speaks = protocol::http;
  std::string question;  ///< the bytes of one request
  int connections = 50;
  double seconds = 1;
  double per_second = 0;  ///< of all together, at even distances; 0: each asks again as soon as it has its answer
  const std::atomic<bool>* until = nullptr;  ///< goes on until it is true instead
};

struct load_outcome {
  double seconds = 0;
  std::uint64_t refused = 0;            ///< answers that were no success
  std::vector<double> latency_seconds;  ///< of each answer, sorted; paced ones count from when they were due

  [[nodiscard]] double rate() const { return static_cast<double>(latency_seconds.size()) / seconds; }
  [[nodiscard]] double percentile(double share) const;
};

/// One thread, one epoll, the same code for every server. Throws std::runtime_error when a connection ends or an answer
/// does not come within ten seconds.
[[nodiscard]] load_outcome run_load(const load& what);

/// HTTP: GET of a path. RESP: GET of a key.
[[nodiscard]] std::string http_question(const std::string& path);
[[nodiscard]] std::string resp_command(const std::vector<std::string>& words);

/// How many bytes of `text` are one whole answer; 0: more must come.
[[nodiscard]] std::size_t answer_length(protocol speaks, std::string_view text);
[[nodiscard]] bool is_success(protocol speaks, std::string_view answer);

}  // namespace licaudit::bench
