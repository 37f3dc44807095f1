#pragma once

#include "daemon/api/http_limits.hpp"
#include "daemon/api/request.hpp"
#include "daemon/api/response.hpp"

#include <boost/asio/buffer.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace licaudit::api {

/// Takes the requests of one connection out of its bytes, one after the other. Does no I/O. The only place that knows
/// Beast.
class request_reader {
 public:
  /// `begins`: not a byte of a request is there. `partial`: more bytes are needed. `expects`: the client sends its body
  /// after `100 Continue`; asked again, the reader goes on. `whole`: see request(). `refused`: see refusal(), and the
  /// connection is of no more use. `lost`: these are no requests, and nobody is left who would read an answer.
  enum class state : std::uint8_t { begins, partial, expects, whole, refused, lost };

  explicit request_reader(const http_limits& limits);
  ~request_reader();
  request_reader(const request_reader&) = delete;
  request_reader& operator=(const request_reader&) = delete;

  /// Where the next bytes go, and how many have come.
  [[nodiscard]] boost::asio::mutable_buffer space();
  void commit(std::size_t bytes);
  /// Forgets what has come.
  void clear();

  /// As far as the bytes go. Nothing moves on from a whole request before next().
  [[nodiscard]] state advance();
  void next();

  /// Of a whole request, without its caller; errc::malformed if its address cannot be read.
  [[nodiscard]] result<void> take(request& into);
  [[nodiscard]] response refusal();

  // How the client speaks, as far as its head is known.
  [[nodiscard]] unsigned version() const;  ///< 10 or 11
  [[nodiscard]] bool wants_no_body() const;
  [[nodiscard]] bool keeps_alive() const;

 private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace licaudit::api
