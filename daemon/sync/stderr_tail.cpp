#include "daemon/sync/stderr_tail.hpp"

#include "model/names.hpp"

#include <algorithm>
#include <cstdint>

namespace licaudit::sync {

namespace {

constexpr bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the UTF-8 sequence that a byte begins; 0 if none does.
constexpr std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

/// Neither an overlong form, nor a surrogate, nor beyond U+10FFFF, nor a control character of the second block.
bool is_character(std::string_view sequence) {
  if (!std::all_of(sequence.begin() + 1, sequence.end(), continues)) return false;
  const auto lead = static_cast<unsigned char>(sequence[0]);
  const auto second = static_cast<unsigned char>(sequence.size() > 1 ? sequence[1] : '\0');
  if (lead == 0xC2) return second >= 0xA0;
  if (lead == 0xE0) return second >= 0xA0;
  if (lead == 0xED) return second < 0xA0;
  if (lead == 0xF0) return second >= 0x90;
  if (lead == 0xF4) return second < 0x90;
  if (sequence.size() > 1) return true;
  return (lead >= 0x20 && lead != 0x7F) || lead == '\n' || lead == '\t';
}

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const auto length = sequence_length(static_cast<unsigned char>(text[0]));
    if (length != 0 && length <= text.size() && is_character(text.substr(0, length))) {
      clean += text.substr(0, length);
      text.remove_prefix(length);
    } else {
      if (!text.starts_with("\r\n")) clean += '?';
      text.remove_prefix(1);
    }
  }
  return clean;
}

void stderr_tail::add(std::string_view bytes) {
  if (bytes.size() >= cap_bytes) {
    kept_ = bytes.substr(bytes.size() - cap_bytes);
    return;
  }
  kept_ += bytes;
  if (kept_.size() > cap_bytes) kept_.erase(0, kept_.size() - cap_bytes);
}

std::string stderr_tail::text() const {
  const auto whole = std::find_if_not(kept_.begin(), kept_.end(), continues);  // the cut may go through a character
  return printable(std::string_view(kept_).substr(static_cast<std::size_t>(whole - kept_.begin())));
}

std::string_view last_line(std::string_view text) {
  text = trimmed(text);
  const auto feed = text.rfind('\n');
  return feed == std::string_view::npos ? text : trimmed(text.substr(feed + 1));
}

}  // namespace licaudit::sync
