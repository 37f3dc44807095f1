#pragma once

#include "daemon/sync/reading_rules.hpp"
#include "daemon/sync/schedule_plan.hpp"
#include "daemon/sync/scheduler.hpp"
#include "daemon/sync/source_execution.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace licaudit::sync {

/// One source of a scheduler, from its first plan until its last run ended.
struct scheduler::entry {
  std::shared_ptr<const source_plan> plan;
  digest fingerprint{};
  schedule_plan schedule;
  source_memory memory{};
  run_history history{};
  instant due{};
  bool wanted = false;                 ///< somebody asked for a run: not later than the next free place
  bool planned = true;                 ///< false: leaving
  bool stopped = false;                ///< its run is to end
  std::uint64_t begun = 0, ended = 0;  ///< runs; different: one is under way
  std::optional<instant> running_since{};
  run_progress progress{};
  std::chrono::steady_clock::time_point told{};  ///< when the last progress was
  source_execution* execution = nullptr;         ///< of a process under way

  [[nodiscard]] bool running() const { return begun != ended; }
  [[nodiscard]] bool is_function() const { return plan->tenants != nullptr; }
  [[nodiscard]] bool is_due(instant now) const { return wanted || due <= now; }
  [[nodiscard]] const std::string& name() const { return plan->name; }

  void stop() {
    stopped = true;
    if (execution != nullptr) execution->stop();
  }
};

/// Somebody who waits for runs of some sources, and listens to these sources meanwhile.
struct scheduler::listening {
  std::vector<entry_ptr> sources;
  std::vector<std::uint64_t> runs;  ///< of each the one that is waited for
  source_listener listener;
};

}  // namespace licaudit::sync
