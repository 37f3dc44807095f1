#include "tests/cli/fake_daemon.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <stdexcept>

namespace licaudit::cli {

namespace {

/// Nothing a test does takes this long; a hung client does not hang the test.
constexpr int patience_ms = 10'000;

std::string private_directory() {
  std::string path = "/tmp/licaudit-cli-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  return path;
}

std::size_t body_length(const std::string& head) {
  const std::string key = "Content-Length: ";
  const auto at = head.find(key);
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + key.size()));
}

std::string read_request(int connection) {
  std::string request;
  std::array<char, 4096> buffer{};
  for (;;) {
    const auto head_end = request.find("\r\n\r\n");
    if (head_end != std::string::npos &&
        request.size() >= head_end + 4 + body_length(request.substr(0, head_end + 2))) {
      return request;
    }
    pollfd ready{connection, POLLIN, 0};
    if (::poll(&ready, 1, patience_ms) <= 0) return request;
    const auto n = ::read(connection, buffer.data(), buffer.size());
    if (n <= 0) return request;
    request.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

void send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

}  // namespace

reaction json_answer(const std::string& body, const std::string& status, const std::string& type) {
  return {"HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) +
              "\r\nConnection: close\r\n\r\n" + body,
          false};
}

reaction problem(int status, const std::string& detail) {
  return json_answer(R"({"type":"about:blank","title":"refused","status":)" + std::to_string(status) +
                         R"(,"detail":")" + detail + R"("})",
                     std::to_string(status) + " Problem", "application/problem+json");
}

fake_daemon::fake_daemon(behaviour react)
    : react_(std::move(react)), directory_(private_directory()), socket_(directory_ + "/s") {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.c_str(), socket_.size() + 1);
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 16) != 0 || ::pipe2(stop_, O_CLOEXEC) != 0) {
    throw std::runtime_error("the fake daemon cannot listen at " + socket_);
  }
  thread_ = std::thread([this] { serve(); });
}

fake_daemon::~fake_daemon() {
  ::close(stop_[1]);
  thread_.join();
  for (const int connection : silent_) ::close(connection);
  ::close(listener_);
  ::close(stop_[0]);
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::vector<std::string> fake_daemon::requests() const {
  const std::scoped_lock lock(guard_);
  return requests_;
}

void fake_daemon::serve() {
  for (;;) {
    std::array<pollfd, 2> ready = {pollfd{listener_, POLLIN, 0}, pollfd{stop_[0], POLLIN, 0}};
    if (::poll(ready.data(), ready.size(), -1) < 0 || ready[1].revents != 0) return;
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) answer(connection);
  }
}

void fake_daemon::answer(int connection) {
  const auto request = read_request(connection);
  {
    const std::scoped_lock lock(guard_);
    requests_.push_back(request);
  }
  const auto what = react_(request);
  send_all(connection, what.bytes);
  if (what.stays_silent) {
    silent_.push_back(connection);
  } else {
    ::close(connection);
  }
}

}  // namespace licaudit::cli
