#include "factors/population.hpp"

#include "factors/mask_table.hpp"
#include "tests/scale.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <stdexcept>

namespace licaudit::factors {
namespace {

using testing::subject_of;

TEST(value_column, gives_equal_values_one_number_and_frees_it_at_the_last) {
  std::string room;
  value_column column;
  const auto a = column.take("a");
  EXPECT_EQ(column.take("a"), a);
  EXPECT_NE(column.take("b"), a);
  EXPECT_FALSE(column.give_back(a));
  EXPECT_TRUE(column.give_back(a));
  EXPECT_EQ(column.take("c"), a);
  EXPECT_EQ(column.value(a, room), "c");
}

TEST(value_column, keeps_the_texts_apart_through_any_changes) {
  std::string room;
  value_column column;
  std::mt19937 random(7);
  std::multimap<std::string, std::uint32_t> taken;
  for (std::size_t i = 0; i < scaled(50000); ++i) {
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
    for (const auto& [text, number] : taken) ASSERT_EQ(column.value(number, room), text);
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

held_fields id_and_tag() {
  held_fields fields;
  for (const auto kind : {subject_kind::user, subject_kind::number}) {
    fields.add(kind, "id");
    fields.add(kind, "tag");
  }
  return fields;
}

std::vector<std::uint64_t> numbers_of(const population& people, tenant_index tenant) {
  std::vector<std::uint64_t> found;
  people.each_row(tenant, [&](row_index row) {
    EXPECT_EQ(people.tenant(row), tenant);
    EXPECT_EQ(people.find(people.number(row)), row);
    found.push_back(people.number(row));
  });
  std::sort(found.begin(), found.end());
  return found;
}

row_index add(population& people, std::uint64_t number, tenant_index tenant, const subject& of) {
  std::vector<field_text> room;
  return people.add(number, tenant, view_of(of, room));
}

void take_changes(population& people, row_index row, const subject& of, std::vector<population::new_value>& into) {
  std::vector<field_text> room;
  people.take_changes(row, view_of(of, room), into);
}

TEST(population, holds_only_the_fields_that_are_read_and_says_what_left) {
  std::string room;
  population people(id_and_tag());
  const auto ann = add(people, 1, 0, subject_of("t", subject_kind::user, "ann", {{"tag", {"x"}}, {"unread", {"y"}}}));
  EXPECT_EQ(people.column(subject_kind::user, 0).value(people.value(ann, 0), room), "ann");
  EXPECT_EQ(people.column(subject_kind::user, 1).value(people.value(ann, 1), room), "x");
  const auto ben = add(people, 2, 0, subject_of("t", subject_kind::user, "ben", {{"a", {"y"}}, {"tag", {"x"}}}));
  EXPECT_EQ(people.value(ben, 1), people.value(ann, 1));
  people.remove(ann);
  EXPECT_EQ(numbers_of(people, 0), std::vector<std::uint64_t>{2});
  EXPECT_EQ(people.left_values().size(), 1U);  // the id, not the tag that ben has too
  EXPECT_FALSE(people.is_empty());
  people.remove(people.find(2));
  EXPECT_EQ(people.left_values().size(), 2U);
  EXPECT_TRUE(people.is_empty());
  EXPECT_EQ(people.any_of(0), no_row);
  EXPECT_EQ(people.any_of(99), no_row);
  EXPECT_EQ(numbers_of(people, 99), std::vector<std::uint64_t>{});
}

TEST(population, says_which_row_moved_when_another_left) {
  std::string room;
  population people(id_and_tag());
  const auto first = add(people, 1, 0, subject_of("t", subject_kind::user, "ann", {}));
  const auto number = add(people, 9, 0, subject_of("t", subject_kind::number, "+1", {}));
  const auto last = add(people, 2, 0, subject_of("t", subject_kind::user, "ben", {{"tag", {"x"}}}));
  EXPECT_EQ(people.remove(first), last);
  EXPECT_EQ(people.find(2), first);
  EXPECT_EQ(people.number(first), 2U);
  EXPECT_EQ(people.column(subject_kind::user, 1).value(people.value(first, 1), room), "x");
  EXPECT_EQ(people.remove(number), number);  // it was the last of its kind
}

TEST(population, keeps_the_rows_of_each_tenant_through_any_changes) {
  population people(id_and_tag());
  std::mt19937 random(11);
  std::map<tenant_index, std::vector<std::uint64_t>> expected;
  for (std::uint64_t number = 0; number < scaled(20000); ++number) {
    const auto tenant = static_cast<tenant_index>(random() % 5);
    auto& numbers = expected[tenant];
    if (numbers.size() > 60 || (!numbers.empty() && random() % 3 == 0)) {
      const auto victim = numbers.begin() + static_cast<std::ptrdiff_t>(random() % numbers.size());
      people.remove(people.find(*victim));
      numbers.erase(victim);
    } else {
      const auto kind = random() % 3 == 0 ? subject_kind::number : subject_kind::user;
      add(people, number, tenant, subject_of("t", kind, std::to_string(number), {}));
      numbers.push_back(number);
    }
    if (number % 100 != 0) continue;
    for (const auto& [of, rows] : expected) ASSERT_EQ(numbers_of(people, of), rows);
  }
}

TEST(population, hands_out_a_tenant_loaded_at_once_in_one_span_for_each_kind) {
  population people(id_and_tag());
  for (std::uint64_t i = 0; i < 100; ++i) {
    add(people, i, 3, subject_of("t", i < 70 ? subject_kind::user : subject_kind::number, std::to_string(i), {}));
  }
  std::vector<std::uint32_t> counts;
  people.each_span(3, [&](const row_span& rows) { counts.push_back(rows.count); });
  EXPECT_EQ(counts, (std::vector<std::uint32_t>{70, 30}));
}

TEST(population, takes_only_the_values_that_differ) {
  population people(id_and_tag());
  std::vector<population::new_value> changes;
  const auto row = add(people, 7, 3, subject_of("t", subject_kind::user, "ann", {{"tag", {"x"}}}));
  take_changes(people, row, subject_of("t", subject_kind::user, "ann", {{"tag", {"x"}}, {"unread", {"y"}}}), changes);
  EXPECT_TRUE(changes.empty());
  take_changes(people, row, subject_of("t", subject_kind::user, "ann", {{"tag", {"x", "z"}}}), changes);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes.front().column, 1U);
  people.change(row, 5, changes);
  EXPECT_EQ(people.value(row, 1), changes.front().value);
  EXPECT_EQ(people.units(row), 5U);
  const auto left = people.left_values();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left.front().column, 1U);
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
