#pragma once

#include "daemon/sync/run_progress.hpp"
#include "model/instant.hpp"
#include "model/source_run.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace licaudit::sync {

/// `stale`: its last run failed, or its last good one is older than three intervals. `never`: no run completed yet.
enum class source_condition : std::uint8_t { ok, running, stale, held, never };

[[nodiscard]] std::string_view to_text(source_condition condition);

/// What is remembered of a source: by the ledger across restarts, by the scheduler while it runs.
struct source_memory {
  std::string source;
  std::optional<source_run> last_run{};
  std::optional<instant> last_good{};  ///< when its last run ended that did not fail
  std::int64_t failed_since_good = 0;  ///< runs in a row that failed
};

/// A source as status and `licaudit sources` show it.
struct source_state {
  std::string source;
  std::string plugin;
  source_condition condition = source_condition::never;
  std::optional<source_run> last_run{};
  std::optional<instant> last_good{};
  std::optional<instant> next{};  ///< none while it runs
  std::optional<instant> running_since{};
  run_progress progress{};  ///< of the run under way
  std::int64_t failed_since_good = 0;
  std::chrono::milliseconds every{};
};

/// The condition of a source that is not running.
[[nodiscard]] source_condition condition_of(const source_memory& memory, std::chrono::milliseconds every, instant now);

}  // namespace licaudit::sync
