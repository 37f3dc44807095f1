#pragma once

#include "model/instant.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace licaudit::sync {

/// What a plan needs to know of the runs so far.
struct run_history {
  std::optional<instant> completed{};  ///< when the last run began that completed, guards or not
  std::optional<instant> ended{};      ///< when the last run ended, whatever came of it
  std::int64_t failures = 0;           ///< since the last one that completed
};

/// When a source runs next: a pure value. The ticks of a source lie at a stable place inside its interval, given by
/// host and name, so that neither the sources of one host nor one source of many hosts come in a herd.
class schedule_plan {
 public:
  schedule_plan(std::string_view host, std::string_view source, std::chrono::milliseconds every);

  /// At once if it never completed; after a failure as `back_off` says; else at the first tick after the last completed
  /// run. Never before `now`: ticks that were missed, by a suspended or busy machine, are one run. A history that lies
  /// in the future (the clock fell back) counts as if it were now. `jitter` is in [0, 1), drawn once per outcome.
  [[nodiscard]] instant next(instant now, const run_history& history, double jitter) const;

  [[nodiscard]] std::chrono::milliseconds splay() const { return splay_; }
  [[nodiscard]] std::chrono::milliseconds every() const { return every_; }

 private:
  std::chrono::milliseconds every_;
  std::chrono::milliseconds splay_;
};

inline constexpr std::chrono::milliseconds least_back_off = std::chrono::seconds(1);
inline constexpr std::chrono::milliseconds most_back_off = std::chrono::minutes(5);

/// The pause after the n-th failure in a row: 1 s, 2 s, 4 s ... 5 min, of which `jitter` takes away up to a half, but
/// never below 1 s (interfaces.md 3).
[[nodiscard]] std::chrono::milliseconds back_off(std::int64_t failures, double jitter);

}  // namespace licaudit::sync
