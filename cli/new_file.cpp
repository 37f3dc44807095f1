#include "cli/new_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace licaudit::cli {

namespace {

complaint cannot(const std::filesystem::path& path, const std::string& what) {
  const char* todo = errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? "; free space, or choose another folder"
                                                                          : "; choose another folder";
  return {exit_status::refused, path.string() + ": " + what + ": " + std::strerror(errno) + todo};
}

}  // namespace

outcome<new_file> new_file::begin(const std::filesystem::path& target) {
  std::error_code none;
  const auto whole = std::filesystem::absolute(target, none);
  if (!whole.has_filename()) return complaint{exit_status::usage, "name a file: " + target.string() + " is a folder"};
  if (std::filesystem::symlink_status(whole, none).type() != std::filesystem::file_type::not_found)
    return complaint{exit_status::refused,
                     target.string() + ": is there already; choose another name, or remove it first"};
  const int nameless = ::open(whole.parent_path().c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (nameless >= 0) return new_file(whole, {}, nameless);
  std::string name = (whole.parent_path() / ".licaudit-XXXXXX.partial").string();
  const int descriptor = ::mkostemps(name.data(), 8, O_CLOEXEC);
  if (descriptor < 0) return cannot(whole.parent_path(), "cannot be written to");
  return new_file(whole, name, descriptor);
}

new_file::new_file(new_file&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

new_file::~new_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

complaint new_file::failed(const char* doing) const {
  return cannot(target_, doing);
}

std::optional<complaint> new_file::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::write(descriptor_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return std::nullopt;
}

/// Fails where there is one of that name by now.
bool new_file::give_name() const {
  if (!temporary_.empty())
    return ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0;
  const auto open = "/proc/self/fd/" + std::to_string(descriptor_);
  return ::linkat(AT_FDCWD, open.c_str(), AT_FDCWD, target_.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

std::optional<complaint> new_file::keep() {
  if (::fsync(descriptor_) != 0) return failed("cannot be synced");
  if (!give_name()) return failed("cannot be given its name");
  temporary_.clear();
  const int folder = ::open(target_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (!synced) return failed("is written, but its folder cannot be synced");
  return std::nullopt;
}

}  // namespace licaudit::cli
