#include "cli/rendering/code_points.hpp"

#include <array>

namespace licaudit::cli::rendering {

namespace {

struct lead_byte {
  std::size_t bytes;
  char32_t bits;
};

lead_byte read_lead(unsigned char lead) {
  if (lead < 0x80U) return {1, lead};
  if (lead >= 0xC2U && lead < 0xE0U) return {2, lead & 0x1FU};
  if (lead >= 0xE0U && lead < 0xF0U) return {3, lead & 0x0FU};
  if (lead >= 0xF0U && lead < 0xF5U) return {4, lead & 0x07U};
  return {0, 0};
}

bool is_character(char32_t value, std::size_t bytes) {
  static constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value >= smallest[bytes] && value <= 0x10FFFF && !surrogate;
}

}  // namespace

code_point code_point_at(std::string_view text, std::size_t at) {
  const auto invalid = code_point{static_cast<unsigned char>(text[at]), 1, false};
  const auto lead = read_lead(static_cast<unsigned char>(text[at]));
  if (lead.bytes == 0 || at + lead.bytes > text.size()) return invalid;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80U) return invalid;
    value = (value << 6U) | (byte & 0x3FU);
  }
  if (!is_character(value, lead.bytes)) return invalid;
  return {value, lead.bytes, true};
}

}  // namespace licaudit::cli::rendering
