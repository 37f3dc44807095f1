#include "daemon/api/refusal_throttle.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using namespace std::chrono_literals;

constexpr instant start = from_milliseconds(1'793'500'000'000);

TEST(refusal_throttle_test, lets_ten_a_minute_through_and_counts_the_rest) {
  refusal_throttle throttle;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(throttle.admit(1042, start + i * 1s), std::optional<std::int64_t>(0));
  for (int i = 0; i < 990; ++i) EXPECT_EQ(throttle.admit(1042, start + 20s), std::nullopt);
  EXPECT_EQ(throttle.admit(1042, start + 60s), std::optional<std::int64_t>(990));
  EXPECT_EQ(throttle.admit(1042, start + 61s), std::optional<std::int64_t>(0));
}

TEST(refusal_throttle_test, counts_each_user_alone) {
  refusal_throttle throttle;
  for (int i = 0; i < 11; ++i) static_cast<void>(throttle.admit(1, start));
  EXPECT_EQ(throttle.admit(1, start), std::nullopt);
  EXPECT_EQ(throttle.admit(2, start), std::optional<std::int64_t>(0));
}

TEST(refusal_throttle_test, goes_on_when_the_clock_falls_back) {
  refusal_throttle throttle;
  for (int i = 0; i < 11; ++i) static_cast<void>(throttle.admit(1, start));
  EXPECT_EQ(throttle.admit(1, start - 1h), std::optional<std::int64_t>(1));
}

TEST(refusal_throttle_test, forgets_rather_than_grows) {
  refusal_throttle throttle;
  for (int i = 0; i < 11; ++i) static_cast<void>(throttle.admit(0, start));
  for (std::uint32_t uid = 1; uid <= refusal_throttle::most_users; ++uid) static_cast<void>(throttle.admit(uid, start));
  EXPECT_EQ(throttle.admit(0, start), std::optional<std::int64_t>(0));
}

}  // namespace
}  // namespace licaudit::api
