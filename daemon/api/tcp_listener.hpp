#pragma once

#include "model/result.hpp"

#include <cstdint>
#include <string>

namespace licaudit::api {

/// The listening TCP socket of `http.listen`.
class tcp_listener {
 public:
  /// `address` is an IPv4 or IPv6 address in digits; for port 0 the system chooses. The failure says what is in the
  /// way.
  [[nodiscard]] static result<tcp_listener> open(const std::string& address, std::uint16_t port);

  tcp_listener(tcp_listener&& other) noexcept;
  tcp_listener& operator=(tcp_listener&& other) noexcept;
  ~tcp_listener();

  /// The descriptor, close-on-exec and listening; the caller closes it. Once.
  [[nodiscard]] int release();

  /// `127.0.0.1:9478`, `[::1]:9478`: with the port that it really has.
  [[nodiscard]] const std::string& place() const { return place_; }
  /// Whether only this machine reaches it. Elsewhere tokens travel in the clear unless something encrypts in front.
  [[nodiscard]] bool is_loopback() const { return loopback_; }

 private:
  tcp_listener() = default;
  int descriptor_ = -1;
  std::string place_;
  bool loopback_ = false;
};

}  // namespace licaudit::api
