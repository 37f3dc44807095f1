#include "model/canonical_text.hpp"

#include <algorithm>

namespace licaudit {

namespace {

// A function object and no function, so that a search for it is one loop: every text of a run passes here.
constexpr auto is_escaped = [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '"' || c == '\\'; };

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
    const auto* const odd = std::find_if(text.data(), text.data() + text.size(), is_escaped);
    const auto plain = static_cast<std::size_t>(odd - text.data());
    out.append(text, 0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    append_escape(out, text.front());
    text.remove_prefix(1);
  }
  out += '"';
}

}  // namespace licaudit
