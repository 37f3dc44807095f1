#include "daemon/access/acquaintances.hpp"

#include <gtest/gtest.h>

namespace licaudit::access {
namespace {

constexpr instant start = from_milliseconds(1'793'500'000'000);
constexpr std::chrono::hours later{1};

std::shared_ptr<const policy> policy_with(std::optional<instant> expires, std::string name = "north") {
  grant one;
  one.uid = 1042;
  one.role = role::reseller;
  one.name = std::move(name);
  one.expires = expires;
  return std::make_shared<const policy>(std::vector<grant>{one}, 990U);
}

const caller north{1042, 100, {}};

TEST(acquaintances_test, knows_each_caller_by_himself) {
  acquaintances known;
  const auto by = policy_with({});
  EXPECT_EQ(known.standing_of(north, by, start).name(), "north");
  EXPECT_FALSE(known.standing_of({1043, 100, {}}, by, start).is_known());
  EXPECT_EQ(known.standing_of({0, 0, {}}, by, start).name(), "root");
  EXPECT_EQ(known.standing_of(north, by, start).name(), "north");
}

TEST(acquaintances_test, looks_again_when_the_settings_change) {
  acquaintances known;
  EXPECT_EQ(known.standing_of(north, policy_with({}), start).name(), "north");
  EXPECT_EQ(known.standing_of(north, policy_with({}, "south"), start).name(), "south");
}

TEST(acquaintances_test, forgets_a_mapping_at_the_instant_it_expires_and_not_before) {
  acquaintances known;
  const auto by = policy_with(start + later);
  EXPECT_TRUE(known.standing_of(north, by, start).is_known());
  EXPECT_TRUE(known.standing_of(north, by, start + later - std::chrono::milliseconds(1)).is_known());
  EXPECT_FALSE(known.standing_of(north, by, start + later).is_known());
}

TEST(acquaintances_test, a_clock_that_falls_back_brings_back_what_had_expired) {
  acquaintances known;
  const auto by = policy_with(start + later);
  EXPECT_FALSE(known.standing_of(north, by, start + later).is_known());
  EXPECT_TRUE(known.standing_of(north, by, start).is_known());
}

TEST(acquaintances_test, a_standing_outlives_what_made_it) {
  std::optional<standing> kept;
  {
    acquaintances known;
    kept = known.standing_of(north, policy_with({}), start);
  }
  EXPECT_EQ(kept->name(), "north");
}

}  // namespace
}  // namespace licaudit::access
