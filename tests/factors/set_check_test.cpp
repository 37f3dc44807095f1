#include "factors/set_check.hpp"

#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::licence_of;

std::vector<std::string> errors_of(const factor_set& set) {
  std::vector<rule_error> errors;
  check_set(set, errors);
  std::vector<std::string> texts;
  for (const auto& one : errors) texts.push_back(one.path + ": " + one.what);
  return texts;
}

/// Factors `a` and `b` with what differs between them.
std::vector<std::string> pair(const std::string& a, const std::string& b) {
  return errors_of(licence_of(R"({"id": "a")" + a + R"(}, {"id": "b")" + b + "}"));
}

TEST(set_check, the_vendors_catalogue_is_sound) {
  EXPECT_THAT(errors_of(testing::ump_set()), IsEmpty());
}

TEST(set_check, no_licence_at_all_is_sound) {
  EXPECT_THAT(errors_of({}), IsEmpty());
}

TEST(set_check, a_priority_below_one_is_refused) {
  auto set = licence_of(R"({"id": "f"})");
  for (const std::int64_t priority : {0, -1}) {
    set.licences.front().factors.front().priority = priority;
    EXPECT_THAT(errors_of(set), ElementsAre("licences.l.factors.f.priority: expected 1 or more, 1 is the highest"));
  }
  set.licences.front().factors.front().priority = 1000000;
  EXPECT_THAT(errors_of(set), IsEmpty());
}

TEST(set_check, equal_priorities_name_both_factors) {
  EXPECT_THAT(pair(R"(, "priority": 7)", R"(, "priority": 7)"),
              ElementsAre("licences.l.factors.b.priority: `a` has the priority 7 too, for the same kind of subject and "
                          "service"));
}

TEST(set_check, kinds_and_services_keep_priorities_apart) {
  EXPECT_THAT(pair(R"(, "subject": "user")", R"(, "subject": "number")"), IsEmpty());
  EXPECT_THAT(pair(R"(, "services": ["x"])", R"(, "services": ["y", "z"])"), IsEmpty());
  EXPECT_EQ(pair(R"(, "services": ["x", "y"])", R"(, "services": ["y", "z"])").size(), 1U);
  EXPECT_EQ(pair(R"(, "services": [])", R"(, "services": ["z"])").size(), 1U);
}

TEST(set_check, licences_do_not_compete) {
  auto set = licence_of(R"({"id": "f", "priority": 1})");
  set.licences.push_back(set.licences.front());
  set.licences.back().id = "m";
  EXPECT_THAT(errors_of(set), IsEmpty());
}

TEST(set_check, three_that_collide_are_told_pair_by_pair) {
  const auto errors = errors_of(licence_of(R"({"id": "a"}, {"id": "b"}, {"id": "c"})"));
  ASSERT_EQ(errors.size(), 3U);
  EXPECT_THAT(errors[0], HasSubstr("factors.b.priority: `a`"));
  EXPECT_THAT(errors[1], HasSubstr("factors.c.priority: `a`"));
  EXPECT_THAT(errors[2], HasSubstr("factors.c.priority: `b`"));
}

TEST(set_check, two_factors_of_one_id_are_refused_whatever_they_count) {
  auto set = licence_of(R"({"id": "f", "priority": 1}, {"id": "g", "priority": 2, "subject": "number"})");
  set.licences.front().factors.back().id = "f";
  EXPECT_THAT(errors_of(set), ElementsAre("licences.l.factors.f: the licence has two factors of this id"));
}

TEST(set_check, ids_are_names) {
  for (const auto& id : std::vector<std::string>{"", "a b", "a/b", std::string(129, 'x'), "a\n"}) {
    auto set = licence_of(R"({"id": "f"})");
    set.licences.front().id = id;
    EXPECT_THAT(errors_of(set), ElementsAre(HasSubstr("not a name"))) << id;
    set.licences.front().id = "l";
    set.licences.front().factors.front().id = id;
    EXPECT_THAT(errors_of(set), ElementsAre(HasSubstr("not a name"))) << id;
  }
}

TEST(set_check, every_way_to_bill_is_known) {
  auto set = licence_of(R"({"id": "f"})");
  for (const char* of : {"calculated", "acquired"}) {
    for (const char* by : {"last", "peak", "average"}) {
      set.licences.front().billing_of = of;
      set.licences.front().billing_by = by;
      EXPECT_THAT(errors_of(set), IsEmpty());
    }
  }
  set.licences.front().billing_by = "Peak";
  EXPECT_THAT(errors_of(set), ElementsAre("licences.l.billing.by: expected `last`, `peak` or `average`, found `Peak`"));
}

TEST(set_check, lanes_are_full_at_32_each) {
  factor_set set = licence_of(R"({"id": "f"})");
  auto& factors = set.licences.front().factors;
  const auto one = factors.front();
  factors.clear();
  for (const auto kind : {subject_kind::user, subject_kind::number, subject_kind::meter}) {
    for (int i = 1; i <= 32; ++i) {
      factors.push_back(one);
      factors.back().id = std::string(to_text(kind)) + std::to_string(i);
      factors.back().kind = kind;
      factors.back().priority = i;
    }
  }
  EXPECT_THAT(errors_of(set), IsEmpty());
  factors.push_back(one);
  factors.back().kind = subject_kind::meter;
  factors.back().priority = 33;
  EXPECT_THAT(errors_of(set), ElementsAre(HasSubstr("33 factors count subjects of the kind `meter`")));
}

}  // namespace
}  // namespace licaudit::factors
