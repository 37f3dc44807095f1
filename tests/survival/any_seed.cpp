#include "tests/survival/any_seed.hpp"

#include <cstdlib>
#include <random>

namespace licaudit::test {

std::uint64_t any_seed() {
  const char* text = std::getenv("LICAUDIT_TEST_SEED");
  return text == nullptr ? std::random_device()() : std::strtoull(text, nullptr, 10);
}

}  // namespace licaudit::test
