#include "model/pool.hpp"

#include "model/allowance.hpp"

#include <gtest/gtest.h>

namespace licaudit {

TEST(allowance, of_speech_to_text_unset_0_and_2000_is_unlimited_5000_and_7000_minutes) {
  const limit_terms speech_to_text{5000, "minute", true};
  EXPECT_EQ(allowed_amount(speech_to_text, std::nullopt), std::nullopt);
  EXPECT_EQ(allowed_amount(speech_to_text, 0), 5000);
  EXPECT_EQ(allowed_amount(speech_to_text, 2000), 7000);
}

TEST(pools, of_units_are_taken_from_by_quantity) {
  EXPECT_EQ(share_of(pool_kind::units, 60, false), 60);
  EXPECT_EQ(share_of(pool_kind::units, 0, false), 0);
  EXPECT_EQ(share_of(pool_kind::units, std::nullopt, false), 0);
  EXPECT_EQ(share_of(pool_kind::units, 100, true), 100);
}

TEST(pools, of_tenants_are_taken_from_by_place_whatever_the_quantity) {
  EXPECT_EQ(share_of(pool_kind::tenants, 60, false), 1);
  EXPECT_EQ(share_of(pool_kind::tenants, 1, false), 1);
  EXPECT_EQ(share_of(pool_kind::tenants, 0, false), 0);
  EXPECT_EQ(share_of(pool_kind::tenants, std::nullopt, false), 0);
  EXPECT_EQ(share_of(pool_kind::tenants, 7, true), 7) << "a reseller takes all the places that it may give";
}

TEST(pools, of_100_with_60_and_40_lack_1_for_a_41st) {
  const pool agents{pool_kind::units, 100, 100};
  EXPECT_EQ(agents.free(), 0);
  EXPECT_EQ(lacks(agents, 60 + 40), 0);
  EXPECT_EQ(lacks(agents, 60 + 41), 1);
  EXPECT_EQ(lacks(agents, 60 + 39), 0);
}

TEST(pools, of_100_handed_out_cannot_shrink_to_99) {
  const pool agents{pool_kind::units, 100, 100};
  EXPECT_EQ(lacks_to_shrink(agents, 99), 1);
  EXPECT_EQ(lacks_to_shrink(agents, 0), 100);
  EXPECT_EQ(lacks_to_shrink(agents, 100), 0);
  EXPECT_EQ(lacks_to_shrink(agents, 101), 0);
}

TEST(pools, of_2_tenants_lack_1_for_a_third) {
  const pool places{pool_kind::tenants, 2, 2};
  EXPECT_EQ(lacks(places, 3), 1);
  EXPECT_EQ(lacks(places, 2), 0);
}

TEST(pools, that_are_overdrawn_let_nobody_take_more_and_everybody_take_less) {
  const pool overdrawn{pool_kind::units, 80, 100};
  EXPECT_EQ(overdrawn.free(), -20);
  EXPECT_EQ(lacks(overdrawn, 99), 0) << "less than now, though still too much";
  EXPECT_EQ(lacks(overdrawn, 100), 0);
  EXPECT_EQ(lacks(overdrawn, 101), 21);
  EXPECT_EQ(lacks_to_shrink(overdrawn, 90), 0) << "it grows";
  EXPECT_EQ(lacks_to_shrink(overdrawn, 79), 21);
}

}  // namespace licaudit
