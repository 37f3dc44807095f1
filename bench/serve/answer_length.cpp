#include "bench/serve/load_client.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>

namespace licaudit::bench {
namespace {

std::size_t number_at(std::string_view text, std::size_t at) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() + text.size()) {
    throw std::runtime_error("an answer does not say its length: " + std::string(text.substr(0, 200)));
  }
  return number;
}

std::size_t http_length(std::string_view text) {
  constexpr std::string_view field = "\r\nContent-Length: ";
  const auto end = text.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  const auto length = text.find(field);
  if (length > end) throw std::runtime_error("an answer without Content-Length: " + std::string(text.substr(0, end)));
  return end + 4 + number_at(text, length + field.size());
}

/// `$LENGTH`, the bytes, each with a line end; any other answer is one line.
std::size_t resp_length(std::string_view text) {
  const auto line = text.find("\r\n");
  if (line == std::string_view::npos) return 0;
  if (text.front() != '$' || text[1] == '-') return line + 2;
  return line + 2 + number_at(text, 1) + 2;
}

}  // namespace

std::string http_question(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

std::string resp_command(const std::vector<std::string>& words) {
  auto made = "*" + std::to_string(words.size()) + "\r\n";
  for (const auto& word : words) made += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  return made;
}

std::size_t answer_length(protocol speaks, std::string_view text) {
  if (text.empty()) return 0;
  const auto length = speaks == protocol::http ? http_length(text) : resp_length(text);
  return length <= text.size() ? length : 0;
}

bool is_success(protocol speaks, std::string_view answer) {
  if (speaks == protocol::http) return answer.starts_with("HTTP/1.1 200 ");
  return answer.starts_with('+') || (answer.starts_with('$') && !answer.starts_with("$-"));
}

}  // namespace licaudit::bench
