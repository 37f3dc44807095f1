#include "model/subject_view.hpp"

#include <gtest/gtest.h>

namespace licaudit {
namespace {

TEST(subject_view, is_the_subject_and_back) {
  subject whole;
  whole.name = {"contoso", subject_kind::number, "+44"};
  whole.quantity = 3;
  whole.fields = {{"a", {"1"}}, {"list", {"x", "y", "z"}}, {"none", {}}, {"z", {"1"}}};
  std::vector<field_text> room;
  const auto view = view_of(whole, room);
  EXPECT_EQ(view.fields.size(), 5U) << "a text each";
  whole.fields.erase("none");
  EXPECT_EQ(subject_of(view), whole);
}

TEST(subject_view, gives_back_every_subject_in_a_room_that_another_used) {
  const std::vector<subject> all = {
      {{"t", subject_kind::user, "ann"}, {{"b", {"1"}}, {"c", {"x", "y"}}}, 1},
      {{"t", subject_kind::number, "bob"}, {{"a", {"1"}}, {"c", {"z"}}, {"d", {"2"}}}, 2},
      {{"u", subject_kind::meter, ""}, {}, 0},
      {{"u", subject_kind::user, "cid"}, {{"c", {"1", "2", "3"}}}, 4},
  };
  std::vector<field_text> room;
  for (const auto& before : all) {
    for (const auto& after : all) {
      EXPECT_EQ(subject_of(view_of(before, room)), before);
      EXPECT_EQ(subject_of(view_of(after, room)), after);
    }
  }
}

TEST(subject_view, of_a_subject_without_fields_has_none) {
  std::vector<field_text> room{{"left", "over"}};
  const subject bare{{"t", subject_kind::user, "ann"}, {}, 1};
  EXPECT_TRUE(view_of(bare, room).fields.empty());
  EXPECT_TRUE(fields_of(std::span<const field_text>()).empty());
}

}  // namespace
}  // namespace licaudit
