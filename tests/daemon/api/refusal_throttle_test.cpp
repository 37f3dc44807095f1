#include "daemon/api/refusal_throttle.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using namespace std::chrono_literals;

constexpr instant start = from_milliseconds(1'793'500'000'000);

TEST(refusal_throttle_test, lets_ten_a_minute_through_and_counts_the_rest) {
  refusal_throttle throttle;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(throttle.admit("north", start + i * 1s), std::optional<std::int64_t>(0));
  for (int i = 0; i < 990; ++i) EXPECT_EQ(throttle.admit("north", start + 20s), std::nullopt);
  EXPECT_EQ(throttle.admit("north", start + 60s), std::optional<std::int64_t>(990));
  EXPECT_EQ(throttle.admit("north", start + 61s), std::optional<std::int64_t>(0));
}

TEST(refusal_throttle_test, counts_each_user_alone) {
  refusal_throttle throttle;
  for (int i = 0; i < 11; ++i) static_cast<void>(throttle.admit("a", start));
  EXPECT_EQ(throttle.admit("a", start), std::nullopt);
  EXPECT_EQ(throttle.admit("b", start), std::optional<std::int64_t>(0));
}

TEST(refusal_throttle_test, goes_on_when_the_clock_falls_back) {
  refusal_throttle throttle;
  for (int i = 0; i < 11; ++i) static_cast<void>(throttle.admit("a", start));
  EXPECT_EQ(throttle.admit("a", start - 1h), std::optional<std::int64_t>(1));
}

TEST(refusal_throttle_test, forgets_rather_than_grows) {
  refusal_throttle throttle;
  for (int i = 0; i < 11; ++i) static_cast<void>(throttle.admit("first", start));
  for (std::size_t i = 1; i <= refusal_throttle::most_callers; ++i) {
    static_cast<void>(throttle.admit("uid " + std::to_string(i), start));
  }
  EXPECT_EQ(throttle.admit("first", start), std::optional<std::int64_t>(0));
}

}  // namespace
}  // namespace licaudit::api
