#pragma once

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// What the factors of one lane say of one subject, a bit each.
struct mask {
  std::uint32_t configured = 0;
  std::uint32_t eligible = 0;
  std::uint32_t failed = 0;  ///< one of its criteria could not be tested
  auto operator<=>(const mask&) const = default;

  [[nodiscard]] bool is_empty() const { return (configured | eligible | failed) == 0; }
};

/// Calls `act(bit)` for each that is set.
template <class Act>
void each_bit(std::uint32_t bits, const Act& act) {
  for (; bits != 0; bits &= bits - 1) act(static_cast<std::size_t>(std::countr_zero(bits)));
}

/// A mask of a lane has a number that holds for all tenants, so that a bar of a histogram is small: the lane, by which
/// they are in order, and its place among the masks of the lane.
using lane_mask_number = std::uint32_t;
inline constexpr unsigned place_bits = 20;
[[nodiscard]] constexpr std::uint32_t lane_of(lane_mask_number number) {
  return number >> place_bits;
}
[[nodiscard]] constexpr std::uint32_t place_of(lane_mask_number number) {
  return number & ((1U << place_bits) - 1);
}

/// The masks that occur. Every one of a lane has a number, every combination of those of the lanes of one kind another:
/// a subject keeps one number, whatever the rules are.
class mask_table {
 public:
  using masks = std::vector<mask>;

  /// `lanes`: of each mask; the same for all combinations of a kind.
  [[nodiscard]] std::uint32_t number_of(const std::vector<std::uint32_t>& lanes, const masks& combination);

  struct entry {
    masks of;                            ///< by place in the lanes
    std::vector<lane_mask_number> bars;  ///< of those that are not empty
    bool failed;                         ///< any of them has a failure
  };
  /// Until the next combination gets its number.
  [[nodiscard]] const entry& at(std::uint32_t number) const { return by_number_[number]; }
  /// Numbers of combinations are below it.
  [[nodiscard]] std::size_t size() const { return by_number_.size(); }

  [[nodiscard]] const mask& mask_of(lane_mask_number number) const { return lanes_[lane_of(number)][place_of(number)]; }

 private:
  struct hash {
    std::size_t operator()(const std::pair<std::uint32_t, masks>& one) const;
  };
  /// Throws beyond 4,096 lanes or a million masks of one, which no rules of this world have.
  lane_mask_number bar_number(std::uint32_t lane, const mask& of);

  /// By their first lane: combinations of different kinds are different.
  std::unordered_map<std::pair<std::uint32_t, masks>, std::uint32_t, hash> numbers_;
  std::vector<entry> by_number_;
  std::map<std::pair<std::uint32_t, mask>, lane_mask_number> bar_numbers_;
  std::vector<masks> lanes_;
};

}  // namespace licaudit::factors
