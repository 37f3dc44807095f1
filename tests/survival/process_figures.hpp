#pragma once

#include <sys/types.h>

namespace licaudit::test {

/// What the kernel says of a process.
struct process_figures {
  long descriptors = 0;
  long resident_kib = 0;
  long cpu_ms = 0;  ///< user and system
};

[[nodiscard]] process_figures figures_of(pid_t process);

}  // namespace licaudit::test
