#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace licaudit::cli {

/// One line on standard error that is written over and over, and is gone at the end; nothing if that is no terminal.
class progress_line {
 public:
  progress_line();
  ~progress_line() { clear(); }
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;

  /// Printable text; cut to the width of the terminal.
  void show(const std::string& text);
  void clear();

 private:
  std::optional<std::size_t> width_;
  bool is_shown_ = false;
};

}  // namespace licaudit::cli
