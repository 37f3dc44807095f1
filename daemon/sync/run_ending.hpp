#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace licaudit::sync {

enum class exit_kind : std::uint8_t { not_started, exited, signalled, lost };

/// Why we ended it before it ended itself.
enum class run_cut : std::uint8_t { none, deadline, stopped, output_cap, not_of_the_protocol };

/// Exit status of a source that wants to start again without a cursor (interfaces.md 3).
inline constexpr int start_over_status = 75;

/// How a child ended.
struct run_ending {
  exit_kind kind = exit_kind::exited;
  int code = 0;  ///< exit status or signal
  run_cut cut = run_cut::none;
  std::chrono::milliseconds timeout{};  ///< its deadline
  std::string stderr_tail{};            ///< printable, at most 4 KiB
  std::string not_started{};            ///< why, one sentence

  /// Of its own accord and with status 0: then what it printed may take effect.
  [[nodiscard]] bool sound() const { return kind == exit_kind::exited && code == 0 && cut == run_cut::none; }
};

/// As `source_run::exit` keeps it: `exit 0`, `exit 3`, `signal 11`, `killed at its deadline of 300 s`.
[[nodiscard]] std::string to_text(const run_ending& ending);

/// What is wrong with this end, one sentence with what to do, or the empty text: `ended with exit status 3: "401 ..."`.
[[nodiscard]] std::string problem_of(const run_ending& ending);

}  // namespace licaudit::sync
