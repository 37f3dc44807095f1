#include "tests/fuzz/memory_file.hpp"

#include "tests/fuzz/promise.hpp"

#include <sys/mman.h>
#include <unistd.h>

namespace licaudit::fuzz {

memory_file::memory_file() : descriptor_(memfd_create("licaudit-fuzz", MFD_CLOEXEC)) {
  promise(descriptor_ >= 0, "the system gives a file in memory");
  path_ = "/proc/self/fd/" + std::to_string(descriptor_);
}

memory_file::~memory_file() {
  close(descriptor_);
}

void memory_file::hold(std::string_view content) {
  const bool emptied = ftruncate(descriptor_, 0) == 0;
  const auto written = pwrite(descriptor_, content.data(), content.size(), 0);
  promise(emptied && written == static_cast<ssize_t>(content.size()), "a file in memory can be written");
}

}  // namespace licaudit::fuzz
