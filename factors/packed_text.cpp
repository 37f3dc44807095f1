#include "factors/packed_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace licaudit::factors {
namespace {

/// The first byte of a text that is not packed but begins with it or with `packed_mark`.
constexpr char plain_mark = '\x02';

/// By half byte; the last fills up the last byte.
constexpr std::array<std::string_view, 16> signs{"0", "1", "2", "3",     "4",     "5", "6", "7",
                                                 "8", "9", "+", "tel:+", ";ext=", "-", ".", ""};
static_assert(no_sign == signs.size() - 1);

/// The sign that a text begins with, or `no_sign`.
sign sign_of(std::string_view text) {
  if (text.front() >= '0' && text.front() <= '9') return static_cast<sign>(text.front() - '0');
  const auto* const found =
      std::find_if(signs.begin() + 10, signs.begin() + no_sign, [&](auto one) { return text.starts_with(one); });
  return static_cast<sign>(found - signs.begin());
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
    const auto next = sign_of(rest);
    if (next == no_sign) break;
    rest.remove_prefix(signs[next].size());
    if (is_half) {
      room.back() = static_cast<char>((static_cast<unsigned char>(room.back()) & 0xF0U) | next);
    } else {
      room += static_cast<char>(next << 4U | no_sign);
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

std::optional<std::vector<sign>> signs_in(std::string_view text) {
  std::vector<sign> found;
  while (!text.empty()) {
    found.push_back(sign_of(text));
    if (found.back() == no_sign) return std::nullopt;
    text.remove_prefix(signs[found.back()].size());
  }
  return found;
}

/// Sixteen signs at a time: which half byte is 0 once the sign is taken from each. The end may be looked at twice.
bool sign_text::has(sign one) const {
  constexpr std::uint64_t ones = 0x1111111111111111, high_bits = 8 * ones;
  const auto stands_in = [one](std::uint64_t sixteen) {
    const auto rest = sixteen ^ one * ones;
    return ((rest - ones) & ~rest & high_bits) != 0;
  };
  std::uint64_t word = 0;
  if (bytes_.size() < sizeof word) {
    word = ~word;  // fillers
    std::memcpy(&word, bytes_.data(), bytes_.size());
    return stands_in(word);
  }
  const auto last = bytes_.size() - sizeof word;
  for (std::size_t at = 0; at < last; at += sizeof word) {
    std::memcpy(&word, bytes_.data() + at, sizeof word);
    if (stands_in(word)) return true;
  }
  std::memcpy(&word, bytes_.data() + last, sizeof word);
  return stands_in(word);
}

}  // namespace licaudit::factors
