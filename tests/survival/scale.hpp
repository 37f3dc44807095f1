#pragma once

#include <cstddef>
#include <cstdint>

namespace licaudit::test {

/// LICAUDIT_TEST_SCALE; 1 if it is not set.
[[nodiscard]] double test_scale();
/// So many times the scale, at least one.
[[nodiscard]] std::size_t scaled(std::size_t count);
/// LICAUDIT_TEST_SEED, to repeat what failed; else a new one.
[[nodiscard]] std::uint64_t any_seed();

}  // namespace licaudit::test
