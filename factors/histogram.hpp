#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
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

/// How many subjects of one tenant have which mask in which lane, and their units: all that n1 and n2 need, for any
/// position of the switches. A tenant has few masks, however many its subjects, and all its bars lie side by side: to
/// count 10,000 tenants is to wait for memory.
class histogram {
 public:
  struct bar {
    std::uint32_t lane;
    mask of;
    std::uint32_t subjects;
    /// Modulo 2^64, so that taking away always undoes adding, whatever hostile quantities summed up to in between.
    std::uint64_t units;
  };

  void add(std::uint32_t lane, const mask& of, std::int64_t units) {
    add(lane, of, {1, static_cast<std::uint64_t>(units)});
  }
  struct heap {
    std::uint32_t subjects = 0;
    std::uint64_t units = 0;
  };
  void add(std::uint32_t lane, const mask& of, const heap& more);
  void clear(std::uint32_t lane);
  void remove(std::uint32_t lane, const mask& of, std::int64_t units);
  /// By lane.
  [[nodiscard]] const std::vector<bar>& bars() const { return bars_; }

 private:
  [[nodiscard]] std::vector<bar>::iterator find(std::uint32_t lane, const mask& of);

  std::vector<bar> bars_;  ///< by lane and mask
};

/// The masks of a subject in all lanes of its kind, each combination once, so that a subject keeps one number.
class mask_table {
 public:
  using masks = std::vector<mask>;

  [[nodiscard]] std::uint32_t number_of(const masks& combination);
  /// Until the next combination gets its number.
  [[nodiscard]] const masks& of(std::uint32_t number) const { return by_number_[number]; }
  /// Numbers are below it.
  [[nodiscard]] std::size_t size() const { return by_number_.size(); }

 private:
  struct hash {
    std::size_t operator()(const masks& combination) const;
  };
  std::unordered_map<masks, std::uint32_t, hash> numbers_;
  std::vector<masks> by_number_;
};

}  // namespace licaudit::factors
