#pragma once

#include <cstdint>

namespace licaudit::sync {

/// How far a run is. `done` and `total` are what the source says; a total of 0 is not known.
struct run_progress {
  std::int64_t lines = 0;
  std::int64_t bytes = 0;
  std::int64_t done = 0;
  std::int64_t total = 0;
  bool operator==(const run_progress&) const = default;
};

}  // namespace licaudit::sync
