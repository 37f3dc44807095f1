#pragma once

#include "factors/mask_table.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace licaudit::factors {

/// How many subjects of one tenant have which mask in which lane, and their units: all that n1 and n2 need, for any
/// position of the switches. A tenant has few masks, however many its subjects, and all its bars lie side by side: to
/// count 10,000 tenants is to wait for memory.
class histogram {
 public:
  struct heap {
    std::uint32_t subjects = 0;
    /// Modulo 2^64, so that taking away always undoes adding, whatever hostile quantities summed up to in between.
    std::uint64_t units = 0;
  };
  struct bar {
    lane_mask_number of;
    std::uint32_t subjects;
    std::uint64_t units;
  };

  void add(lane_mask_number of, const heap& more);
  /// One subject.
  void remove(lane_mask_number of, std::uint64_t units);
  /// `bars`: by number.
  void assign(const std::vector<bar>& bars) { bars_.assign(bars.begin(), bars.end()); }
  /// By number.
  [[nodiscard]] const std::vector<bar>& bars() const { return bars_; }
  /// They are about to be read.
  void fetch() const {
    constexpr std::size_t bars_of_a_line = 64 / sizeof(bar);
    for (std::size_t i = 0; i < bars_.size(); i += bars_of_a_line) __builtin_prefetch(bars_.data() + i);
  }
  /// The first of this lane, or of the next that has any.
  [[nodiscard]] std::vector<bar>::const_iterator first_of(std::uint32_t lane) const;

 private:
  [[nodiscard]] std::vector<bar>::iterator find(lane_mask_number of);

  std::vector<bar> bars_;
};

}  // namespace licaudit::factors
