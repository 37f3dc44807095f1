// What a tenant's own criteria, settings, sites and the instant make of the rules, and what is wrong with them.
#include "factors/binder.hpp"

#include "fussy_plugin.hpp"
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
using testing::tenant_of;
using testing::world;
using kind = rule_problem::kind;

constexpr const char* gateway_rule =
    R"({"id": "f", "match": [{"gateway": "^${site.pstn_gateway}$", "setting": "Pattern"}, {"tag": "^fax$"}]})";

criterion regex_of(std::string field, std::string pattern) {
  return {{{std::move(field), "regex", std::move(pattern), {}}}, "", false};
}
tenant with_own(criteria match) {
  auto made = tenant_of("t", "pro", {site_of("London", "sbc1")});
  made.criteria["l/f"].match = std::move(match);
  return made;
}
tenant with_pattern(std::string pattern) {
  auto made = tenant_of("t", "pro", {site_of("London", "sbc1")});
  made.application_settings["Pattern"] = std::move(pattern);
  return made;
}
/// `criterion: text` of each problem of the tenant under the rule.
std::vector<std::string> told(const tenant& whose, const char* factors = gateway_rule) {
  world w(licence_of(factors));
  w.put(whose);
  std::vector<std::string> texts;
  for (const auto& one : w.problems()) texts.push_back(one.criterion + ": " + one.text);
  return texts;
}

TEST(binder, a_sound_tenant_has_no_problems) {
  EXPECT_THAT(told(tenant_of("t", "pro", {site_of("London", "sbc1")})), IsEmpty());
  EXPECT_THAT(told(with_pattern("^sbc[0-9]$")), IsEmpty());
  EXPECT_THAT(told(with_own({regex_of("tag", "${tenant.id}")})), IsEmpty());
}

TEST(binder, a_bad_own_pattern_is_told_with_its_place_and_position) {
  EXPECT_THAT(told(with_own({regex_of("tag", "a"), regex_of("tag", "a[b")})),
              ElementsAre("match[1].tag: match[1].tag: unmatched [ at position 3; it matches nothing"));
}

TEST(binder, an_own_criterion_that_is_bad_leaves_the_others_in_force) {
  world w(licence_of(gateway_rule));
  w.put(with_own({regex_of("tag", "("), regex_of("tag", "^b$")}));
  w.users(2, {{"tag", {"b"}}});
  w.users(3, {{"tag", {"("}}});
  EXPECT_EQ(w.shown("l/f"), "2 (5)");
}

TEST(binder, an_own_placeholder_where_it_cannot_stand_is_told) {
  EXPECT_THAT(told(with_own({regex_of("tag", "(${tenant.id})*")})), ElementsAre(HasSubstr("it matches nothing")));
  EXPECT_THAT(told(with_own({regex_of("tag", "[${tenant.id}]")})), ElementsAre(HasSubstr("it matches nothing")));
}

TEST(binder, an_own_criterion_without_a_field_matches_nothing) {
  world w(licence_of(gateway_rule));
  w.put(with_own({criterion{}}));
  w.users(2, {{"tag", {"fax"}}});
  EXPECT_EQ(w.shown("l/f"), "0 (2)");
  ASSERT_EQ(w.problems().size(), 1U);
  EXPECT_EQ(w.problems().front().what, kind::bad_criterion);
  EXPECT_EQ(w.problems().front().criterion, "match[0]");
}

TEST(binder, an_unknown_plugin_of_a_tenant_is_told) {
  EXPECT_THAT(told(with_own({{{{"tag", "nobody", "", {}}}, "", false}})),
              ElementsAre(HasSubstr("there is no factor plugin `nobody`")));
}

TEST(binder, a_bad_setting_is_told_and_matches_nothing) {
  world w(licence_of(gateway_rule));
  w.put(with_pattern("sbc1)"));
  w.users(2, {{"gateway", {"sbc1"}}});
  w.users(1, {{"tag", {"fax"}}});
  EXPECT_EQ(w.shown("l/f"), "1 (3)");
  ASSERT_EQ(w.problems().size(), 1U);
  EXPECT_THAT(w.problems().front().text, HasSubstr("unmatched ( or ) at position 4"));
  EXPECT_EQ(w.problems().front().what, kind::bad_criterion);
  EXPECT_EQ(w.problems().front().of_factor->id, "f");
}

TEST(binder, look_alikes_in_a_setting_are_told_but_match_as_they_stand) {
  for (const char* pattern : {"PSTNGATEWAY_TO_REPLACE", "_pstngateway_to_replace_", "[${Site.name}]"}) {
    EXPECT_THAT(told(with_pattern(pattern)), ElementsAre(HasSubstr("what looks like a placeholder but is none")));
  }
  world w(licence_of(gateway_rule));
  w.put(with_pattern("^PSTNGATEWAY_TO_REPLACE$"));
  w.users(1, {{"gateway", {"PSTNGATEWAY_TO_REPLACE"}}});
  w.users(1, {{"gateway", {"sbc1"}}});
  EXPECT_EQ(w.shown("l/f"), "1 (2)");
  EXPECT_EQ(w.problems().size(), 1U);
}

TEST(binder, a_setting_that_two_factors_read_is_told_for_each) {
  const auto texts = told(with_pattern("("), R"({"id": "f", "priority": 1, "match": [{"a": "x", "setting": "Pattern"}]},
    {"id": "g", "priority": 2, "reject": [{"b": "x", "setting": "Pattern"}]})");
  EXPECT_THAT(texts, ElementsAre(HasSubstr("match[0].a: "), HasSubstr("reject[0].b: ")));
}

TEST(binder, a_setting_of_a_factor_that_does_not_apply_is_nobodys_fault) {
  EXPECT_THAT(
      told(with_pattern("("), R"({"id": "f", "services": ["gold"], "match": [{"a": "x", "setting": "Pattern"}]})"),
      IsEmpty());
}

TEST(binder, a_setting_reaches_into_own_criteria_that_name_it) {
  world w(licence_of(gateway_rule));
  auto t = with_own({{{{"tag", "regex", "^default$", {}}}, "Pattern", false}});
  w.put(t);
  w.users(1, {{"tag", {"default"}}});
  w.users(2, {{"tag", {"set"}}});
  EXPECT_EQ(w.shown("l/f"), "1 (3)");
  t.application_settings["Pattern"] = " ^set$ ";
  w.put(t);
  EXPECT_EQ(w.shown("l/f"), "2 (3)");
}

TEST(binder, a_blank_gateway_is_told_with_its_site_and_factor) {
  world w(licence_of(gateway_rule));
  w.put(tenant_of("t", "pro", {site_of("London", " "), site_of("Leeds", "sbc2")}));
  ASSERT_EQ(w.problems().size(), 1U);
  const auto problem = w.problems().front();
  EXPECT_EQ(problem.what, kind::blank_placeholder);
  EXPECT_EQ(problem.site, "London");
  EXPECT_EQ(problem.field, "pstn_gateway");
  EXPECT_EQ(problem.criterion, "match[0].gateway");
  EXPECT_EQ(problem.text, "`pstn_gateway` of site `London` is blank; alternatives that name it match nothing");
}

TEST(binder, a_blank_gateway_does_not_match_the_blank_value) {
  world w(licence_of(gateway_rule));
  w.put(tenant_of("t", "pro", {site_of("London", "")}));
  w.users(2, {});
  EXPECT_EQ(w.shown("l/f"), "0 (2)");
}

TEST(binder, a_tenant_without_sites_is_told_of_nothing_and_matches_nothing) {
  world w(licence_of(gateway_rule));
  w.put(tenant_of("t", "pro"));
  w.users(2, {{"gateway", {"sbc1"}}});
  EXPECT_EQ(w.shown("l/f"), "0 (2)");
  EXPECT_THAT(w.problems(), IsEmpty());
}

TEST(binder, a_former_gateway_matches_until_the_instant_and_not_at_it) {
  world w(licence_of(gateway_rule));
  auto t = tenant_of("t", "pro", {site_of("London", "new")});
  t.sites.front().former_gateways = {{"old", from_milliseconds(5000)}, {"older", from_milliseconds(4000)}};
  const auto shown_at = [&](std::int64_t milliseconds) {
    w.put(t, from_milliseconds(milliseconds));
    return w.shown("l/f");
  };
  w.put(t);
  w.users(1, {{"gateway", {"new"}}});
  w.users(10, {{"gateway", {"old"}}});
  w.users(20, {{"gateway", {"older"}}});
  EXPECT_EQ(shown_at(3999), "31 (31)");
  EXPECT_EQ(shown_at(4000), "11 (31)");
  EXPECT_EQ(shown_at(4999), "11 (31)");
  EXPECT_EQ(shown_at(5000), "1 (31)");
  EXPECT_EQ(shown_at(3999), "31 (31)");
}

TEST(binder, a_candidate_reads_former_gateways_at_the_instant_the_tenant_was_put) {
  world w(licence_of(gateway_rule));
  auto t = tenant_of("t", "pro", {site_of("London", "new")});
  t.sites.front().former_gateways = {{"old", from_milliseconds(5000)}};
  w.put(t, from_milliseconds(5000));
  w.users(3, {{"gateway", {"old"}}});
  const auto candidate = [&] {
    EXPECT_TRUE(w.core().set_candidate(compiled_rules(
        licence_of(R"({"id": "f", "match": [{"gateway": "^${site.pstn_gateway}$"}], "reject": [{"tag": "^x$"}]})"))));
    return w.core().count("t", w.switches(), which_rules::candidate).at(0).factors.at(0).n1;
  };
  EXPECT_EQ(candidate(), 0);
  w.put(t, from_milliseconds(4999));
  EXPECT_EQ(candidate(), 3);
}

TEST(binder, problems_go_when_the_tenant_is_mended) {
  world w(licence_of(gateway_rule));
  w.put(with_pattern("("));
  EXPECT_EQ(w.problems().size(), 1U);
  w.put(with_pattern("^sbc1$"));
  EXPECT_THAT(w.problems(), IsEmpty());
  w.put(tenant_of("t", "pro", {site_of("London", "")}));
  EXPECT_EQ(w.problems().size(), 1U);
}

TEST(binder, an_own_list_that_reads_a_new_field_works_once_it_is_held) {
  const auto own = with_own({regex_of("department", "^sales$")});
  world w(licence_of(gateway_rule));
  EXPECT_FALSE(w.core().holds_fields(own));
  w.core().hold_fields(own);
  EXPECT_TRUE(w.core().holds_fields(own));
  w.put(own);
  w.users(2, {{"department", {"sales"}}});
  w.users(1, {{"department", {"it"}}});
  EXPECT_EQ(w.shown("l/f"), "2 (3)");
  w.put(tenant_of("u", "pro"));  // another tenant still has the shared list
  w.users(1, {{"department", {"sales"}}});
  EXPECT_EQ(w.shown("l/f"), "0 (1)");
}

TEST(binder, a_field_that_another_kind_holds_is_not_held) {
  world w(licence_of(R"({"id": "f"}, {"id": "n", "subject": "number", "match": [{"city": "x"}]})"));
  EXPECT_FALSE(w.core().holds_fields(with_own({regex_of("city", "x")})));
  w.put(with_own({regex_of("city", "x")}));
  ASSERT_EQ(w.problems().size(), 1U);
  EXPECT_THAT(w.problems().front().text, HasSubstr("`city` is not held"));
}

}  // namespace
}  // namespace licaudit::factors
