#include "model/canonical_text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace licaudit {

namespace {

bool is_escaped(char c) {
  return static_cast<unsigned char>(c) < 0x20U || c == '"' || c == '\\';
}

constexpr std::uint64_t in_each_byte(std::uint64_t byte) {
  return byte * 0x0101010101010101U;
}

/// Whether any of eight bytes is escaped: the highest bit of a byte is left standing where subtracting made it.
bool has_escaped(std::uint64_t eight) {
  const auto is_below = [](std::uint64_t bytes, std::uint64_t limit) {
    return (bytes - in_each_byte(limit)) & ~bytes & in_each_byte(0x80U);
  };
  return (is_below(eight, 0x20U) | is_below(eight ^ in_each_byte('"'), 1) | is_below(eight ^ in_each_byte('\\'), 1)) !=
         0;
}

/// How many bytes stand as they are. Every text of a run passes here, so it looks at eight at a time.
std::size_t plain_bytes(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (has_escaped(eight)) break;
  }
  while (at < text.size() && !is_escaped(text[at])) ++at;
  return at;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view short_escapes = "btn-fr";  // of U+0008 to U+000D; U+000B has none
  const auto byte = static_cast<unsigned char>(c);
  out += '\\';
  if (byte >= 0x20U) {
    out += c;
  } else if (byte >= 0x08U && byte <= 0x0DU && byte != 0x0BU) {
    out += short_escapes[byte - 0x08U];
  } else {
    out += "u00";
    out += hex[byte >> 4U];
    out += hex[byte & 0x0FU];
  }
}

}  // namespace

void append_canonical(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto plain = plain_bytes(text);
    out.append(text, 0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    append_escape(out, text.front());
    text.remove_prefix(1);
  }
  out += '"';
}

}  // namespace licaudit
