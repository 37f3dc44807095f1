#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace licaudit::factors {

/// Whole numbers in a row, each in as many bytes as the largest one so far needs: what a million subjects are made of.
class packed_numbers {
 public:
  packed_numbers() = default;
  /// `bytes`: of each number, to begin with.
  explicit packed_numbers(std::size_t bytes) : width_(bytes), mask_(UINT64_MAX >> (64 - 8 * bytes)) {}

  [[nodiscard]] std::size_t size() const { return size_; }

  [[nodiscard]] std::uint64_t operator[](std::size_t index) const { return word(index) & mask_; }

  void set(std::size_t index, std::uint64_t value) {
    if (value > mask_) widen(value);
    // Not as one word with what stands behind: that would wait for the one before it to be written.
    auto* const to = bytes_.data() + index * width_;
    switch (width_) {
      case 1:
        std::memcpy(to, &value, 1);
        break;
      case 2:
        std::memcpy(to, &value, 2);
        break;
      case 3:
        std::memcpy(to, &value, 3);
        break;
      default:
        std::memcpy(to, &value, width_);
    }
  }

  void push_back(std::uint64_t value) {
    resize(size_ + 1);
    set(size_ - 1, value);
  }
  /// New ones are 0.
  void resize(std::size_t size);

 private:
  static_assert(std::endian::native == std::endian::little, "a number is read by its lowest bytes");

  /// The number and what stands behind it.
  [[nodiscard]] std::uint64_t word(std::size_t index) const {
    std::uint64_t found = 0;
    std::memcpy(&found, bytes_.data() + index * width_, sizeof found);
    return found;
  }
  void widen(std::uint64_t value);

  std::size_t size_ = 0;
  std::size_t width_ = 1;
  std::uint64_t mask_ = 0xFF;
  std::vector<std::uint8_t> bytes_;  ///< 8 more than are used, so that any number can be read as one word
};

}  // namespace licaudit::factors
