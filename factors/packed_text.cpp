#include "factors/packed_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace licaudit::factors {
namespace {

/// The first byte of a text that is packed, and of one that is not but begins with one of these.
constexpr char packed_mark = '\x01';
constexpr char plain_mark = '\x02';

/// By half byte; the last fills up the last byte.
constexpr std::array<std::string_view, 16> signs{"0", "1", "2", "3",     "4",     "5", "6", "7",
                                                 "8", "9", "+", "tel:+", ";ext=", "-", ".", ""};
constexpr std::size_t filler = signs.size() - 1;
constexpr std::size_t longest_sign = 5;

/// The sign that a text begins with, or the filler.
std::size_t sign_of(std::string_view text) {
  if (text.front() >= '0' && text.front() <= '9') return static_cast<std::size_t>(text.front() - '0');
  const auto* const found =
      std::find_if(signs.begin() + 10, signs.begin() + filler, [&](auto one) { return text.starts_with(one); });
  return static_cast<std::size_t>(found - signs.begin());
}

/// Two signs as they are written.
struct pair_of_signs {
  std::array<char, 2 * longest_sign> text;
  std::uint8_t size;
};
const auto pairs = [] {
  std::array<pair_of_signs, 256> made{};
  for (std::size_t byte = 0; byte < made.size(); ++byte) {
    const auto text = std::string(signs[byte / 16]) + std::string(signs[byte % 16]);
    std::copy(text.begin(), text.end(), made[byte].text.begin());
    made[byte].size = static_cast<std::uint8_t>(text.size());
  }
  return made;
}();

}  // namespace

std::string_view packed(std::string_view text, std::string& room) {
  room.assign(1, packed_mark);
  bool is_half = false;
  for (auto rest = text; !rest.empty();) {
    const auto sign = sign_of(rest);
    if (sign == filler) break;
    rest.remove_prefix(signs[sign].size());
    if (is_half) {
      room.back() = static_cast<char>((static_cast<unsigned char>(room.back()) & 0xF0U) | sign);
    } else {
      room += static_cast<char>(sign << 4U | filler);
    }
    is_half = !is_half;
    if (rest.empty() && room.size() < text.size()) return room;
  }
  if (text.empty() || (text.front() != packed_mark && text.front() != plain_mark)) return text;
  return room.assign(1, plain_mark).append(text);
}

std::string_view unpacked(std::string_view kept, std::string& room) {
  if (kept.empty() || (kept.front() != packed_mark && kept.front() != plain_mark)) return kept;
  const bool is_plain = kept.front() == plain_mark;
  kept.remove_prefix(1);
  if (is_plain) return kept;
  room.resize(std::max(room.size(), kept.size() * 2 * longest_sign));
  auto* to = room.data();
  for (const char byte : kept) {
    const auto& pair = pairs[static_cast<unsigned char>(byte)];
    std::memcpy(to, pair.text.data(), pair.text.size());
    to += pair.size;
  }
  return {room.data(), to};
}

}  // namespace licaudit::factors
