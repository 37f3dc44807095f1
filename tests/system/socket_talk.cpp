#include "tests/system/socket_talk.hpp"

#include <grp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace licaudit::test {

namespace {

constexpr timeval longest_silence{30, 0};

int connected(const std::filesystem::path& path) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &longest_silence, sizeof(longest_silence));
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &longest_silence, sizeof(longest_silence));
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return descriptor;
  ::close(descriptor);
  return -1;
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> block{};
  for (ssize_t got = 0; (got = ::read(descriptor, block.data(), block.size())) > 0;)
    text.append(block.data(), static_cast<std::size_t>(got));
  return text;
}

}  // namespace

std::string talk(const std::filesystem::path& socket, std::string_view bytes) {
  const int descriptor = connected(socket);
  if (descriptor < 0) return std::string("cannot connect: ") + std::strerror(errno);
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;  // it has answered and closed already
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  auto answer = read_all(descriptor);
  ::close(descriptor);
  return answer;
}

std::string talk_as(uid_t user, const std::filesystem::path& socket, std::string_view bytes) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);
    if (::setgroups(0, nullptr) != 0 || ::setgid(user) != 0 || ::setuid(user) != 0) ::_exit(1);
    const std::string answer = talk(socket, bytes);
    const auto written = ::write(ends[1], answer.data(), answer.size());
    ::_exit(written == static_cast<ssize_t>(answer.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  auto answer = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return answer;
}

std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
}

}  // namespace licaudit::test
