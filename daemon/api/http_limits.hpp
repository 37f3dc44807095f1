#pragma once

#include <chrono>
#include <cstddef>

namespace licaudit::api {

/// What one client may take from the others (interfaces.md 6). Tests shorten them.
struct http_limits {
  std::size_t header_bytes = std::size_t{16} * 1024;
  std::size_t body_bytes = std::size_t{1024} * 1024;

  /// From the first byte of a request to its last.
  std::chrono::milliseconds request_time{5000};

  /// An answer is cut when no byte of it moved for this long.
  std::chrono::milliseconds write_pause{30'000};

  /// More than this many make room for each other, the one that has been silent longest first.
  std::size_t connections = 256;

  /// A reader that has not moved its answer for this long makes room too, if nobody else can.
  std::chrono::milliseconds stalled_reader{1000};

  /// After EMFILE and while nobody can make room: long enough not to spin, short enough not to be felt.
  std::chrono::milliseconds accept_pause{100};

  /// What keeps connections from being accepted is said once in so long.
  std::chrono::milliseconds complaint_pause{60'000};

  /// Requests in work may finish for this long when the daemon stops; it has 2 s in all.
  std::chrono::milliseconds stop_grace{1000};
};

}  // namespace licaudit::api
