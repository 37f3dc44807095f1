#include "daemon/settings/settings.hpp"

namespace licaudit::settings {

std::string to_text(const problem& value) {
  std::string text = value.file.string();
  if (value.line > 0) text += ":" + std::to_string(value.line) + ":" + std::to_string(value.column);
  text += ": ";
  if (!value.path.empty()) text += value.path + ": ";
  if (value.found.empty()) return text + value.expected;
  return text + "expected " + value.expected + ", found " + value.found;
}

}  // namespace licaudit::settings
