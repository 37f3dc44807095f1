#pragma once

#include <cstdint>

namespace licaudit::test {

/// LICAUDIT_TEST_SEED, to repeat what failed; else a new one.
[[nodiscard]] std::uint64_t any_seed();

}  // namespace licaudit::test
