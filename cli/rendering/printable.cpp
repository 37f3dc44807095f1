#include "cli/rendering/printable.hpp"

#include "cli/rendering/code_points.hpp"

namespace licaudit::cli::rendering {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool may_print(const code_point& c) {
  if (!c.valid || c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0)) return false;
  const bool separator = c.value == 0x2028 || c.value == 0x2029;
  const bool direction = c.value == 0x061C || c.value == 0x200E || c.value == 0x200F ||
                         (c.value >= 0x202A && c.value <= 0x202E) || (c.value >= 0x2066 && c.value <= 0x2069);
  return !separator && !direction;
}

/// All characters that may not print lie in the basic plane, so four digits are enough.
std::string unicode_escape(char32_t value) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string escape = "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) escape += digits[(value >> shift) & 0xFU];
  return escape;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto c = code_point_at(text, at);
    shown += may_print(c) ? text.substr(at, c.bytes) : replacement;
    at += c.bytes;
  }
  return shown;
}

std::string printable_json(std::string_view document) {
  std::string shown;
  shown.reserve(document.size());
  for (std::size_t at = 0; at < document.size();) {
    const auto c = code_point_at(document, at);
    const bool white_space = c.value == '\n' || c.value == '\r' || c.value == '\t';
    if (may_print(c) || white_space) {
      shown += document.substr(at, c.bytes);
    } else {
      shown += c.valid ? unicode_escape(c.value) : std::string(replacement);
    }
    at += c.bytes;
  }
  return shown;
}

}  // namespace licaudit::cli::rendering
