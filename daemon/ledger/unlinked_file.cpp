#include "daemon/ledger/unlinked_file.hpp"

#include "daemon/ledger/database.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace licaudit::ledger {

unlinked_file::unlinked_file(std::filesystem::path folder) : folder_(std::move(folder)) {
  descriptor_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ >= 0) return;
  // Not every file system has files without a name.
  std::string name = folder_ / ".licaudit-XXXXXX.partial";
  descriptor_ = ::mkostemps(name.data(), static_cast<int>(std::strlen(".partial")), O_CLOEXEC);
  if (descriptor_ < 0) fail("no file can be made for what a source gives");
  ::unlink(name.c_str());
}

unlinked_file::~unlinked_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void unlinked_file::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("what a source gives cannot be put aside");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void unlinked_file::read(std::uint64_t from, std::string& into) const {
  std::size_t got = 0;
  while (got < into.size()) {
    const auto more = ::pread(descriptor_, into.data() + got, into.size() - got, static_cast<off_t>(from + got));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) fail("what a source gave cannot be read again");
    if (more == 0) break;
    got += static_cast<std::size_t>(more);
  }
  into.resize(got);
}

void unlinked_file::fail(const char* doing) const {
  const int cause = errno;
  const bool full = cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
  throw storage_error(folder_.string() + ": " + doing + ": " + std::strerror(cause) +
                          (full ? "; make room there, the source is asked again" : ""),
                      full);
}

}  // namespace licaudit::ledger
