#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>

namespace licaudit::api {

/// One open connection, as the server sees it.
struct session_entry {
  /// `waiting`: no whole request is there yet. `working`: a handler runs. `answering`: bytes wait for the reader.
  enum class phase : std::uint8_t { waiting, working, answering };

  phase doing = phase::waiting;
  std::chrono::steady_clock::time_point moved{};  ///< when a byte last went in or out
  std::function<void()> close{};                  ///< closes the connection; set while it is open
  std::function<void()> cancel{};                 ///< cancels what its handler waits for
  bool ended = false;                             ///< it was told to end and is on its way out

  void touch(std::chrono::steady_clock::time_point now) { moved = now; }
};

/// All open connections. Decides who makes room; one thread, no I/O.
class session_set {
 public:
  using place = std::list<session_entry>::iterator;

  [[nodiscard]] place add(std::chrono::steady_clock::time_point now);
  void remove(place which) { entries_.erase(which); }

  /// Those that were not told to end.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  /// Ends the connection that has been silent longest without a request in work; if there is none, the answer whose
  /// reader has stalled longest and for at least `stalled`, so that a crowd of slow readers shuts nobody out. False if
  /// nobody can make room now.
  [[nodiscard]] bool make_room(std::chrono::steady_clock::time_point now, std::chrono::milliseconds stalled);

  void end_waiting();
  void end_all();

 private:
  std::list<session_entry> entries_;
};

}  // namespace licaudit::api
