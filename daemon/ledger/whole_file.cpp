#include "daemon/ledger/whole_file.hpp"

#include "daemon/ledger/failpoint.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace licaudit::ledger {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = ".licaudit-", suffix = ".partial";

failure failed(const fs::path& file, const char* doing) {
  const int cause = errno;
  const bool no_room = cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
  return {no_room ? errc::unreachable : errc::refused, file.string() + ": " + doing + ": " + std::strerror(cause)};
}

std::string mebibytes(std::uintmax_t bytes) {
  return std::to_string((bytes >> 20U) + 1) + " MiB";
}

result<void> sync(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return failed(path, "cannot be opened to sync it");
  const bool synced = ::fsync(descriptor) == 0;
  const auto wrong = failed(path, "cannot be synced");
  ::close(descriptor);
  if (!synced) return wrong;
  return {};
}

}  // namespace

result<void> sync_folder(const fs::path& folder) {
  return sync(folder, O_RDONLY | O_DIRECTORY);
}

result<whole_file> whole_file::prepare(const fs::path& target, std::uintmax_t bytes) {
  if (!target.is_absolute() || !target.has_filename())
    return failure{errc::malformed, target.string() + ": give the absolute path of a file"};
  std::error_code none;
  if (fs::symlink_status(target, none).type() != fs::file_type::not_found)
    return failure{errc::conflict, target.string() + ": is there already; choose another name, or remove it first"};
  const fs::path folder = target.parent_path();
  const auto room = fs::space(folder, none);
  if (none) return failure{errc::refused, folder.string() + ": " + none.message() + "; name a folder that there is"};
  if (room.available < bytes)
    return failure{errc::unreachable, folder.string() + ": needs " + mebibytes(bytes) + " and has room for " +
                                          mebibytes(room.available) + "; free space, or choose another folder"};
  std::string name = (folder / (std::string(prefix) + "XXXXXX" + std::string(suffix))).string();
  const int descriptor = ::mkostemps(name.data(), static_cast<int>(suffix.size()), O_CLOEXEC);
  if (descriptor < 0) return failed(folder, "cannot be written to");
  ::close(descriptor);
  return whole_file(target, name);
}

whole_file::whole_file(whole_file&& other) noexcept
    : target_(std::move(other.target_)), temporary_(std::exchange(other.temporary_, {})) {}

whole_file::~whole_file() {
  if (temporary_.empty()) return;
  std::error_code ignored;
  for (const char* with : {"", "-journal", "-wal", "-shm"}) fs::remove(temporary_.string() + with, ignored);
}

result<void> whole_file::keep() {
  if (auto synced = sync(temporary_, O_RDONLY); !synced) return synced;
  pass_failpoint("before-backup-rename");
  if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) != 0)
    return failed(target_, "cannot be given its name");
  pass_failpoint("after-backup-rename");
  temporary_.clear();
  return sync_folder(target_.parent_path());
}

result<int> whole_file::open_and_unlink() {
  const int descriptor = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(temporary_, "cannot be opened");
  ::unlink(temporary_.c_str());
  temporary_.clear();
  return descriptor;
}

void sweep_temporary_files(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    // Its journal, too.
    if (name.rfind(prefix, 0) == 0 && name.find(suffix) != name.npos) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace licaudit::ledger
