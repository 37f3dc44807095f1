#pragma once

#include <sys/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace licaudit::bench {

/// What a process holds and has used.
struct process_use {
  std::size_t resident = 0, peak = 0;  ///< bytes: VmRSS, VmHWM
  double cpu_seconds = 0;              ///< its own, without its children
};

/// A server as a child: ended by its process id, at the latest with this object.
class host_process {
 public:
  /// Starts `command` in `folder`; what it says goes to `log`.
  host_process(const std::vector<std::string>& command, const std::filesystem::path& folder,
               const std::filesystem::path& log);
  ~host_process();
  host_process(const host_process&) = delete;
  host_process& operator=(const host_process&) = delete;

  /// SIGTERM, and SIGKILL after a minute.
  void stop();
  [[nodiscard]] bool runs();
  [[nodiscard]] process_use use() const;

 private:
  [[nodiscard]] bool ended(bool wait);

  pid_t pid_ = -1;
};

}  // namespace licaudit::bench
