#include "tests/survival/scale.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

namespace licaudit::test {

double test_scale() {
  const char* text = std::getenv("LICAUDIT_TEST_SCALE");
  return text == nullptr ? 1.0 : std::strtod(text, nullptr);
}

std::size_t scaled(std::size_t count) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(count) * test_scale()));
}

std::uint64_t any_seed() {
  const char* text = std::getenv("LICAUDIT_TEST_SEED");
  return text == nullptr ? std::random_device()() : std::strtoull(text, nullptr, 10);
}

}  // namespace licaudit::test
