#include "daemon/api/unix_listener.hpp"

#include "daemon/api/inherited_socket.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace licaudit::api {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

failure at(const std::filesystem::path& path, errc code, const std::string& what) {
  return {code, "socket " + path.string() + ": " + what};
}

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.string().size());
  return address;
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

/// 0: somebody listens; else the error of connecting. A full backlog (EAGAIN) is somebody too.
int try_to_connect(const std::filesystem::path& path) {
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0) return errno;
  const sockaddr_un address = address_of(path);
  const int error = ::connect(probe, generic(address), sizeof address) == 0 ? 0 : errno;
  ::close(probe);
  return error == EAGAIN ? 0 : error;
}

/// While it lives, new files are for the owner alone. The umask is of the whole process: used before threads start.
class owner_only {
 public:
  owner_only() : before_(::umask(0177)) {}
  ~owner_only() { ::umask(before_); }
  owner_only(const owner_only&) = delete;
  owner_only& operator=(const owner_only&) = delete;

 private:
  mode_t before_;
};

}  // namespace

result<unix_listener> unix_listener::open(const socket_place& place) {
  unix_listener made;
  made.path_ = place.path;
  const auto inherited = inherited_socket(place.path);
  if (!inherited) return inherited.error();
  if (*inherited) {
    made.descriptor_ = **inherited;
    made.inherited_ = true;
    return made;
  }
  if (place.path.string().size() >= sizeof(sockaddr_un::sun_path)) {
    return at(place.path, errc::refused,
              "the path is longer than 107 bytes, which no socket can have; choose a shorter one");
  }
  if (auto wrong = made.lock()) return *wrong;
  if (auto wrong = made.clear_path()) return *wrong;
  if (auto wrong = made.bind_and_listen(place)) return *wrong;
  return made;
}

std::optional<failure> unix_listener::lock() {
  const std::string file = path_.string() + ".lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock_ < 0) return failure{errc::unreachable, "lock file " + file + ": " + reason(errno)};
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) return std::nullopt;
  if (errno != EWOULDBLOCK) return failure{errc::unreachable, "lock file " + file + ": " + reason(errno)};
  return at(path_, errc::conflict, "another licauditd is listening; stop it first, or choose another socket.path");
}

std::optional<failure> unix_listener::clear_path() const {
  struct stat there {};
  if (::lstat(path_.c_str(), &there) != 0) {
    if (errno == ENOENT) return std::nullopt;
    return at(path_, errc::unreachable, reason(errno));
  }
  if (!S_ISSOCK(there.st_mode)) {
    return at(path_, errc::refused,
              "something that is no socket lies there and is left alone; move it away, or choose another socket.path");
  }
  const int error = try_to_connect(path_);
  if (error == 0) {
    return at(path_, errc::conflict, "another licauditd is listening; stop it first, or choose another socket.path");
  }
  if (error == ENOENT) return std::nullopt;
  if (error != ECONNREFUSED) return at(path_, errc::unreachable, "is it in use? " + reason(error));
  if (::unlink(path_.c_str()) == 0 || errno == ENOENT) return std::nullopt;
  return at(path_, errc::unreachable, "removing the stale socket: " + reason(errno));
}

std::optional<failure> unix_listener::bind_and_listen(const socket_place& place) {
  descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor_ < 0) return at(path_, errc::unreachable, reason(errno));
  const sockaddr_un address = address_of(path_);
  {
    const owner_only narrow;
    if (::bind(descriptor_, generic(address), sizeof address) != 0) {
      return at(path_, errc::unreachable, reason(errno) + "; does the folder exist, and may licauditd write there?");
    }
  }
  struct stat there {};
  if (::lstat(path_.c_str(), &there) != 0) return at(path_, errc::unreachable, reason(errno));
  made_ = true;
  device_ = there.st_dev;
  inode_ = there.st_ino;
  // The group first: a mode that lets a group in must never meet the wrong group.
  if (place.gid && ::lchown(path_.c_str(), static_cast<uid_t>(-1), *place.gid) != 0) {
    return at(path_, errc::refused,
              "giving it to group " + std::to_string(*place.gid) + ": " + reason(errno) +
                  "; licauditd must be a member of socket.group");
  }
  if (::chmod(path_.c_str(), place.mode) != 0)
    return at(path_, errc::unreachable, "setting its mode: " + reason(errno));
  if (::listen(descriptor_, SOMAXCONN) != 0) return at(path_, errc::unreachable, reason(errno));
  return std::nullopt;
}

int unix_listener::release() {
  return std::exchange(descriptor_, -1);
}

bool unix_listener::is_still_ours() const {
  struct stat there {};
  return made_ && ::lstat(path_.c_str(), &there) == 0 && there.st_dev == device_ && there.st_ino == inode_;
}

void unix_listener::remove() {
  if (is_still_ours()) ::unlink(path_.c_str());
  made_ = false;
}

unix_listener::unix_listener(unix_listener&& other) noexcept {
  *this = std::move(other);
}

unix_listener& unix_listener::operator=(unix_listener&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(lock_, other.lock_);
  std::swap(inherited_, other.inherited_);
  std::swap(made_, other.made_);
  std::swap(device_, other.device_);
  std::swap(inode_, other.inode_);
  return *this;
}

unix_listener::~unix_listener() {
  remove();
  if (descriptor_ >= 0) ::close(descriptor_);
  // The lock file stays: removing it would let two daemons hold two files of one name.
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace licaudit::api
