#pragma once

#include "factors/packed_text.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace licaudit::factors {

/// Signs that may stand in one place, a bit each.
using sign_set = std::uint16_t;
[[nodiscard]] constexpr sign_set only(sign one) {
  return static_cast<sign_set>(1U << one);
}

/// A plain pattern as it is put to packed texts, without unpacking them: a million numbers that are all different are
/// what an evaluation spends most of its time on. See plain_pattern::in_signs.
class sign_pattern {
 public:
  /// These signs, anywhere or at an end or both.
  struct alternative {
    std::vector<sign_set> signs;
    bool at_front, at_back;
  };
  explicit sign_pattern(std::vector<alternative> any_of) : any_of_(std::move(any_of)) {}

  [[nodiscard]] bool matches(const sign_text& text) const;

 private:
  std::vector<alternative> any_of_;  ///< none: matches nothing
};

}  // namespace licaudit::factors
