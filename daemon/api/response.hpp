#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace licaudit::api {

/// Where a streaming answer goes: one JSON document a line.
class line_writer {
 public:
  virtual ~line_writer() = default;

  /// Sends the line and its end. False: the client has left or does not read; nothing more will arrive.
  [[nodiscard]] virtual boost::asio::awaitable<bool> write(std::string line) = 0;
};

/// Writes a streaming answer; the status was sent before it began, so that what goes wrong is a line, not a status.
using line_source = std::function<boost::asio::awaitable<void>(line_writer&)>;

struct response {
  int status = 200;
  std::string_view content_type = "application/json";  ///< a constant
  std::string body{};
  std::shared_ptr<const std::string> kept{};  ///< if set, the body: one that others are answered with too
  std::vector<std::pair<std::string, std::string>> headers{};
  line_source lines{};  ///< if set, the answer is what it writes, as application/x-ndjson, and `body` is not sent
  bool bytes = false;   ///< what `lines` writes are not lines, but pieces of a `content_type`
  bool close = false;   ///< the connection ends after this answer

  /// Of an answer that is no stream.
  [[nodiscard]] std::string_view text() const { return kept ? std::string_view(*kept) : std::string_view(body); }
};

/// An answer at hand, or one that has to be waited for.
using reply = std::variant<response, boost::asio::awaitable<response>>;

}  // namespace licaudit::api
