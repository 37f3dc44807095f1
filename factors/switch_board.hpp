#pragma once

#include "factors/rules.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace licaudit::factors {

/// Whether a factor is on for the tenant that is counted.
using switch_position = std::function<bool(const licence&, const factor&)>;

/// A position for every factor of one rule set, asked for once: all tenants whose switches stand alike can be counted
/// by one board.
class switch_board {
 public:
  switch_board(const rules& of, const switch_position& on);

  [[nodiscard]] bool is_on(std::size_t lane, std::uint32_t bit) const { return (bits_[lane] >> bit & 1U) != 0; }
  /// Of a lane of `compiled`, a bit for each factor.
  [[nodiscard]] std::uint32_t bits(std::size_t lane) const { return bits_[lane]; }

 private:
  std::vector<std::uint32_t> bits_;
};

}  // namespace licaudit::factors
