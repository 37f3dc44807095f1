// How long the loop of the daemon under test is at work between two looks at what else there is to do. The longest such
// turn stands in the file that LICAUDIT_LONGEST_TURN names, in nanoseconds. Time in which another program had the core
// does not count: what waits for a lock, for a disk or for a match does.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<std::int64_t>* longest_in_file() {
  const char* path = std::getenv("LICAUDIT_LONGEST_TURN");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  if (path == nullptr) return nullptr;
  const int descriptor = ::open(path, O_RDWR | O_CLOEXEC);
  void* shared = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  return shared == MAP_FAILED ? nullptr : static_cast<std::atomic<std::int64_t>*>(shared);
}

/// For how long this thread was ready and another had the core, since it began: the second number of schedstat.
std::int64_t waited_for_core() {
  static thread_local const int statistics = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  std::array<char, 96> text{};
  if (::pread(statistics, text.data(), text.size() - 1, 0) <= 0) return 0;
  char* behind = nullptr;
  std::strtoll(text.data(), &behind, 10);
  return std::strtoll(behind, nullptr, 10);
}

std::int64_t own_time() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count() - waited_for_core();
}

}  // namespace

extern "C" int epoll_wait(int descriptor, epoll_event* events, int most, int timeout) {
  static auto* const longest = longest_in_file();
  static thread_local std::int64_t begun = 0;
  if (longest != nullptr && begun != 0) longest->store(std::max(longest->load(), own_time() - begun));
  const int count = ::epoll_pwait(descriptor, events, most, timeout, nullptr);
  if (longest != nullptr) begun = own_time();
  return count;
}
