#pragma once

#include "model/json.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace licaudit::test {

/// What the daemon said, if it said it to the end.
struct http_answer {
  int status = 0;  ///< 0: no whole answer came
  std::string body;

  [[nodiscard]] bool good() const { return status == 200 || status == 201; }
  /// The body, or of a stream of lines the last one; an empty object if that is none.
  [[nodiscard]] json::object object() const;
};

/// A socket connected to the daemon, closed at the end; `descriptor` is -1 if nobody listens.
class connection {
 public:
  explicit connection(const std::filesystem::path& socket, std::chrono::seconds patience = std::chrono::seconds(60));
  ~connection();
  connection(connection&& other) noexcept;
  connection& operator=(connection&&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  /// False: the other side has closed.
  [[nodiscard]] bool send(std::string_view bytes) const;
  /// Reads what there is until the other side closes.
  [[nodiscard]] std::string read_all() const;

 private:
  int descriptor_ = -1;
};

/// One request on a connection of its own. Only a whole answer counts: a daemon that was killed while it wrote has
/// acknowledged nothing.
[[nodiscard]] http_answer ask_over_http(const std::filesystem::path& socket, std::string_view method,
                                        std::string_view target, std::string_view body = {});

}  // namespace licaudit::test
