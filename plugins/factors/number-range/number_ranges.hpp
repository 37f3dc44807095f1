#pragma once

#include "plugins/factors/number-range/phone_number.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

namespace licaudit::number_range {

/// Numbers of one length from `first` to `last`, both inside.
struct block {
  std::size_t length = 0;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  bool operator<(const block& other) const { return std::tie(length, first) < std::tie(other.length, other.first); }
};

/// A block, or what is wrong with the text. Forms: `+442079460000`, `+442079460000-0999` (the last digits of the last
/// number), `+442079460000-+442079460999`.
[[nodiscard]] std::variant<block, std::string> parse_block(std::string_view text);

/// A set of blocks, which may overlap.
class number_ranges {
 public:
  explicit number_ranges(std::vector<block> blocks);

  [[nodiscard]] bool contains(const phone_number& number) const;

 private:
  std::vector<block> blocks_;  ///< sorted and without overlap
};

}  // namespace licaudit::number_range
