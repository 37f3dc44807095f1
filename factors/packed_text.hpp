#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::factors {

/// A text as it is kept: what is made of the signs of telephone numbers alone (`tel:+442079460000;ext=12`), as nearly
/// all values are that do not repeat, in half a byte a sign. Two texts are equal if they are kept alike. May stand in
/// `room`, and refers to the text otherwise.
[[nodiscard]] std::string_view packed(std::string_view text, std::string& room);
/// The text again.
[[nodiscard]] std::string_view unpacked(std::string_view kept, std::string& room);

/// By number, below 16. `tel:+` and `;ext=` are a sign each; where `+` stands in the former, it is none of its own.
using sign = std::uint8_t;
inline constexpr std::size_t longest_sign = 5;
/// Fills up the last byte.
inline constexpr sign no_sign = 15;
/// The first byte of a text that is packed.
inline constexpr char packed_mark = '\x01';
/// What stands in the text, or none if it is not made of signs alone.
[[nodiscard]] std::optional<std::vector<sign>> signs_in(std::string_view text);

/// A text as it is packed, sign by sign. Refers to where it is kept.
class sign_text {
 public:
  /// None if it is kept in another way.
  [[nodiscard]] static std::optional<sign_text> of(std::string_view kept) {
    if (kept.empty() || kept.front() != packed_mark) return std::nullopt;
    return sign_text(kept.substr(1));
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] sign operator[](std::size_t index) const {
    const auto two = static_cast<unsigned char>(bytes_[index / 2]);
    return index % 2 == 0 ? two >> 4U : two & 0x0FU;
  }
  [[nodiscard]] bool has(sign one) const;

 private:
  explicit sign_text(std::string_view bytes)
      : bytes_(bytes),
        size_(bytes.size() * 2 - ((static_cast<unsigned char>(bytes.back()) & 0x0FU) == no_sign ? 1 : 0)) {}

  std::string_view bytes_;
  std::size_t size_;
};

}  // namespace licaudit::factors
