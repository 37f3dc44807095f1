#include "tests/survival/http_client.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace licaudit::test {

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

/// The lines of a chunked body; none if its end is missing.
bool take_chunks(std::string_view bytes, std::string& body) {
  for (;;) {
    const auto line = bytes.find("\r\n");
    if (line == std::string_view::npos) return false;
    std::size_t size = 0;
    if (std::from_chars(bytes.data(), bytes.data() + line, size, 16).ec != std::errc{}) return false;
    if (size == 0) return true;
    bytes.remove_prefix(line + 2);
    if (bytes.size() < size + 2) return false;
    body.append(bytes.substr(0, size));
    bytes.remove_prefix(size + 2);
  }
}

http_answer answer_in(std::string_view bytes) {
  http_answer answer;
  const auto head_ends = bytes.find(end_of_head);
  if (head_ends == std::string_view::npos || bytes.size() < 12) return answer;
  const auto head = bytes.substr(0, head_ends);
  const auto rest = bytes.substr(head_ends + end_of_head.size());
  bool whole = false;
  constexpr std::string_view length = "Content-Length: ";
  if (const auto at = head.find(length); at != std::string_view::npos) {
    std::size_t size = 0;
    std::from_chars(head.data() + at + length.size(), head.data() + head.size(), size);
    whole = rest.size() == size;
    answer.body = rest;
  } else {
    whole = take_chunks(rest, answer.body);
  }
  if (whole) std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
  return answer;
}

}  // namespace

json::object http_answer::object() const {
  std::string_view text = body;
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  auto parsed = parse_json(text);
  if (!parsed) parsed = parse_json(text.substr(text.rfind('\n') + 1));
  return parsed && parsed->is_object() ? std::move(parsed->as_object()) : json::object();
}

connection::connection(const std::filesystem::path& socket, std::chrono::seconds patience)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket.c_str(), sizeof(address.sun_path) - 1);
  const timeval longest{patience.count(), 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof(longest));
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof(longest));
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return;
  ::close(std::exchange(descriptor_, -1));
}

connection::~connection() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

connection::connection(connection&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

bool connection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string connection::read_all() const {
  std::string text;
  std::array<char, 16384> block{};
  for (ssize_t got = 0; (got = ::recv(descriptor_, block.data(), block.size(), 0)) > 0;)
    text.append(block.data(), static_cast<std::size_t>(got));
  return text;
}

http_answer ask_over_http(const std::filesystem::path& socket, std::string_view method, std::string_view target,
                          std::string_view body) {
  const connection to(socket);
  if (to.descriptor() < 0) return {};
  std::string request = std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  request += "Connection: close\r\n\r\n" + std::string(body);
  if (!to.send(request)) return {};
  return answer_in(to.read_all());
}

}  // namespace licaudit::test
