#include "model/names.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace licaudit {

namespace {

constexpr std::size_t max_name_bytes = 128;
constexpr std::size_t max_subject_id_bytes = 256;
constexpr std::size_t max_quoted_bytes = 60;  // a message stays one readable line

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// How many bytes the lead byte of a UTF-8 sequence announces; 0 for a byte that leads nothing.
std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80U) return 1;
  if (lead >= 0xC2U && lead <= 0xDFU) return 2;
  if (lead >= 0xE0U && lead <= 0xEFU) return 3;
  if (lead >= 0xF0U && lead <= 0xF4U) return 4;
  return 0;
}

/// Takes one code point off the front. Nothing for overlong forms, surrogates, and what lies beyond U+10FFFF (RFC
/// 3629).
std::optional<std::uint32_t> take_code_point(std::string_view& text) {
  constexpr std::uint32_t lead_bits[] = {0, 0x7FU, 0x1FU, 0x0FU, 0x07U};
  constexpr std::uint32_t smallest[] = {0, 0, 0x80U, 0x800U, 0x10000U};
  const std::size_t length = sequence_length(static_cast<unsigned char>(text.front()));
  if (length == 0 || text.size() < length) return std::nullopt;
  std::uint32_t point = static_cast<unsigned char>(text.front()) & lead_bits[length];
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return std::nullopt;
    point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  const bool is_surrogate = point >= 0xD800U && point <= 0xDFFFU;
  if (point < smallest[length] || is_surrogate || point > 0x10FFFFU) return std::nullopt;
  text.remove_prefix(length);
  return point;
}

bool is_control(std::uint32_t point) {
  return point < 0x20U || (point >= 0x7FU && point < 0xA0U);
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= max_name_bytes && std::all_of(text.begin(), text.end(), is_name_character);
}

bool is_subject_id(std::string_view text) {
  if (text.empty() || text.size() > max_subject_id_bytes) return false;
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (!point || is_control(*point)) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string in_quotes(std::string_view text) {
  std::size_t length = text.size();
  const bool is_cut = length > max_quoted_bytes;
  if (is_cut) {
    length = max_quoted_bytes;
    while (length > 0 && is_continuation(text[length])) --length;  // no half character at the end
  }
  std::string out = "'";
  for (const char c : text.substr(0, length)) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20U || byte == 0x7FU ? '?' : c;
  }
  out += is_cut ? "...'" : "'";
  return out;
}

}  // namespace licaudit
