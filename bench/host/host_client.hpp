#pragma once

#include "model/json.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace licaudit::bench {

/// Nobody answers there, or not to the end.
struct no_answer : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct http_answer {
  int status = 0;
  std::string body;
};

/// Asks a daemon, one connection a question, in HTTP/1.0: an answer ends with its connection. Waits at most ten
/// minutes. Throws no_answer.
class host_client {
 public:
  explicit host_client(std::filesystem::path socket) : socket_(std::move(socket)) {}

  [[nodiscard]] http_answer ask(std::string_view method, std::string_view path, std::string_view body = {}) const;
  /// The body of an answer 200; any other status is an error with what it says.
  [[nodiscard]] std::string sound(std::string_view method, std::string_view path, std::string_view body = {}) const;
  [[nodiscard]] json::value json_of(std::string_view path) const;

  /// Runs the source `workload` and waits for the calculation that follows. Throws if the run was not sound.
  void refresh() const;

 private:
  std::filesystem::path socket_;
};

/// A connected socket of the UNIX path; throws no_answer.
[[nodiscard]] int connect_to(const std::filesystem::path& socket);

}  // namespace licaudit::bench
