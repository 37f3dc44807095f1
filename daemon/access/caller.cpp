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

bool is_bearer(std::string_view scheme) {
  constexpr std::string_view wanted = "bearer ";
  return std::equal(scheme.begin(), scheme.end(), wanted.begin(), wanted.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

/// b64token of RFC 6750; a blank or a control byte inside would be a header that somebody put together wrongly.
bool is_token(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_allowed);
}

}  // namespace

caller caller_of_authorization(std::string_view header) {
  constexpr std::size_t scheme_bytes = 7;
  caller who;
  who.door = door::listener;
  if (!is_bearer(header.substr(0, scheme_bytes))) return who;
  std::string_view token = header.substr(scheme_bytes);
  token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));
  if (is_token(token)) who.token = sha256(token);
  return who;
}

bool are_same(const digest& one, const digest& other) {
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (one[i] ^ other[i]));
  }
  return difference == 0;
}

bool caller::is_in_group(std::uint32_t group) const {
  return (gid == group && gid != no_id) || std::find(groups.begin(), groups.end(), group) != groups.end();
}

result<caller> caller_of_socket(int descriptor) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return not_told("SO_PEERCRED");
  caller who;
  who.uid = peer.uid;
  who.gid = peer.gid;

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
