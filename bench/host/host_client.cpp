#include "bench/host/host_client.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace licaudit::bench {
namespace {

constexpr time_t patience_seconds = 600;

struct descriptor {
  int number;
  ~descriptor() { ::close(number); }
};

void send_all(int to, std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(to, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0) throw no_answer(std::string("cannot send a question: ") + std::strerror(errno));
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string receive_all(int from) {
  std::string text;
  std::array<char, 65536> part{};
  for (;;) {
    const auto got = ::recv(from, part.data(), part.size(), 0);
    if (got < 0) throw no_answer(std::string("the answer does not end: ") + std::strerror(errno));
    if (got == 0) return text;
    text.append(part.data(), static_cast<std::size_t>(got));
  }
}

http_answer parsed(const std::string& text) {
  http_answer made;
  const auto end = text.find("\r\n\r\n");
  const auto space = text.find(' ');
  if (end == std::string::npos || space > end) throw no_answer("the answer is no HTTP");
  std::from_chars(text.data() + space + 1, text.data() + end, made.status);
  made.body = text.substr(end + 4);
  return made;
}

}  // namespace

int connect_to(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = socket.string();
  if (path.size() >= sizeof address.sun_path) throw no_answer(path + ": too long for a socket's address");
  std::memcpy(address.sun_path, path.data(), path.size());
  const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) throw no_answer(std::string("no socket: ") + std::strerror(errno));
  if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const int error = errno;
    ::close(made);
    throw no_answer(path + ": nobody listens: " + std::strerror(error));
  }
  const timeval patience{patience_seconds, 0};
  ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return made;
}

http_answer host_client::ask(std::string_view method, std::string_view path, std::string_view body) const {
  const descriptor connection{connect_to(socket_)};
  std::string question(method);
  question.append(" ").append(path).append(" HTTP/1.0\r\nHost: localhost\r\nContent-Length: ");
  question.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  send_all(connection.number, question);
  return parsed(receive_all(connection.number));
}

std::string host_client::sound(std::string_view method, std::string_view path, std::string_view body) const {
  auto answer = ask(method, path, body);
  if (answer.status == 200) return std::move(answer.body);
  throw no_answer(std::string(method) + " " + std::string(path) + ": " + std::to_string(answer.status) + ": " +
                  answer.body);
}

json::value host_client::json_of(std::string_view path) const {
  auto value = parse_json(sound("GET", path));
  if (!value) throw no_answer(std::string(path) + ": " + value.error().detail);
  return std::move(*value);
}

void host_client::refresh() const {
  auto lines = sound("POST", "/v1/refresh", R"({"sources":["workload"]})");
  while (!lines.empty() && lines.back() == '\n') lines.pop_back();
  const auto last = lines.substr(lines.rfind('\n') + 1);  // npos + 1 is 0
  const auto value = parse_json(last);
  if (!value || !value->is_object()) throw no_answer("refresh: no result but '" + last + "'");
  const auto* sources = value->as_object().if_contains("sources");
  const bool sound = sources != nullptr && sources->is_array() && sources->as_array().size() == 1 &&
                     sources->as_array().front().at("state") == "ok";
  if (!sound) throw no_answer("refresh: the run was not sound: " + last);
}

}  // namespace licaudit::bench
