#pragma once

#include "cli/outcome.hpp"
#include "cli/request.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::cli {

/// What came back, whatever its status.
struct answer {
  unsigned status = 0;
  std::string content_type;
  std::string body;
  std::map<std::string, std::string, std::less<>> headers{};  ///< those of licaudit's own

  [[nodiscard]] std::string header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
};

/// Is given every complete line of a streamed 200 answer, without its line end, as soon as it is there.
using line_sink = std::function<void(std::string_view line)>;

/// Bytes of a 200 answer that is too large to be held, and how many there are in all where that was said.
struct download_part {
  std::string_view bytes;
  std::optional<std::uint64_t> whole{};
};
/// False: no more is wanted.
using byte_sink = std::function<bool(const download_part& part)>;

/// Speaks HTTP/1.1 over a UNIX socket. Every request has its own connection and ends: with an answer, or with a
/// complaint once no byte has moved for the timeout; without one, for the patience of the request.
class client {
 public:
  client(std::string socket, std::optional<std::chrono::milliseconds> timeout);

  /// exit_status 3 (nobody there), 4 (socket closed to us), 7 (silent), 70 (not HTTP); the text says what to do.
  [[nodiscard]] outcome<answer> ask(const request& question, const line_sink& on_line = {}) const;

  /// The same, with the body of a 200 answer given to the sink as it comes, however large.
  [[nodiscard]] outcome<answer> download(const request& question, const byte_sink& on_bytes) const;

 private:
  std::string socket_;
  std::optional<std::chrono::milliseconds> timeout_;
};

}  // namespace licaudit::cli
