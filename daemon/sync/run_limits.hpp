#pragma once

#include <chrono>
#include <cstdint>

namespace licaudit::sync {

/// What a child may take. The deadline of a run stands in its plan.
struct run_limits {
  /// A host of a million subjects prints less than 1 GiB; what prints more than this has lost its way.
  std::int64_t output_cap = std::int64_t{4} * 1024 * 1024 * 1024;

  /// Between SIGTERM and SIGKILL; the daemon itself must stop in less than 2 s.
  std::chrono::milliseconds term_grace{500};

  /// How long something that outlives the source may hold its standard output, before it is cut.
  std::chrono::milliseconds after_exit{1000};

  /// How long a killed process may take to go away; one that the kernel holds is then given up.
  std::chrono::milliseconds after_kill{5000};
};

}  // namespace licaudit::sync
