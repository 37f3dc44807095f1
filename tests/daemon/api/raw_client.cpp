#include "raw_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace licaudit::api {
namespace {

constexpr int deadline_ms = 10'000;

void wait_for(int descriptor, short events) {
  pollfd one{descriptor, events, 0};
  if (::poll(&one, 1, deadline_ms) <= 0) throw std::runtime_error("the other side did nothing for ten seconds");
}

}  // namespace

raw_client::raw_client(const std::filesystem::path& socket) {
  descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket.c_str(), sizeof(address.sun_path) - 1);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error(std::string("connect: ") + std::strerror(errno));
  }
  ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
}

raw_client::raw_client(std::uint16_t port) {
  descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error(std::string("connect: ") + std::strerror(errno));
  }
  ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
}

raw_client::~raw_client() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

raw_client::raw_client(raw_client&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), buffer_(std::move(other.buffer_)) {}

bool raw_client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN) {
      wait_for(descriptor_, POLLOUT);
    } else {
      return false;
    }
  }
  return true;
}

void raw_client::finish_sending() {
  ::shutdown(descriptor_, SHUT_WR);
}

bool raw_client::fill() {
  std::array<char, 16384> piece{};
  for (;;) {
    const ssize_t n = ::recv(descriptor_, piece.data(), piece.size(), 0);
    if (n > 0) {
      buffer_.append(piece.data(), static_cast<std::size_t>(n));
      return true;
    }
    if (n == 0 || errno != EAGAIN) return false;
    wait_for(descriptor_, POLLIN);
  }
}

std::string raw_client::read_line() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (!fill()) return std::exchange(buffer_, {});
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::string raw_client::read_exactly(std::size_t n) {
  while (buffer_.size() < n && fill()) {
  }
  std::string bytes = buffer_.substr(0, n);
  buffer_.erase(0, bytes.size());
  return bytes;
}

raw_answer raw_client::read_answer(bool of_head) {
  raw_answer answer;
  const std::string first = read_line();
  if (first.rfind("HTTP/1.", 0) != 0) return answer;
  answer.status = std::stoi(first.substr(9, 3));
  for (std::string line = read_line(); !line.empty(); line = read_line()) {
    const std::size_t colon = line.find(": ");
    answer.headers[line.substr(0, colon)] = line.substr(colon + 2);
  }
  if (of_head || answer.status == 100) return answer;
  if (answer.headers["Transfer-Encoding"] == "chunked") {
    for (std::size_t size = 1; size != 0;) {
      size = std::stoul(read_line(), nullptr, 16);
      answer.body += read_exactly(size);
      read_line();
    }
  } else if (answer.headers.count("Content-Length") != 0) {
    answer.body = read_exactly(std::stoul(answer.headers["Content-Length"]));
  } else {
    while (fill()) {
    }
    answer.body = std::exchange(buffer_, {});
  }
  return answer;
}

bool raw_client::is_closed() {
  while (fill()) {
  }
  return true;
}

bool raw_client::has_something() const {
  pollfd one{descriptor_, POLLIN, 0};
  return !buffer_.empty() || ::poll(&one, 1, 0) == 1;
}

}  // namespace licaudit::api
