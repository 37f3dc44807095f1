#include "cli/progress_line.hpp"

#include "cli/rendering/display_width.hpp"
#include "cli/terminal.hpp"

#include <unistd.h>
#include <cstdio>

namespace licaudit::cli {

progress_line::progress_line() : width_(terminal_width(STDERR_FILENO)) {}

void progress_line::show(const std::string& text) {
  if (!width_) return;
  std::fprintf(stderr, "\r\x1b[K%s", rendering::shortened(text, *width_ - 1).c_str());
  std::fflush(stderr);
  is_shown_ = true;
}

void progress_line::clear() {
  if (is_shown_) std::fputs("\r\x1b[K", stderr);
  is_shown_ = false;
}

}  // namespace licaudit::cli
