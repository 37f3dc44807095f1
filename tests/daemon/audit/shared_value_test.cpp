#include "daemon/audit/shared_value.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit::audit {

TEST(shared_value, is_held_once_until_a_copy_is_changed) {
  shared_value<std::string> one(std::string("as it was"));
  auto other = one;
  EXPECT_EQ(&*one, &*other);
  other.change() += ", and more";
  EXPECT_EQ(*one, "as it was");
  EXPECT_EQ(*other, "as it was, and more");
  const auto* place = &*other;
  other.change() += "!";
  EXPECT_EQ(&*other, place) << "nobody else has it: no copy is needed";
}

TEST(shared_value, is_equal_by_what_it_holds) {
  const shared_value<std::string> one(std::string("a")), same(std::string("a")), other(std::string("b"));
  EXPECT_EQ(one, same);
  EXPECT_FALSE(one == other);
}

TEST(shared_value, is_empty_at_first_and_stays_so_when_another_changes) {
  shared_value<std::string> one;
  one.change() = "mine";
  EXPECT_EQ(*shared_value<std::string>(), "");
}

}  // namespace licaudit::audit
