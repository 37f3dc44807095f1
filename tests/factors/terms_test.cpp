// What units, packages and ranges of numbers come to: the examples of domain.md 5 by their figures there.
#include "counted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using testing::counted;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::licence_of;
using testing::storage;
using testing::subject_of;
using testing::tenant_of;
using kind = rule_problem::kind;

constexpr const char* by_retention =
    R"({"id": "f", "priority": 1, "units": {"per": "retention", "step": "3 months", "free": "14 days"}})";
constexpr const char* expanding = R"({"id": "f", "subject": "number", "priority": 1, "count": "expanded"})";

std::string with_retention(const char* retention) {
  counted one(by_retention);
  one.users(7);
  one.set("retention", retention);
  EXPECT_THAT(one.problems(), IsEmpty()) << retention;
  return one.shown().front();
}

TEST(terms, retention_makes_units) {
  EXPECT_EQ(with_retention("14 days"), "0 (0)");
  EXPECT_EQ(with_retention("2 weeks"), "0 (0)");
  EXPECT_EQ(with_retention("3 months"), "7 (7)");
  EXPECT_EQ(with_retention("9 months"), "21 (21)");
  EXPECT_EQ(with_retention("15 months"), "35 (35)");
  EXPECT_EQ(with_retention("1 year"), "28 (28)");
}

TEST(terms, an_unset_retention_is_one_step_and_a_problem) {
  counted one(by_retention);
  EXPECT_THAT(one.problems(), IsEmpty()) << "nobody is counted by it";
  one.users(7);
  EXPECT_THAT(one.shown(), ElementsAre("7 (7)"));
  ASSERT_EQ(one.problems().size(), 1U);
  EXPECT_EQ(one.problems()[0].what, kind::unset_setting);
  EXPECT_EQ(one.problems()[0].text, "the setting `retention` is not set, it counts as 3 months");
  EXPECT_EQ(one.problems()[0].field, "retention");
}

TEST(terms, a_retention_that_came_before_the_rule_and_is_no_multiple_is_one_step) {
  for (const json::value& value : {json::value("10 months"), json::value("15 days"), json::value(9), json::value("")}) {
    counted one(by_retention);
    one.users(7);
    one.set("retention", value);
    EXPECT_THAT(one.shown(), ElementsAre("7 (7)"));
    ASSERT_EQ(one.problems().size(), 1U);
    EXPECT_THAT(one.problems()[0].text, HasSubstr("retention"));
    EXPECT_THAT(one.problems()[0].text, HasSubstr("it counts as 3 months"));
  }
}

TEST(terms, a_setting_that_makes_no_units_is_refused_where_it_is_set) {
  const auto all = compiled_rules(licence_of(by_retention));
  auto contoso = tenant_of("contoso", "pro");
  EXPECT_THAT(check_unit_settings(*all, contoso), IsEmpty()) << "unset";
  for (const char* good : {"14 days", "3 months", "15 months", "1 day", "2 years"}) {
    contoso.settings["retention"] = good;
    EXPECT_THAT(check_unit_settings(*all, contoso), IsEmpty()) << good;
  }
  contoso.settings["retention"] = "10 months";
  ASSERT_EQ(check_unit_settings(*all, contoso).size(), 1U);
  EXPECT_EQ(check_unit_settings(*all, contoso)[0].path, "settings.retention");
  EXPECT_EQ(check_unit_settings(*all, contoso)[0].what,
            "retention: 10 months is neither 14 days or fewer nor a multiple of 3 months");
  EXPECT_EQ(check_tenant(*all, contoso).size(), 1U);
  contoso.settings["retention"] = 9;
  EXPECT_EQ(check_unit_settings(*all, contoso).size(), 1U);
  contoso.settings["retention"] = "for ever";
  EXPECT_THAT(check_unit_settings(*all, contoso)[0].what, HasSubstr("'for ever'"));
}

TEST(terms, a_changed_setting_moves_the_tenant) {
  counted one(by_retention);
  one.users(2);
  (void)one.core().take_moved();
  one.set("retention", "9 months");
  EXPECT_EQ(one.core().take_moved().size(), 1U);
  EXPECT_THAT(one.shown(), ElementsAre("6 (6)"));
}

TEST(terms, units_and_quantities_multiply) {
  counted one(by_retention);
  auto many = subject_of("t", subject_kind::user, "many", {});
  many.quantity = 5;
  one.put(many);
  one.set("retention", "9 months");
  EXPECT_THAT(one.shown(), ElementsAre("15 (15)"));
}

TEST(terms, users_come_in_packages_too) {
  counted one(R"({"id": "f", "priority": 1, "package": {"size": 10}})");
  EXPECT_THAT(one.shown(), ElementsAre("0 (0)"));
  one.users(10);
  EXPECT_THAT(one.shown(), ElementsAre("1 (10)"));
  one.users(1);
  EXPECT_THAT(one.shown(), ElementsAre("2 (11)"));
}

TEST(terms, a_rule_counts_the_numbers_it_stands_for) {
  counted one(expanding);
  one.number("+9723975[3000-3099]");
  EXPECT_THAT(one.shown(), ElementsAre("100 (100)"));
  one.number("+97239753100");
  EXPECT_THAT(one.shown(), ElementsAre("101 (101)"));
  one.number("+1xz", 2);
  EXPECT_THAT(one.shown(), ElementsAre("281 (281)"));
  EXPECT_THAT(one.problems(), IsEmpty());
}

TEST(terms, an_open_wildcard_is_one_and_a_problem) {
  counted one(expanding);
  one.number("+44*");
  one.number("*");
  EXPECT_THAT(one.shown(), ElementsAre("2 (2)"));
  ASSERT_EQ(one.problems().size(), 1U);
  EXPECT_EQ(one.problems()[0].what, kind::open_wildcard);
  EXPECT_EQ(one.problems()[0].subjects, 2);
  EXPECT_EQ(one.problems()[0].text, "2 number rules end nowhere or cannot be read; each counts as one number");
}

TEST(terms, a_number_without_a_field_is_read_off_its_id) {
  counted one(expanding);
  one.put(subject_of("t", subject_kind::number, "plan/+44[00-49]", {}));
  EXPECT_THAT(one.shown(), ElementsAre("50 (50)"));
}

TEST(terms, a_rule_of_many_times_many_numbers_is_open) {
  counted one(expanding);
  one.number("xxxxxxxxxxxx", 3);
  EXPECT_THAT(one.shown(), ElementsAre("3 (3)"));
  EXPECT_EQ(one.problems().size(), 1U);
}

TEST(terms, factors_of_one_licence_may_count_differently) {
  counted one(R"({"id": "a", "subject": "number", "priority": 1, "count": "expanded", "match": [{"number": "^\\+44"}]},
                 {"id": "b", "subject": "number", "priority": 2}, {"id": "u", "priority": 3})");
  one.number("+44[00-49]");
  one.number("+45[00-49]");
  one.users(3);
  EXPECT_THAT(one.shown(), ElementsAre("50 (100)", "1 (2)", "3 (3)"));
  EXPECT_THAT(one.shown("a"), ElementsAre("0 (100)", "2 (2)", "3 (3)"));
  const auto on = [](const licence&, const factor&) { return true; };
  const auto a_off = [](const licence&, const factor& which) { return which.id != "a"; };
  EXPECT_EQ(one.core().moved("t", on, a_off), 1) << "a rule is one thing that changes hands";
}

TEST(terms, one_licence_counted_alone_counts_the_same) {
  counted one(std::string(storage) + R"(, {"id": "u", "priority": 2})");
  one.meter("700", "GB");
  one.users(2);
  const auto& rules = one.core().current();
  const switch_board board(rules, [](const licence&, const factor&) { return true; });
  std::vector<factor_sum> sums(2);
  one.core().count(one.core().index_of("t").value(), board, rules.set().licences.front(), sums);
  EXPECT_EQ(sums[0].n1, 2);
  EXPECT_EQ(sums[0].n2, 700);
  EXPECT_EQ(sums[1].n1, 2);
}

TEST(terms, a_candidate_that_expands_needs_the_numbers_read_again) {
  counted one(R"({"id": "f", "subject": "number", "priority": 1})");
  one.number("+44[00-49]");
  const auto wide = compiled_rules(licence_of(expanding));
  EXPECT_FALSE(one.core().set_candidate(wide));
  EXPECT_THAT(one.shown(), ElementsAre("1 (1)"));
}

TEST(terms, a_candidate_counts_by_its_own_terms) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1, "unit": "GB"})");
  one.meter("700", "GB");
  ASSERT_TRUE(one.core().set_candidate(compiled_rules(licence_of(storage))));
  EXPECT_THAT(one.shown(), ElementsAre("700 (700)"));
  one.core().adopt_candidate();
  EXPECT_THAT(one.shown(), ElementsAre("2 (700)"));
}

}  // namespace
}  // namespace licaudit::factors
