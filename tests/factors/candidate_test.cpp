// A candidate takes over what it can from the effective rules; nobody may see a difference.
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::licence_of;
using testing::site_of;
using ::testing::SizeIs;
using testing::subject_of;
using testing::tenant_of;

const switch_position all_on = [](const licence&, const factor&) { return true; };

/// `id n1 (n2)` of every factor that applies.
std::vector<std::string> shown(const engine& core, which_rules which, const std::string& tenant = "t") {
  std::vector<std::string> texts;
  for (const auto& of : core.count(tenant, all_on, which)) {
    for (const auto& one : of.factors) {
      texts.push_back(one.which->id + " " + std::to_string(one.n1) + " (" + std::to_string(one.n2) + ")" +
                      (one.failed ? " failed" : ""));
    }
  }
  return texts;
}

factor_set two_factors(const std::string& a, const std::string& b) {
  return licence_of(R"({"id": "a", "priority": 1, "match": [{"tag": ")" + a + R"("}]},)" +
                    R"({"id": "b", "priority": 2, "match": [{"group": ")" + b + R"("}]})");
}

/// A user of the tenant t for each `tag/group`.
engine with_users(factor_set set, const std::vector<std::pair<std::string, std::string>>& users) {
  engine core(compiled_rules(std::move(set)));
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "sbc1")}), {});
  std::uint64_t number = 0;
  for (const auto& [tag, group] : users) {
    core.put_subject(number,
                     subject_of("t", subject_kind::user, std::to_string(number), {{"tag", {tag}}, {"group", {group}}}));
    ++number;
  }
  return core;
}

TEST(candidate, an_edited_criterion_is_judged_anew) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}, {"y", "g"}, {"y", "h"}});
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^y$", "^g$"))));
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 1 (3)", "b 1 (3)"));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 2 (3)", "b 1 (3)"));
}

TEST(candidate, two_edited_factors_of_one_lane_are_both_judged_anew) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}, {"y", "g"}, {"y", "h"}});
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^z$", "^(?:h|g)$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 0 (3)", "b 3 (3)"));
}

TEST(candidate, an_edited_criterion_of_two_fields_is_judged_anew) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}, {"y", "g"}, {"y", "h"}});
  auto edited = two_factors("^x$", "^g$");
  edited.licences.at(0).factors.at(0).match.at(0).tests = {{"tag", "regex", "^y$", {}}, {"group", "regex", "^g$", {}}};
  ASSERT_TRUE(core.set_candidate(compiled_rules(std::move(edited))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 1 (3)", "b 1 (3)"));
}

TEST(candidate, the_same_rules_again_count_the_same) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}, {"y", "g"}});
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^x$", "^g$"))));
  EXPECT_EQ(shown(core, which_rules::candidate), shown(core, which_rules::effective));
  EXPECT_EQ(core.moved("t", all_on, all_on, which_rules::candidate), 0);
}

TEST(candidate, lives_on_when_it_is_adopted) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}, {"y", "g"}});
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^y$", "^g$"))));
  core.adopt_candidate();
  core.put_subject(0, subject_of("t", subject_kind::user, "0", {{"tag", {"y"}}}));
  core.put_subject(9, subject_of("t", subject_kind::user, "9", {{"tag", {"new"}}, {"group", {"g"}}}));
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 2 (3)", "b 1 (3)"));
  core.remove_subject(1);
  core.remove_subject(9);
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 1 (1)", "b 0 (1)"));
  core.remove_tenant("t");
  core.put_tenant(tenant_of("t", "pro"), {});
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 0 (0)", "b 0 (0)"));
}

TEST(candidate, one_after_another_does_not_remember_the_one_before) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}, {"y", "g"}, {"z", "h"}});
  for (const char* pattern : {"^y$", "^z$", "^none$", "."}) {
    ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors(pattern, "^g$"))));
    const auto fresh = with_users(two_factors(pattern, "^g$"), {{"x", "g"}, {"y", "g"}, {"z", "h"}});
    EXPECT_EQ(shown(core, which_rules::candidate), shown(fresh, which_rules::effective)) << pattern;
    core.adopt_candidate();
  }
}

TEST(candidate, a_tenants_own_list_outlasts_an_edit_of_the_shared_one) {
  engine core(compiled_rules(two_factors("^x$", "^g$")));
  auto own = tenant_of("t", "pro");
  own.criteria["l/a"].match = criteria{{{{"tag", "regex", "^own$", {}}}, "", false}};
  core.put_tenant(own, {});
  core.put_tenant(tenant_of("u", "pro"), {});
  for (const char* tenant : {"t", "u"}) {
    for (const char* tag : {"x", "y", "own"}) {
      core.put_subject(static_cast<std::uint64_t>(tag[0]) * 1000 + static_cast<std::uint64_t>(tenant[0]),
                       subject_of(tenant, subject_kind::user, tag, {{"tag", {tag}}}));
    }
  }
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^(?:x|y)$", "^g$"))));
  EXPECT_THAT(shown(core, which_rules::candidate, "t"), ElementsAre("a 1 (3)", "b 0 (3)"));
  EXPECT_THAT(shown(core, which_rules::candidate, "u"), ElementsAre("a 2 (3)", "b 0 (3)"));
}

TEST(candidate, a_list_with_values_of_the_tenant_is_bound_anew) {
  auto core = with_users(two_factors("^${site.name}$", "^g$"), {{"London", "g"}, {"sbc1", "g"}});
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 1 (2)", "b 1 (2)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^${site.name}$|^_PSTNGATEWAY_TO_REPLACE_$", "^g$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 2 (2)", "b 0 (2)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^sbc1$", "^g$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 1 (2)", "b 1 (2)"));
}

TEST(candidate, own_and_shared_tests_in_one_list_keep_their_meaning) {
  // The edit gives the shared tests other numbers.
  const auto set = [](const std::string& first) {
    return licence_of(R"({"id": "a", "priority": 1, "match": [{"group": ")" + first + R"("}]},)" +
                      R"({"id": "b", "priority": 2, "match": [{"tag": "^${site.name}$", "group": "^h$"}]})");
  };
  auto core = with_users(set("^g$"), {{"London", "g"}, {"London", "h"}, {"x", "h"}});
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 1 (3)", "b 1 (3)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(set("^h$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 2 (3)", "b 0 (3)"));
  core.adopt_candidate();
  ASSERT_TRUE(core.set_candidate(compiled_rules(set("^g$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 1 (3)", "b 1 (3)"));
}

TEST(candidate, other_priorities_and_services_are_no_mere_edit) {
  auto core = with_users(two_factors(".", "."), {{"x", "g"}});
  auto swapped = two_factors(".", ".");
  swapped.licences.front().factors[0].priority = 3;
  ASSERT_TRUE(core.set_candidate(compiled_rules(swapped)));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 0 (1)", "b 1 (1)"));
  auto elsewhere = two_factors(".", ".");
  elsewhere.licences.front().factors[0].services = {"plus"};
  ASSERT_TRUE(core.set_candidate(compiled_rules(elsewhere)));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("b 1 (1)"));
}

TEST(candidate, factors_can_come_and_go) {
  auto core = with_users(two_factors("^x$", "."), {{"x", "g"}, {"y", "g"}});
  auto fewer = two_factors("^x$", ".");
  fewer.licences.front().factors.erase(fewer.licences.front().factors.begin());
  ASSERT_TRUE(core.set_candidate(compiled_rules(fewer)));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("b 2 (2)"));
  core.adopt_candidate();
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^x$", "."))));  // `tag` is held still
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 1 (2)", "b 1 (2)"));
}

TEST(candidate, problems_name_the_factors_of_its_own_rules) {
  engine core(compiled_rules(two_factors("^_PSTNGATEWAY_TO_REPLACE_$", "^g$")));
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "")}), {});
  ASSERT_THAT(core.problems("t"), SizeIs(1));
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^_PSTNGATEWAY_TO_REPLACE_$", "^h$"))));
  const auto expected = core.current(which_rules::candidate).set().find("l", "a");
  core.adopt_candidate();  // the rules before are gone now
  const auto problems = core.problems("t");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems.front().of_factor, expected);
  EXPECT_EQ(problems.front().of_licence, core.current().set().find("l"));
  EXPECT_EQ(problems.front().site, "London");
}

TEST(candidate, a_failing_edit_flags_and_an_edit_can_heal) {
  const std::string runaway = std::string(28, 'a') + "!";
  auto core = with_users(two_factors("^x$", "^g$"), {{runaway, "g"}, {"x", "g"}});
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^(\\\\w+\\\\s?)*$", "^g$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 1 (2) failed", "b 1 (2)"));
  EXPECT_THAT(core.problems("t"), IsEmpty());
  ASSERT_THAT(core.problems("t", which_rules::candidate), SizeIs(1));
  EXPECT_EQ(core.problems("t", which_rules::candidate).front().example, 0U);
  core.adopt_candidate();
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^x$", "^g$"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 1 (2)", "b 1 (2)"));
  EXPECT_THAT(core.problems("t", which_rules::candidate), IsEmpty());
}

TEST(candidate, an_edit_may_give_or_take_a_whole_list) {
  const auto with = [](const std::string& lists) { return licence_of(R"({"id": "a")" + lists + "}"); };
  auto core = with_users(with(R"(, "match": [{"tag": "^x$"}])"), {{"x", "g"}, {"y", "g"}, {"z", "h"}});
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 1 (3)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(with(R"(, "configured": [{"tag": "^x$"}, {"tag": "y"}])"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 2 (2)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(with(R"(, "reject": [{"tag": "^x$"}])"))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 2 (3)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(with(""))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 3 (3)"));
}

/// Says yes to what begins so.
value_test_kinds beginning_with(char c) {
  class begins : public value_test {
   public:
    explicit begins(char first) : first_(first) {}
    verdict test(std::string_view text) const override { return text.starts_with(first_) ? verdict::yes : verdict::no; }

   private:
    char first_;
  };
  value_test_kinds kinds;
  kinds["begins"] = [c](const json::object&) -> result<std::shared_ptr<const value_test>> {
    return std::shared_ptr<const value_test>(std::make_shared<begins>(c));
  };
  return kinds;
}

TEST(candidate, another_plugin_of_the_same_name_is_asked_again) {
  const auto set = licence_of(R"({"id": "a", "match": [{"tag": {"plugin": "begins"}}]})");
  engine core(compiled_rules(set, beginning_with('x')));
  core.put_tenant(tenant_of("t", "pro"), {});
  core.put_subject(1, subject_of("t", subject_kind::user, "1", {{"tag", {"x"}}}));
  core.put_subject(2, subject_of("t", subject_kind::user, "2", {{"tag", {"y"}}}));
  core.put_subject(3, subject_of("t", subject_kind::user, "3", {{"tag", {"yy"}}}));
  EXPECT_THAT(shown(core, which_rules::effective), ElementsAre("a 1 (3)"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(set, beginning_with('y'))));
  EXPECT_THAT(shown(core, which_rules::candidate), ElementsAre("a 2 (3)"));
}

TEST(candidate, tenants_come_go_and_change_while_it_waits) {
  auto core = with_users(two_factors("^x$", "^g$"), {{"x", "g"}});
  ASSERT_TRUE(core.set_candidate(compiled_rules(two_factors("^y$", "^g$"))));
  core.put_tenant(tenant_of("late", "pro"), {});
  core.put_subject(100, subject_of("late", subject_kind::user, "1", {{"tag", {"y"}}}));
  EXPECT_THAT(shown(core, which_rules::candidate, "late"), ElementsAre("a 1 (1)", "b 0 (1)"));
  core.put_tenant(tenant_of("late", ""), {});
  EXPECT_THAT(shown(core, which_rules::candidate, "late"), IsEmpty());
  core.remove_tenant("t");
  EXPECT_THAT(shown(core, which_rules::candidate), IsEmpty());
  core.put_tenant(tenant_of("again", "pro"), {});  // in the place of t
  EXPECT_THAT(shown(core, which_rules::candidate, "again"), ElementsAre("a 0 (0)", "b 0 (0)"));
}

}  // namespace
}  // namespace licaudit::factors
