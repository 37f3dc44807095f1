// The wall clock of the daemon that the tests start: as many nanoseconds beside the real one as the file says that
// LICAUDIT_CLOCK_SHIFT names. The steady clock stays what it is, as when a person or NTP sets the time.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>

namespace {

const std::atomic<std::int64_t>* shift_in_file() {
  const char* path = std::getenv("LICAUDIT_CLOCK_SHIFT");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  if (path == nullptr) return nullptr;
  const int descriptor = ::open(path, O_RDONLY | O_CLOEXEC);
  void* shared = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  return shared == MAP_FAILED ? nullptr : static_cast<const std::atomic<std::int64_t>*>(shared);
}

}  // namespace

extern "C" int clock_gettime(clockid_t which, timespec* at) noexcept {
  static const auto* const shift = shift_in_file();
  const auto outcome = static_cast<int>(::syscall(SYS_clock_gettime, which, at));
  if (outcome != 0 || which != CLOCK_REALTIME || shift == nullptr) return outcome;
  constexpr std::int64_t second = 1'000'000'000;
  const std::int64_t moved = at->tv_nsec + shift->load(std::memory_order_relaxed);
  // Rounded downwards, also for a clock that is behind.
  const std::int64_t seconds = moved >= 0 ? moved / second : (moved - second + 1) / second;
  at->tv_sec += seconds;
  at->tv_nsec = moved - seconds * second;
  return 0;
}
