#include "daemon/ledger/state_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace licaudit::ledger {

result<state_lock> state_lock::take(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  const auto file = folder / "licaudit.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return failure{errc::unreachable, file.string() + ": cannot be made: " + std::strerror(errno)};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return state_lock(descriptor);
  ::close(descriptor);
  return failure{errc::conflict, file.string() +
                                     ": another licauditd works on this state; stop it first, or set `state` to "
                                     "another folder"};
}

state_lock::~state_lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace licaudit::ledger
