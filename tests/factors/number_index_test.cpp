// Numbered things found by their hash, through any coming and going.
#include "factors/number_index.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace licaudit::factors {
namespace {

/// Things whose hashes fall close together: five to one home.
std::uint64_t hash_of(std::uint32_t number) {
  return std::uint64_t{number / 5} * 0x9E3779B97F4A7C15U;
}

TEST(number_index, knows_those_that_are_there_and_no_others) {
  std::mt19937 random(7);
  number_index index;
  std::map<std::uint32_t, bool> there;
  for (int i = 0; i < 20000; ++i) {
    // A few that come and go again and again among many that stay.
    const auto number = static_cast<std::uint32_t>(random() % (i % 3 == 0 ? 400 : 20));
    auto& is_there = there[number];
    is_there ? index.erase(number, hash_of(number)) : index.insert(number, hash_of);
    is_there = !is_there;
    if (i % 100 != 0) continue;
    for (std::uint32_t each = 0; each < 400; ++each) {
      const auto found = index.find(hash_of(each), [&](std::uint32_t one) { return one == each; });
      ASSERT_EQ(found, there[each] ? each : number_index::nothing) << "after " << i;
    }
  }
}

TEST(number_index, what_has_left_leaves_no_trace_behind) {
  number_index index;
  const auto same = [](std::uint32_t) { return std::uint64_t{1} << 40U; };
  for (std::uint32_t i = 0; i < 1000; ++i) {
    index.insert(i, same);
    index.erase(i, same(i));
  }
  EXPECT_EQ(index.used_slots(), 0U);
}

}  // namespace
}  // namespace licaudit::factors
