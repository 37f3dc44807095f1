#include "daemon/audit/change_list.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace licaudit::audit {

namespace {

change_list::change made_by(std::int64_t sequence) {
  return std::make_shared<const last_change>(last_change{{}, "schedule", sequence});
}

}  // namespace

TEST(change_list, has_nothing_at_first) {
  const change_list none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.size(), 0U);
}

TEST(change_list, gives_each_row_what_changed_it) {
  const auto first = made_by(1), second = made_by(2);
  change_list all;
  for (const auto& one : {first, first, second, first}) all.add(one);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0], first);
  EXPECT_EQ(all[1], first);
  EXPECT_EQ(all[2], second);
  EXPECT_EQ(all[3], first);
}

TEST(change_list, holds_a_change_once_for_rows_side_by_side) {
  const auto made = made_by(1);
  change_list all;
  for (int row = 0; row < 17; ++row) all.add(made);
  EXPECT_EQ(all.size(), 17U);
  EXPECT_EQ(made.use_count(), 2);
}

TEST(change_list, keeps_rows_that_nothing_is_known_of) {
  const auto made = made_by(1);
  change_list all;
  all.add(nullptr);
  all.add(nullptr);
  all.add(made);
  EXPECT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1], nullptr);
  EXPECT_EQ(all[2], made);
}

TEST(change_list, answers_as_a_plain_list_does) {
  std::mt19937 random(4711);
  const std::vector<change_list::change> causes = {nullptr, made_by(1), made_by(2), made_by(3)};
  for (int round = 0; round < 200; ++round) {
    std::vector<change_list::change> plain;
    change_list all;
    for (auto rows = random() % 40; rows > 0; --rows) {
      plain.push_back(causes[random() % causes.size()]);
      all.add(plain.back());
    }
    const auto copy = all;
    all = {};
    ASSERT_EQ(copy.size(), plain.size());
    for (std::size_t row = 0; row < plain.size(); ++row) EXPECT_EQ(copy[row], plain[row]) << row;
  }
}

}  // namespace licaudit::audit
