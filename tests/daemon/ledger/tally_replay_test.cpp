#include "daemon/ledger/tally_replay.hpp"

#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

tally_row acquired(std::int64_t n2, std::int64_t since) {
  return {"ump", "", 0, n2, 0, since};
}

TEST(tally_replay_test, takes_changes_and_the_whole_set_of_a_month) {
  tally_replay replay;
  replay.begin_calculation(1, 202601);
  EXPECT_FALSE(replay.take("acme", 1, 202601, acquired(3, 1)));
  EXPECT_FALSE(replay.missing());
  replay.begin_calculation(2, 202601);
  EXPECT_FALSE(replay.take("acme", 1, 202601, acquired(4, 2)));
  replay.begin_calculation(3, 202602);
  EXPECT_FALSE(replay.take("acme", 1, 202602, acquired(4, 2)));
  EXPECT_FALSE(replay.missing());
}

TEST(tally_replay_test, wants_the_beginning_of_a_value) {
  tally_replay replay;
  replay.begin_calculation(1, 202601);
  EXPECT_EQ(replay.take("acme", 1, 202601, acquired(3, 0)),
            "the tally of acme, ump names a wrong beginning of its value");
  replay.begin_calculation(2, 202602);
  EXPECT_TRUE(replay.take("acme", 1, 202602, acquired(3, 2)));
}

TEST(tally_replay_test, wants_every_number_at_the_beginning_of_a_month) {
  tally_replay replay;
  replay.begin_calculation(1, 202601);
  EXPECT_FALSE(replay.take("acme", 1, 202601, acquired(3, 1)));
  replay.begin_calculation(2, 202602);
  EXPECT_EQ(replay.missing(), "the tally of acme, ump is missing from the first calculation of its month");
}

TEST(tally_replay_test, refuses_rows_that_say_nothing_new) {
  tally_replay replay;
  replay.begin_calculation(1, 202601);
  EXPECT_TRUE(replay.take("acme", 2, 202601, {"ump", "dr", 0, std::nullopt, flag_absent, 1}));
  EXPECT_FALSE(replay.take("acme", 1, 202601, acquired(3, 1)));
  replay.begin_calculation(2, 202601);
  EXPECT_TRUE(replay.take("acme", 1, 202601, acquired(3, 1)));
}

TEST(tally_replay_test, refuses_values_that_do_not_reach_the_root) {
  tally_replay replay;
  replay.begin_calculation(1, 202601);
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"", "", 3, 4, 0, 1})) << "a tenant has no n2";
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"", "", 3, std::nullopt, 4, 1})) << "an unknown flag";
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"", "dr", 3, std::nullopt, 0, 1})) << "a factor of no licence";
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"ump", "", 0, 4, 5, 1})) << "an unknown state";
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"ump", "", 3, 4, 0, 1})) << "what is licensed is a sum";
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"ump", "dr", 3, 4, 2, 1})) << "an unknown flag of a factor";
  EXPECT_TRUE(replay.take("acme", 1, 202601, {"ump", "dr", 3, std::nullopt, flag_absent, 1}))
      << "withdrawn with a value";
}

TEST(tally_replay_test, a_tenant_without_shown_numbers_is_no_leaf) {
  tally_replay replay;
  const auto empty = replay.root();
  replay.begin_calculation(1, 202601);
  EXPECT_FALSE(replay.take("acme", 1, 202601, acquired(3, 1)));
  EXPECT_NE(replay.root(), empty);
  replay.begin_calculation(2, 202601);
  EXPECT_FALSE(replay.take("acme", 1, 202601, {"ump", "", 0, std::nullopt, flag_absent, 2}));
  EXPECT_EQ(replay.root(), empty);
}

}  // namespace
}  // namespace licaudit::ledger
