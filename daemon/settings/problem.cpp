#include "daemon/settings/settings.hpp"

#include <algorithm>

namespace licaudit::settings {

namespace {

/// Keys and texts of the file stand in it as written, and may hold a line feed.
std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20U || c == 0x7FU; }, '?');
  return text;
}

}  // namespace

std::string to_text(const problem& value) {
  std::string text = value.file.string();
  if (value.line > 0) text += ":" + std::to_string(value.line) + ":" + std::to_string(value.column);
  text += ": ";
  if (!value.path.empty()) text += value.path + ": ";
  if (value.found.empty()) return on_one_line(text + value.expected);
  return on_one_line(text + "expected " + value.expected + ", found " + value.found);
}

}  // namespace licaudit::settings
