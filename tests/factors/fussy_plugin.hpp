#pragma once

#include "factors/value_test.hpp"

#include <cstddef>
#include <memory>

namespace licaudit::factors::testing {

/// A factor plugin `fussy`: likes the text of its option `likes` and gives up on every text that begins with `?`, so
/// that failures cost a test no time. `asked`, if given, counts how often it was asked.
[[nodiscard]] value_test_kinds fussy_plugin(std::shared_ptr<std::size_t> asked = nullptr);

}  // namespace licaudit::factors::testing
