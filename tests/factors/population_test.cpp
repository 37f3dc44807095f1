#include "factors/population.hpp"

#include "factors/histogram.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <stdexcept>

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
  std::string a;
  std::string b;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j)
      EXPECT_EQ(value_text(values[i], a) == value_text(values[j], b), i == j) << i << " " << j;
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
  population::content content;
  people.take(0, subject_of("t", subject_kind::user, "ann", {{"tag", {"x"}}, {"unread", {"y"}}}), content);
  const auto row = people.add(1, content);
  EXPECT_EQ(people.column(subject_kind::user, 0).value(people.value(row, 0)), "ann");
  EXPECT_EQ(people.column(subject_kind::user, 1).value(people.value(row, 1)), "x");
  people.take(0, subject_of("t", subject_kind::user, "ben", {{"tag", {"x"}}}), content);
  const auto second = people.add(2, content);
  EXPECT_EQ(people.first_of(0), second);
  EXPECT_EQ(people.next(second), row);
  people.remove(row);
  EXPECT_EQ(people.next(second), no_row);
  EXPECT_EQ(people.left_values().size(), 1U);  // the id, not the tag that ben has too
  people.remove(second);
  EXPECT_EQ(people.left_values().size(), 2U);
  EXPECT_TRUE(people.is_empty());
  EXPECT_EQ(people.first_of(0), no_row);
}

TEST(population, knows_whether_a_row_has_a_content) {
  held_fields fields;
  fields.add(subject_kind::user, "tag");
  population people(fields);
  population::content content;
  auto ann = subject_of("t", subject_kind::user, "ann", {{"tag", {"x"}}});
  people.take(3, ann, content);
  const auto row = people.add(7, content);
  const auto is_after = [&](const subject& other, tenant_index tenant) {
    people.take(tenant, other, content);
    const bool same = people.is(row, content);
    people.drop(content);
    return same;
  };
  EXPECT_TRUE(is_after(ann, 3));
  EXPECT_TRUE(is_after(subject_of("t", subject_kind::user, "other", {{"tag", {"x"}}, {"unread", {"y"}}}), 3));
  EXPECT_FALSE(is_after(ann, 4));
  EXPECT_FALSE(is_after(subject_of("t", subject_kind::user, "ann", {{"tag", {"z"}}}), 3));
  EXPECT_FALSE(is_after(subject_of("t", subject_kind::number, "ann", {}), 3));
  ann.quantity = 2;
  EXPECT_FALSE(is_after(ann, 3));
  EXPECT_EQ(people.left_values().size(), 1U);  // `z`, which nobody took in the end
}

TEST(histogram, drops_a_bar_with_its_last_subject) {
  histogram one;
  one.add(4, {1, 0});
  one.add(4, {1, 5});
  one.add(9, {1, 2});
  ASSERT_EQ(one.bars().size(), 2U);
  EXPECT_EQ(one.bars().front().units, 5U);
  EXPECT_EQ(one.bars().front().subjects, 2U);
  one.remove(4, 5);
  one.remove(9, 2);
  ASSERT_EQ(one.bars().size(), 1U);
  EXPECT_EQ(one.bars().front().units, 0U);
  one.remove(4, 0);
  EXPECT_TRUE(one.bars().empty());
}

TEST(histogram, keeps_bars_in_order) {
  histogram one;
  for (const lane_mask_number of : {7U, 1U, 4U, 1U}) one.add(of, {2, 3});
  ASSERT_EQ(one.bars().size(), 3U);
  EXPECT_EQ(one.bars().at(0).of, 1U);
  EXPECT_EQ(one.bars().at(0).subjects, 4U);
  EXPECT_EQ(one.bars().at(2).of, 7U);
  one.assign({{2, 1, 1}, {3, 1, 1}});
  EXPECT_EQ(one.bars().size(), 2U);
}

TEST(mask_table, numbers_each_combination_once) {
  mask_table table;
  const auto a = table.number_of({0, 2}, {{1, 1, 0}, {0, 0, 0}});
  const auto b = table.number_of({0, 2}, {{0, 0, 0}, {1, 1, 0}});
  EXPECT_NE(a, b);
  EXPECT_EQ(table.number_of({0, 2}, {{1, 1, 0}, {0, 0, 0}}), a);
  EXPECT_EQ(table.at(b).of.at(1).configured, 1U);
  EXPECT_EQ(table.size(), 2U);
}

TEST(mask_table, keeps_the_lanes_of_different_kinds_apart) {
  mask_table table;
  const auto user = table.number_of({0}, {{1, 1, 0}});
  const auto number = table.number_of({1}, {{1, 1, 0}});
  EXPECT_NE(user, number);
  ASSERT_EQ(table.at(user).bars.size(), 1U);
  ASSERT_EQ(table.at(number).bars.size(), 1U);
  EXPECT_EQ(lane_of(table.at(user).bars.front()), 0U);
  EXPECT_EQ(lane_of(table.at(number).bars.front()), 1U);
  EXPECT_EQ(table.mask_of(table.at(number).bars.front()), (mask{1, 1, 0}));
}

TEST(mask_table, has_one_bar_for_a_mask_in_many_combinations_and_none_for_an_empty_one) {
  mask_table table;
  const auto a = table.at(table.number_of({0, 1}, {{1, 1, 0}, {0, 0, 0}}));
  const auto b = table.at(table.number_of({0, 1}, {{1, 1, 0}, {2, 0, 2}}));
  ASSERT_EQ(a.bars.size(), 1U);
  ASSERT_EQ(b.bars.size(), 2U);
  EXPECT_EQ(a.bars.front(), b.bars.front());
  EXPECT_LT(b.bars.at(0), b.bars.at(1));
  EXPECT_FALSE(a.failed);
  EXPECT_TRUE(b.failed);
  EXPECT_TRUE(table.at(table.number_of({}, {})).bars.empty());
}

TEST(mask_table, refuses_more_lanes_than_it_can_number) {
  mask_table table;
  EXPECT_NO_THROW((void)table.number_of({4095}, {{1, 0, 0}}));
  EXPECT_THROW((void)table.number_of({4096}, {{1, 0, 0}}), std::length_error);
}

}  // namespace
}  // namespace licaudit::factors
