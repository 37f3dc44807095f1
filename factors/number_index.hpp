#pragma once

#include "factors/packed_numbers.hpp"

#include <cstddef>
#include <cstdint>

namespace licaudit::factors {

/// Finds numbered things by their hash: about five bytes each, where a hash set of the standard or of Boost takes
/// ten and more. Whoever uses it can tell the hash of a number and whether a number is the thing that is sought.
class number_index {
 public:
  static constexpr std::uint32_t nothing = UINT32_MAX;

  template <class IsIt>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, const IsIt& is_it) const {
    if (slots_.size() == 0) return nothing;
    for (auto at = home(hash);; at = behind(at)) {
      const auto slot = slots_[at];
      if (slot == empty) return nothing;
      if (slot >= first_slot && (slot & 0xFFU) == tag(hash) && is_it(number_in(slot))) return number_in(slot);
    }
  }

  template <class HashOf>
  void insert(std::uint32_t number, const HashOf& hash_of) {
    if ((used_ + 1) * 5 > slots_.size() * 4) grow(hash_of);
    if (place(number, hash_of(number))) ++used_;
  }

  /// Slots that a search may have to pass; at most four of five.
  [[nodiscard]] std::size_t used_slots() const { return used_; }

  /// It must be there.
  void erase(std::uint32_t number, std::uint64_t hash) {
    auto at = home(hash);
    while (slots_[at] < first_slot || number_in(slots_[at]) != number) at = behind(at);
    slots_.set(at, left);
    if (slots_[behind(at)] != empty) return;
    // Nobody who comes here has to go on: values that come and go leave nothing.
    for (; slots_[at] == left; at = before(at)) {
      slots_.set(at, empty);
      --used_;
    }
  }

 private:
  static constexpr std::uint64_t empty = 0;
  static constexpr std::uint64_t left = 1;          ///< something was here: a search goes on
  static constexpr std::uint64_t first_slot = 256;  ///< from here on it is a number and a tag

  static std::uint64_t tag(std::uint64_t hash) { return hash & 0xFFU; }
  static std::uint32_t number_in(std::uint64_t slot) { return static_cast<std::uint32_t>((slot >> 8U) - 1); }
  [[nodiscard]] std::size_t home(std::uint64_t hash) const { return (hash >> 32U) * slots_.size() >> 32U; }
  [[nodiscard]] std::size_t behind(std::size_t at) const { return at + 1 == slots_.size() ? 0 : at + 1; }
  [[nodiscard]] std::size_t before(std::size_t at) const { return (at == 0 ? slots_.size() : at) - 1; }
  /// Whether its slot was empty.
  bool place(std::uint32_t number, std::uint64_t hash) {
    auto at = home(hash);
    while (slots_[at] >= first_slot) at = behind(at);
    const bool was_empty = slots_[at] == empty;
    slots_.set(at, (std::uint64_t{number} + 1) << 8U | tag(hash));
    return was_empty;
  }

  template <class HashOf>
  void grow(const HashOf& hash_of) {
    packed_numbers old;
    std::swap(old, slots_);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < old.size(); ++i) kept += old[i] >= first_slot ? 1 : 0;
    slots_.resize(kept + kept / 2 + kept / 4 + 8);
    used_ = kept;
    for (std::size_t i = 0; i < old.size(); ++i) {
      if (old[i] >= first_slot) place(number_in(old[i]), hash_of(number_in(old[i])));
    }
  }

  packed_numbers
      slots_;  ///< number + 1 and, in the lowest byte, a part of the hash; at most four of five are not empty
  std::size_t used_ = 0;  ///< slots that are not empty
};

}  // namespace licaudit::factors
