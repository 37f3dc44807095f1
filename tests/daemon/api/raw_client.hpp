#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace licaudit::api {

/// One answer, taken apart by hand: the tests must not believe the library that they test.
struct raw_answer {
  int status = 0;  ///< 0: the connection ended instead
  std::map<std::string, std::string> headers;
  std::string body;
};

/// A client of a UNIX socket or a local TCP port that sends what it is told, byte for byte. Everything it waits for has
/// a deadline of ten seconds, after which it throws.
class raw_client {
 public:
  explicit raw_client(const std::filesystem::path& socket);
  /// Of the IPv4 loopback.
  explicit raw_client(std::uint16_t port);
  ~raw_client();
  raw_client(raw_client&& other) noexcept;
  raw_client& operator=(raw_client&&) = delete;

  /// False: the other side has closed.
  bool send(std::string_view bytes);
  /// Nothing more will come from here.
  void finish_sending();

  raw_answer read_answer(bool of_head = false);
  raw_answer ask(std::string_view request) { return send(request) ? read_answer() : raw_answer{}; }

  /// The next `n` bytes, or fewer at the end.
  std::string read_exactly(std::size_t n);
  std::string read_line();                   ///< without CRLF
  bool is_closed();                          ///< waits until the other side closes; what arrives before is dropped
  [[nodiscard]] bool has_something() const;  ///< bytes or the end, now

 private:
  bool fill();

  int descriptor_ = -1;
  std::string buffer_;
};

}  // namespace licaudit::api
