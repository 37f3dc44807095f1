#include "daemon/api/inherited_socket.hpp"

#include <sys/socket.h>
#include <systemd/sd-daemon.h>

#include <string>
#include <system_error>

namespace licaudit::api {

result<std::optional<int>> inherited_socket(const std::filesystem::path& path) {
  const int count = sd_listen_fds(1);
  if (count == 0) return std::optional<int>();
  if (count < 0) {
    return failure{errc::refused, "sockets from systemd: LISTEN_FDS: " + std::generic_category().message(-count)};
  }
  for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; ++fd) {
    if (sd_is_socket_unix(fd, SOCK_STREAM, 1, path.c_str(), 0) > 0) return std::optional(fd);
  }
  return failure{errc::refused,
                 "systemd handed over " + std::to_string(count) + " socket(s), none of which listens at " +
                     path.string() +
                     ": make ListenStream= of licauditd.socket and socket.path of the settings the same"};
}

}  // namespace licaudit::api
