#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>

namespace licaudit::cli {

namespace {

std::optional<std::size_t> columns_of_environment() {
  const char* text = std::getenv("COLUMNS");
  if (text == nullptr) return std::nullopt;
  std::size_t columns = 0;
  const auto end = text + std::strlen(text);
  const auto read = std::from_chars(text, end, columns);
  return read.ec == std::errc() && read.ptr == end && columns > 0 ? std::optional(columns) : std::nullopt;
}

outcome<std::string> first_line(std::istream& in, const std::string& where) {
  std::string line;
  std::getline(in, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return complaint{exit_status::usage, where + " holds no secret in its first line"};
  // It travels in a header; a control character would be another header.
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      return complaint{exit_status::usage, where + ": the secret holds a control character"};
  }
  return line;
}

/// No echo while it lives.
class silent_terminal {
 public:
  explicit silent_terminal(int descriptor) : descriptor_(descriptor), is_set_(::tcgetattr(descriptor, &before_) == 0) {
    if (!is_set_) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(descriptor_, TCSAFLUSH, &silent);
  }
  ~silent_terminal() {
    if (is_set_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
  }
  silent_terminal(const silent_terminal&) = delete;
  silent_terminal& operator=(const silent_terminal&) = delete;

 private:
  int descriptor_;
  termios before_{};
  bool is_set_;
};

}  // namespace

bool is_terminal(int descriptor) {
  return ::isatty(descriptor) == 1;
}

std::optional<std::size_t> terminal_width(int descriptor) {
  if (!is_terminal(descriptor)) return std::nullopt;
  if (const auto columns = columns_of_environment()) return columns;
  winsize size{};
  // Some terminals (serial lines) do not know their size; 80 is what they are.
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

outcome<std::string> read_secret_file(const std::string& path) {
  if (path == "-") return first_line(std::cin, "standard input");
  std::ifstream file(path);
  if (!file) {
    return complaint{exit_status::usage,
                     "--secret-file " + path + ": " + std::strerror(errno) + "; name a file you can read"};
  }
  return first_line(file, path);
}

outcome<std::string> ask_for_secret(const std::string& prompt) {
  if (!is_terminal(STDIN_FILENO)) {
    return complaint{exit_status::usage,
                     "deleting needs the deletion secret: give it with --secret-file FILE (- is standard input)"};
  }
  std::cerr << prompt << std::flush;
  const silent_terminal silent(STDIN_FILENO);
  auto secret = first_line(std::cin, "the answer");
  std::cerr << '\n';
  return secret;
}

}  // namespace licaudit::cli
