#include "factors/number_block.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit::factors {
namespace {

std::int64_t numbers(std::string_view prefix) {
  const auto block = number_block_of(prefix);
  EXPECT_FALSE(block.open) << prefix;
  return block.numbers;
}

void expect_open(std::string_view prefix) {
  EXPECT_EQ(number_block_of(prefix), (number_block{1, true})) << prefix;
}

TEST(number_block, a_number_is_one) {
  EXPECT_EQ(numbers("+97239753009"), 1);
  EXPECT_EQ(numbers("+97239753009#"), 1);
  EXPECT_EQ(numbers("ABC"), 1);
}

TEST(number_block, a_range_is_as_many_as_it_holds) {
  EXPECT_EQ(numbers("+9723975[3000-3099]"), 100);
  EXPECT_EQ(numbers("[123-130,455,766,780-790]"), 8 + 1 + 1 + 11);
  EXPECT_EQ(numbers("+1[0-9][00-49]"), 500);
  EXPECT_EQ(numbers("[7-7]"), 1);
}

TEST(number_block, a_range_in_parentheses_is_a_suffix) {
  EXPECT_EQ(numbers("+44([00-49])"), 50);
  EXPECT_EQ(numbers("(99)"), 1);
}

TEST(number_block, letters_stand_for_digits) {
  EXPECT_EQ(numbers("+44x"), 10);
  EXPECT_EQ(numbers("+44z"), 9);
  EXPECT_EQ(numbers("+44n"), 8);
  EXPECT_EQ(numbers("+44xzn"), 720);
  EXPECT_EQ(numbers("+44\\x\\z"), 1) << "taken as they are";
}

TEST(number_block, what_ends_nowhere_is_open) {
  for (const char* prefix : {"*", "+44*", "+44.", "+44x.", ""}) expect_open(prefix);
}

TEST(number_block, what_cannot_be_read_is_open) {
  for (const char* prefix : {"[", "[3000-3099", "[]", "[a-b]", "[3099-3000]", "[9-10]", "[1,]", "[,1]", "[-1]",
                             "[1-2-3]", "[12345678901234567890]", "[--]"})
    expect_open(prefix);
}

TEST(number_block, what_stands_for_more_than_there_can_be_is_open) {
  EXPECT_EQ(numbers(std::string(12, 'x')), 1'000'000'000'000);
  expect_open(std::string(13, 'x'));
  expect_open(std::string(5000, 'x'));
}

TEST(number_block, an_escape_at_the_end_takes_nothing) {
  EXPECT_EQ(numbers("12\\"), 1);
}

}  // namespace
}  // namespace licaudit::factors
