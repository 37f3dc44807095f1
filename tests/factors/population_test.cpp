#include "factors/population.hpp"

#include "factors/histogram.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace licaudit::factors {
namespace {

using testing::subject_of;

TEST(value_column, gives_equal_values_one_number_and_frees_it_at_the_last) {
  value_column column;
  const auto a = column.take("a");
  EXPECT_EQ(column.take("a"), a);
  EXPECT_NE(column.take("b"), a);
  EXPECT_FALSE(column.give_back(a));
  EXPECT_TRUE(column.give_back(a));
  EXPECT_EQ(column.take("c"), a);
  EXPECT_EQ(column.value(a), "c");
}

TEST(value_column, keeps_the_texts_apart_through_any_changes) {
  value_column column;
  std::mt19937 random(7);
  std::multimap<std::string, std::uint32_t> taken;
  for (std::size_t i = 0; i < testing::scaled(50000); ++i) {
    if (taken.size() < 300 || random() % 2 == 0) {
      const auto text = std::to_string(random() % 500) + std::string(random() % 300, 'x');
      taken.emplace(text, column.take(text));
    } else {
      const auto victim = std::next(taken.begin(), static_cast<std::ptrdiff_t>(random() % taken.size()));
      const bool last = taken.count(victim->first) == 1;
      ASSERT_EQ(column.give_back(victim->second), last);
      taken.erase(victim);
    }
    if (i % 1000 != 0) continue;
    for (const auto& [text, number] : taken) ASSERT_EQ(column.value(number), text);
  }
}

TEST(value_column, writes_lists_so_that_no_two_values_are_one) {
  const std::vector<field_value> values{{},
                                        {"a"},
                                        {"b"},
                                        {"a", "b"},
                                        {"ab"},
                                        {"a", "b", "c"},
                                        {"ab", "c"},
                                        {std::string("\0", 1)},
                                        {std::string("\0\1\0\0\0a", 6)},
                                        {std::string("\0", 1), "a"}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j)
      EXPECT_EQ(value_text(values[i]) == value_text(values[j]), i == j) << i << " " << j;
  }
}

TEST(row_directory, finds_dense_and_far_numbers) {
  row_directory directory;
  EXPECT_EQ(directory.find(3), no_row);
  directory.put(1ULL << 50U, 9, 1);
  directory.put(5000, 8, 1);  // far, for now
  directory.put(6000, 7, 5000);
  directory.put(3, 6, 5000);
  EXPECT_EQ(directory.find(1ULL << 50U), 9U);
  EXPECT_EQ(directory.find(5000), 8U);
  EXPECT_EQ(directory.find(6000), 7U);
  EXPECT_EQ(directory.find(3), 6U);
  directory.erase(5000);
  directory.erase(1ULL << 50U);
  EXPECT_EQ(directory.find(5000), no_row);
  EXPECT_EQ(directory.find(1ULL << 50U), no_row);
}

TEST(population, holds_only_the_fields_that_are_read_and_says_what_left) {
  held_fields fields;
  fields.add(subject_kind::user, "tag");
  fields.add(subject_kind::user, "id");
  population people(fields);
  const auto ann = subject_of("t", subject_kind::user, "ann", {{"tag", {"x"}}, {"unread", {"y"}}});
  const auto row = people.add(1, 0, ann, people.take_values(ann));
  EXPECT_EQ(people.column(subject_kind::user, 0).value(people.value(row, 0)), "ann");
  EXPECT_EQ(people.column(subject_kind::user, 1).value(people.value(row, 1)), "x");
  const auto ben = subject_of("t", subject_kind::user, "ben", {{"tag", {"x"}}});
  const auto second = people.add(2, 0, ben, people.take_values(ben));
  EXPECT_EQ(people.first_of(0), second);
  EXPECT_EQ(people.at(second).next, row);
  people.remove(row);
  EXPECT_EQ(people.at(second).next, no_row);
  EXPECT_EQ(people.left_values().size(), 1U);  // the id, not the tag that ben has too
  people.remove(second);
  EXPECT_EQ(people.left_values().size(), 2U);
  EXPECT_TRUE(people.is_empty());
  EXPECT_EQ(people.first_of(0), no_row);
}

TEST(histogram, drops_a_bar_with_its_last_subject) {
  histogram one;
  one.add(0, {1, 1, 0}, 0);
  one.add(0, {1, 1, 0}, 5);
  one.add(0, {3, 1, 0}, 2);
  one.add(0, {}, 100);
  ASSERT_EQ(one.bars().size(), 2U);
  EXPECT_EQ(one.bars().front().units, 5U);
  EXPECT_EQ(one.bars().front().subjects, 2U);
  one.remove(0, {1, 1, 0}, 5);
  one.remove(0, {3, 1, 0}, 2);
  one.remove(0, {}, 100);
  ASSERT_EQ(one.bars().size(), 1U);
  EXPECT_EQ(one.bars().front().units, 0U);
  one.remove(0, {1, 1, 0}, 0);
  EXPECT_TRUE(one.bars().empty());
}

TEST(histogram, keeps_lanes_apart_and_in_order) {
  histogram one;
  one.add(2, {1, 1, 0}, 5);
  one.add(0, {3, 1, 0}, 7);
  one.add(0, {1, 1, 0}, 2);
  ASSERT_EQ(one.bars().size(), 3U);
  EXPECT_EQ(one.bars().at(0).units, 2U);
  EXPECT_EQ(one.bars().at(1).units, 7U);
  EXPECT_EQ(one.bars().at(2).lane, 2U);
  one.remove(0, {1, 1, 0}, 2);
  ASSERT_EQ(one.bars().size(), 2U);
  EXPECT_EQ(one.bars().at(1).units, 5U);
}

TEST(mask_table, numbers_each_combination_once) {
  mask_table table;
  const auto a = table.number_of({{1, 1, 0}, {0, 0, 0}});
  const auto b = table.number_of({{0, 0, 0}, {1, 1, 0}});
  EXPECT_NE(a, b);
  EXPECT_EQ(table.number_of({{1, 1, 0}, {0, 0, 0}}), a);
  EXPECT_EQ(table.of(b).at(1).configured, 1U);
}

}  // namespace
}  // namespace licaudit::factors
