#pragma once

#include "cli/outcome.hpp"
#include "cli/request.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::cli {

/// What came back, whatever its status.
struct answer {
  unsigned status = 0;
  std::string content_type;
  std::string body;
};

/// Is given every complete line of a streamed 200 answer, without its line end, as soon as it is there.
using line_sink = std::function<void(std::string_view line)>;

/// Speaks HTTP/1.1 over a UNIX socket. Every request has its own connection and ends: with an answer, or with a
/// complaint once no byte has moved for the timeout; without one, for the patience of the request.
class client {
 public:
  client(std::string socket, std::optional<std::chrono::milliseconds> timeout);

  /// exit_status 3 (nobody there), 4 (socket closed to us), 7 (silent), 70 (not HTTP); the text says what to do.
  [[nodiscard]] outcome<answer> ask(const request& question, const line_sink& on_line = {}) const;

 private:
  std::string socket_;
  std::optional<std::chrono::milliseconds> timeout_;
};

}  // namespace licaudit::cli
