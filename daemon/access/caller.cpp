#include "daemon/access/caller.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace licaudit::access {
namespace {

/// NGROUPS_MAX of Linux.
constexpr std::size_t most_groups = 65536;

failure not_told(const char* option) {
  return {errc::unreachable, std::string("who is calling: ") + option + ": " + std::generic_category().message(errno)};
}

}  // namespace

bool caller::is_in_group(std::uint32_t group) const {
  return gid == group || std::find(groups.begin(), groups.end(), group) != groups.end();
}

result<caller> caller_of_socket(int descriptor) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return not_told("SO_PEERCRED");
  caller who{peer.uid, peer.gid, {}};

  std::vector<gid_t> groups(32);
  size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0) {
    // ERANGE has put the size it needs into `size`.
    if (errno != ERANGE || size > most_groups * sizeof(gid_t)) return not_told("SO_PEERGROUPS");
    groups.resize(size / sizeof(gid_t));
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0) return not_told("SO_PEERGROUPS");
  }
  groups.resize(size / sizeof(gid_t));
  who.groups.assign(groups.begin(), groups.end());
  return who;
}

}  // namespace licaudit::access
