#include "billing/series.hpp"
#include "tests/billing/world.hpp"

#include <gtest/gtest.h>

using namespace licaudit;
using namespace licaudit::billing;
using namespace licaudit::billing::testing;

TEST(own_share, is_what_a_parent_shows_without_its_children) {
  const series sum{licensed(day(1), 15), licensed(day(5), 25), licensed(day(9), 28)};
  const series child{licensed(day(1), 10), licensed(day(5), 20)};
  const auto own = own_share(sum, {{&child, {day(1), instant::max()}}});
  ASSERT_EQ(own.size(), 3U);
  EXPECT_EQ(own[0].licensed, 5);
  EXPECT_EQ(own[1].licensed, 5);
  EXPECT_EQ(own[2].licensed, 8);
}

TEST(own_share, moves_also_where_the_sum_stands_still) {
  // A user goes from the parent to the child: the sum says nothing.
  const series sum{licensed(day(1), 15)};
  const series child{licensed(day(1), 10), licensed(day(5), 11)};
  const auto own = own_share(sum, {{&child, {day(1), instant::max()}}});
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[1].at, day(5));
  EXPECT_EQ(own[1].sequence, child[1].sequence);
  EXPECT_EQ(own[1].licensed, 4);
}

TEST(own_share, lets_a_child_go_that_stands_elsewhere) {
  const series sum{licensed(day(1), 15), licensed(day(10), 5)};
  const series child{licensed(day(1), 10)};
  const auto own = own_share(sum, {{&child, {day(1), day(10)}}});
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[0].licensed, 5);
  EXPECT_EQ(own[1].licensed, 5);
}

TEST(own_share, takes_a_child_that_is_gone_for_a_while_as_nothing) {
  auto gone = licensed(day(5), 0);
  gone.shown = false;
  const series sum{licensed(day(1), 15), licensed(day(5), 5), licensed(day(8), 12)};
  const series child{licensed(day(1), 10), gone, licensed(day(8), 7)};
  for (const auto& one : own_share(sum, {{&child, {day(1), instant::max()}}})) EXPECT_EQ(one.licensed, 5);
}

TEST(accept, lets_count_what_is_held_from_there_on_and_nothing_before) {
  series values{licensed(day(1), 25, tally_state::held), licensed(day(9), 25, tally_state::held), licensed(day(20), 9)};
  accept(values, day(5), 25);
  ASSERT_EQ(values.size(), 4U);
  EXPECT_FALSE(values[0].accepted);
  EXPECT_EQ(values[1].at, day(5));
  EXPECT_TRUE(values[1].accepted);
  EXPECT_TRUE(values[2].accepted);
  EXPECT_FALSE(values[3].accepted);
  accept(values, day(21), 9);
  EXPECT_FALSE(values[3].accepted) << "it was not held";
}

TEST(released, is_held_only_where_something_under_it_still_is) {
  const series sum{licensed(day(1), 15), licensed(day(5), 25, tally_state::held), licensed(day(20), 28)};
  const auto made = released(sum, {{day(8), day(10)}});
  ASSERT_EQ(made.size(), 5U);
  EXPECT_TRUE(made[1].accepted);
  EXPECT_EQ(made[2].at, day(8));
  EXPECT_FALSE(made[2].accepted);
  EXPECT_EQ(made[3].at, day(10));
  EXPECT_TRUE(made[3].accepted);
  EXPECT_FALSE(made[4].accepted);
}
