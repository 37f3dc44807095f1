#include "factors/held_fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(held_fields, are_sorted_and_each_once) {
  held_fields fields;
  for (const char* field : {"tag", "group", "tag", "id", "group"}) fields.add(subject_kind::user, field);
  EXPECT_THAT(fields.of(subject_kind::user), ElementsAre("group", "id", "tag"));
}

TEST(held_fields, are_kept_apart_by_kind) {
  held_fields fields;
  fields.add(subject_kind::user, "tag");
  fields.add(subject_kind::meter, "used");
  EXPECT_THAT(fields.of(subject_kind::number), IsEmpty());
  EXPECT_EQ(fields.find(subject_kind::number, "tag"), std::nullopt);
  EXPECT_EQ(fields.find(subject_kind::user, "used"), std::nullopt);
  EXPECT_EQ(fields.find(subject_kind::meter, "used"), 0U);
}

TEST(held_fields, finds_a_field_at_its_place) {
  held_fields fields;
  for (const char* field : {"c", "a", "b"}) fields.add(subject_kind::user, field);
  EXPECT_EQ(fields.find(subject_kind::user, "a"), 0U);
  EXPECT_EQ(fields.find(subject_kind::user, "c"), 2U);
  EXPECT_EQ(fields.find(subject_kind::user, ""), std::nullopt);
  EXPECT_EQ(fields.find(subject_kind::user, "bb"), std::nullopt);
  EXPECT_EQ(fields.find(subject_kind::user, "d"), std::nullopt);
}

TEST(held_fields, contains_what_all_kinds_of_the_other_have) {
  held_fields few;
  held_fields many;
  EXPECT_TRUE(few.contains(many));
  few.add(subject_kind::user, "a");
  EXPECT_FALSE(many.contains(few));
  EXPECT_TRUE(few.contains(few));
  many.add(few);
  many.add(subject_kind::number, "b");
  EXPECT_TRUE(many.contains(few));
  EXPECT_FALSE(few.contains(many));
  few.add(subject_kind::number, "a");
  EXPECT_FALSE(many.contains(few));
}

TEST(held_fields, adding_others_is_a_union) {
  held_fields one;
  held_fields other;
  one.add(subject_kind::user, "b");
  other.add(subject_kind::user, "a");
  other.add(subject_kind::user, "b");
  other.add(subject_kind::meter, "m");
  one.add(other);
  EXPECT_THAT(one.of(subject_kind::user), ElementsAre("a", "b"));
  EXPECT_THAT(one.of(subject_kind::meter), ElementsAre("m"));
  EXPECT_THAT(other.of(subject_kind::user), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace licaudit::factors
