// The numbers of values, rows and masks: given, shared, given back, given again.
#include "factors/value_column.hpp"

#include "factors/population.hpp"
#include "fussy_plugin.hpp"
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace licaudit::factors {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::subject_of;

std::shared_ptr<const value_test> likes_x() {
  return testing::fussy_plugin().at("fussy")({{"likes", "x"}}).value();
}
std::string text_of(const field_value& value) {
  std::string room;
  return std::string(value_text(value, room));
}
answer asked(const field_value& value) {
  return ask(*likes_x(), text_of(value));
}
const std::string too_long(300, '?');

TEST(value_column, the_empty_text_is_a_value_with_a_number) {
  std::string room;
  value_column column;
  const auto empty = column.take("");
  EXPECT_EQ(column.take(""), empty);
  EXPECT_EQ(column.value(empty, room), "");
  EXPECT_NE(column.take("a"), empty);
}

TEST(value_column, a_value_of_any_length_is_kept_also_when_others_leave) {
  std::string room;
  value_column column;
  std::map<std::string, std::uint32_t> kept;
  for (const std::size_t size : {1U, 253U, 254U, 255U, 256U, 257U, 70000U}) {
    const std::string text(size, 'x');
    kept[text] = column.take(text);
    EXPECT_TRUE(column.give_back(column.take(std::string(100000, 'y'))));  // more of them than stay
  }
  for (const auto& [text, number] : kept) {
    EXPECT_TRUE(column.is(number, text)) << text.size();
    EXPECT_EQ(column.value(number, room), text);
    EXPECT_EQ(column.take(text), number);
  }
}

TEST(value_column, numbers_are_dense_and_below_its_size) {
  value_column column;
  std::set<std::uint32_t> numbers;
  for (int i = 0; i < 100; ++i) numbers.insert(column.take(std::to_string(i)));
  EXPECT_EQ(numbers.size(), 100U);
  EXPECT_EQ(*numbers.rbegin(), 99U);
  EXPECT_EQ(column.size(), 100U);
}

TEST(value_column, numbers_that_are_free_are_given_before_new_ones) {
  value_column column;
  for (int i = 0; i < 10; ++i) (void)column.take(std::to_string(i));
  EXPECT_TRUE(column.give_back(3));
  EXPECT_TRUE(column.give_back(7));
  const std::set<std::uint32_t> given{column.take("new"), column.take("newer")};
  EXPECT_THAT(given, ElementsAre(3U, 7U));
  EXPECT_EQ(column.size(), 10U);
  EXPECT_EQ(column.take("newest"), 10U);
}

TEST(value_column, a_value_that_left_gets_a_number_anew) {
  std::string room;
  value_column column;
  const auto first = column.take("a");
  EXPECT_TRUE(column.give_back(first));
  const auto other = column.take("b");
  EXPECT_EQ(other, first);
  EXPECT_NE(column.take("a"), first);
  EXPECT_EQ(column.value(other, room), "b");
}

TEST(value_column, keeps_bytes_as_they_are) {
  std::string room;
  value_column column;
  const std::string zero("a\0b", 3);
  const auto number = column.take(zero);
  EXPECT_EQ(column.value(number, room), zero);
  EXPECT_NE(column.take("a"), number);
  EXPECT_EQ(column.take(zero), number);
}

TEST(value_column, long_values_survive_the_leaving_of_many_others) {
  std::string room;
  value_column column;
  const auto kept = column.take(std::string(1000, 'k'));
  for (int round = 0; round < 5; ++round) {
    std::vector<std::uint32_t> numbers;
    for (char c = 'a'; c <= 'j'; ++c) numbers.push_back(column.take(std::string(20000, c)));
    for (const auto number : numbers) EXPECT_TRUE(column.give_back(number));
  }
  EXPECT_EQ(column.value(kept, room), std::string(1000, 'k'));
  EXPECT_EQ(column.take(std::string(1000, 'k')), kept);
}

TEST(value_text, one_text_is_itself_and_none_is_empty) {
  EXPECT_EQ(text_of({}), "");
  EXPECT_EQ(text_of({"a b"}), "a b");
  EXPECT_NE(text_of({"a", "b"}), "ab");
}

TEST(value_text, lists_in_another_order_are_one_value_once_they_are_fields) {
  EXPECT_EQ(text_of(make_field_value({"b", "a", " a "})), text_of(make_field_value({"a", "b"})));
  EXPECT_NE(text_of({"b", "a"}), text_of({"a", "b"}));
  EXPECT_EQ(text_of(make_field_value({"a", " ", ""})), "a");
}

TEST(ask, tells_yes_from_no) {
  EXPECT_EQ(asked({"x"}), answer::yes);
  EXPECT_EQ(asked({"y"}), answer::no);
  EXPECT_EQ(asked({}), answer::no);
  EXPECT_EQ(asked({"a", "b", "x"}), answer::yes);
  EXPECT_EQ(asked({"a", "b"}), answer::no);
}

TEST(ask, tells_what_was_too_long_from_what_was_given_up) {
  EXPECT_EQ(asked({"?"}), answer::given_up);
  EXPECT_EQ(asked({std::string(256, '?')}), answer::given_up);
  EXPECT_EQ(asked({std::string(257, '?')}), answer::too_long);
}

TEST(ask, a_yes_beats_every_failure_wherever_it_stands) {
  std::vector<std::string> texts{"?", too_long, "x"};
  std::sort(texts.begin(), texts.end());
  do {
    EXPECT_EQ(asked(texts), answer::yes);
  } while (std::next_permutation(texts.begin(), texts.end()));
}

TEST(ask, of_two_failures_the_dearer_one_is_told) {
  EXPECT_EQ(asked({"?", too_long}), answer::given_up);
  EXPECT_EQ(asked({too_long, "?"}), answer::given_up);
  EXPECT_EQ(asked({too_long, "a"}), answer::too_long);
  EXPECT_EQ(asked({"a", "?"}), answer::given_up);
}

held_fields tag_of_users() {
  held_fields fields;
  fields.add(subject_kind::user, "tag");
  return fields;
}
subject tagged(const std::string& id, std::vector<std::string> tags) {
  return subject_of("t", subject_kind::user, id, {{"tag", std::move(tags)}});
}
row_index add(population& people, std::uint64_t number, tenant_index tenant, const subject& of) {
  std::vector<field_text> room;
  return people.add(number, tenant, view_of(of, room));
}

TEST(population, equal_values_of_two_tenants_are_one) {
  population people(tag_of_users());
  const auto a = add(people, 1, 0, tagged("1", {"a", "b"}));
  const auto b = add(people, 2, 5, tagged("1", {"a", "b"}));
  EXPECT_EQ(people.value(a, 0), people.value(b, 0));
  people.remove(a);
  EXPECT_THAT(people.left_values(), IsEmpty());
  people.remove(b);
  const auto left = people.left_values();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left.front().kind, subject_kind::user);
  EXPECT_EQ(left.front().column, 0U);
  EXPECT_THAT(people.left_values(), IsEmpty());
}

TEST(population, rows_that_are_free_are_used_again) {
  population people(tag_of_users());
  const auto row = add(people, 1, 0, tagged("1", {"a"}));
  people.remove(row);
  EXPECT_EQ(people.find(1), no_row);
  EXPECT_EQ(add(people, 1ULL << 60U, 3, subject_of("t", subject_kind::meter, "m", {})), row);
  EXPECT_EQ(people.find(1ULL << 60U), row);
  EXPECT_EQ(people.number(row), 1ULL << 60U);
  EXPECT_EQ(people.kind(row), subject_kind::meter);
}

TEST(row_directory, the_farthest_numbers_are_numbers) {
  row_directory directory;
  constexpr auto last = std::numeric_limits<std::uint64_t>::max();
  directory.put(last, 1, 1);
  directory.put(0, 2, 1);
  EXPECT_EQ(directory.find(last), 1U);
  EXPECT_EQ(directory.find(0), 2U);
  EXPECT_EQ(directory.find(last - 1), no_row);
  directory.erase(last);
  directory.erase(12345);  // never there
  EXPECT_EQ(directory.find(last), no_row);
  EXPECT_EQ(directory.find(0), 2U);
}

}  // namespace
}  // namespace licaudit::factors
