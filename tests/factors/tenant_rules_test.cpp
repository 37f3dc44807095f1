// Settings, own criteria, blank values and sites of a tenant, seen through the counts.
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using ::testing::HasSubstr;
using testing::licence_of;
using testing::site_of;
using testing::tenant_of;
using testing::world;
using kind = rule_problem::kind;

criteria one_regex(std::string field, std::string pattern) {
  return {{{{std::move(field), "regex", std::move(pattern), {}}}, "", false}};
}

TEST(tenant_rules, a_setting_replaces_the_pattern) {
  world w;
  auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1")});
  contoso.application_settings["CriteriaToMatchAsLicensedUsersByGW"] = "^(?i)other-_PSTNGATEWAY_TO_REPLACE_$";
  w.put(contoso);
  w.users(3, {{"pstn_gateway", {"sbc1"}}});
  w.users(1, {{"pstn_gateway", {"OTHER-SBC1"}}});
  EXPECT_EQ(w.shown("direct-routing"), "1 (4)");
  // Blank is as good as absent: an empty regex would match everything.
  contoso.application_settings["CriteriaToMatchAsLicensedUsersByGW"] = " ";
  w.put(contoso);
  EXPECT_EQ(w.shown("direct-routing"), "4 (4)");
}

TEST(tenant_rules, a_criterion_with_default_none_exists_only_where_the_setting_does) {
  world w;
  auto contoso = tenant_of("contoso", "hosted-essentials", {site_of("London", "sbc1")});
  w.put(contoso);
  w.numbers(2, {{"tag", {"fax"}}});
  w.numbers(1, {{"tag", {"test-line"}}});
  EXPECT_EQ(w.shown("service-numbers"), "3 (3)");
  contoso.application_settings["CriteriaToRejectAsServiceNumbers"] = "^test";
  w.put(contoso);
  EXPECT_EQ(w.shown("service-numbers"), "2 (3)");
  contoso.application_settings.clear();
  w.put(contoso);
  EXPECT_EQ(w.shown("service-numbers"), "3 (3)");
}

TEST(tenant_rules, own_criteria_replace_one_list_of_one_factor) {
  world w;
  auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1")});
  contoso.criteria["ump/direct-routing"].match = one_regex("ui_managed", "^yes$");
  w.put(contoso);
  w.users(1, {{"pstn_gateway", {"sbc1"}}});
  w.users(1, {{"pstn_gateway", {"far"}}, {"ui_managed", {"yes"}}});
  w.users(1, {{"ui_managed", {"yes"}}});
  EXPECT_EQ(w.shown("direct-routing"), "1 (2)");
  EXPECT_EQ(w.shown("user-interface"), "1 (2)");
  // An own empty list is a list: every configured subject matches.
  contoso.criteria["ump/direct-routing"].match = criteria{};
  w.put(contoso);
  EXPECT_EQ(w.shown("direct-routing"), "2 (2)");
}

TEST(tenant_rules, own_criteria_that_do_not_compile_match_nothing_and_say_so) {
  world w;
  auto contoso = tenant_of("contoso", "hosted-essentials", {site_of("London", "sbc1")});
  contoso.application_settings["CriteriaToMatchAsDRNumbers"] = "(";
  w.put(contoso);
  w.numbers(2, {{"tag", {"sbc1"}}});
  EXPECT_EQ(w.shown("service-numbers"), "2 (2)");
  ASSERT_EQ(w.problems().size(), 1U);
  EXPECT_EQ(w.problems().front().what, kind::bad_criterion);
  EXPECT_EQ(w.problems().front().criterion, "reject[0].tag");
  EXPECT_THAT(w.problems().front().text, HasSubstr("unmatched ( or ) at position 1"));
}

TEST(tenant_rules, a_look_alike_in_a_setting_is_a_problem) {
  world w;
  auto contoso = tenant_of("contoso", "hosted-essentials", {site_of("London", "sbc1")});
  contoso.application_settings["CriteriaToMatchAsDRNumbers"] = "^.*(?i)PSTNGATEWAY_TO_REPLACE.*$";
  w.put(contoso);
  ASSERT_EQ(w.problems().size(), 1U);
  EXPECT_THAT(w.problems().front().text, HasSubstr("looks like a placeholder"));
}

TEST(tenant_rules, own_criteria_on_a_field_that_is_not_held_say_so) {
  world w;
  auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1")});
  contoso.criteria["ump/direct-routing"].match = one_regex("department", "^sales$");
  EXPECT_FALSE(w.core().holds_fields(contoso));
  w.put(contoso);
  w.users(1, {{"pstn_gateway", {"sbc1"}}, {"department", {"sales"}}});
  EXPECT_EQ(w.shown("direct-routing"), "0 (1)");
  ASSERT_EQ(w.problems().size(), 1U);
  EXPECT_THAT(w.problems().front().text, HasSubstr("`department` is not held"));

  world holding;
  holding.core().hold_fields(contoso);
  EXPECT_TRUE(holding.core().holds_fields(contoso));
  holding.put(contoso);
  holding.users(1, {{"pstn_gateway", {"sbc1"}}, {"department", {"sales"}}});
  EXPECT_EQ(holding.shown("direct-routing"), "1 (1)");
  EXPECT_TRUE(holding.problems().empty());
}

TEST(tenant_rules, a_criterion_is_instantiated_as_a_whole_per_site) {
  world w(licence_of(R"({"id": "f", "match": [{"gateway": "^${site.pstn_gateway}$", "city": "^${site.name}$"}]})"));
  w.put(tenant_of("t", "pro", {site_of("London", "sbc1"), site_of("Leeds", "sbc2")}));
  w.users(1, {{"gateway", {"sbc1"}}, {"city", {"London"}}});
  w.users(1, {{"gateway", {"sbc2"}}, {"city", {"London"}}});
  EXPECT_EQ(w.shown("l/f"), "1 (2)");
}

TEST(tenant_rules, a_former_gateway_keeps_the_other_fields_of_its_site) {
  world w(licence_of(R"({"id": "f", "match": [{"gateway": "^_PSTNGATEWAY_TO_REPLACE_$", "city": "^${site.name}$"}]})"));
  auto t = tenant_of("t", "pro", {site_of("London", "new")});
  t.sites.front().former_gateways.push_back({" old ", std::nullopt});
  t.sites.front().former_gateways.push_back({" ", std::nullopt});
  w.put(t);
  w.users(1, {{"gateway", {"old"}}, {"city", {"London"}}});
  w.users(1, {{"gateway", {"old"}}, {"city", {"Leeds"}}});
  w.users(1, {{"city", {"London"}}});
  EXPECT_EQ(w.shown("l/f"), "1 (3)");
  EXPECT_TRUE(w.problems().empty());
}

TEST(tenant_rules, blank_values_are_told_once_per_site_and_field) {
  world w;
  w.put(
      tenant_of("contoso", "direct-routing-pro", {site_of("London", ""), site_of("Leeds", ""), site_of("York", "x")}));
  std::vector<std::string> sites;
  for (const auto& one : w.problems()) {
    EXPECT_EQ(one.what, kind::blank_placeholder);
    sites.push_back(one.site);
  }
  EXPECT_EQ(sites, (std::vector<std::string>{"London", "Leeds"}));
}

TEST(tenant_rules, a_blank_value_of_the_tenant_is_told_only_where_nothing_is_left) {
  world some(licence_of(R"({"id": "f", "match": [{"tag": "^${tenant.ms_tenant_id}$|^fax$"}]})"));
  some.put(tenant_of("t", "pro"));
  some.users(1, {{"tag", {"fax"}}});
  EXPECT_EQ(some.shown("l/f"), "1 (1)");
  EXPECT_TRUE(some.problems().empty());

  world none(
      licence_of(R"({"id": "f", "match": [{"tag": "^(${tenant.ms_tenant_id}|${tenant.colour})$"}, {"tag": "fax"}]})"));
  none.put(tenant_of("t", "pro"));
  std::vector<std::string> told;
  for (const auto& one : none.problems()) told.push_back(one.field);
  EXPECT_EQ(told, (std::vector<std::string>{"colour", "ms_tenant_id"}));
  EXPECT_EQ(none.problems().front().criterion, "match[0].tag");
  auto coloured = tenant_of("t", "pro");
  coloured.attributes["colour"] = "blue";
  none.put(coloured);
  EXPECT_TRUE(none.problems().empty());
}

TEST(tenant_rules, a_node_without_a_service_counts_nothing_of_its_own) {
  world w(licence_of(R"({"id": "f"})"));
  w.put(tenant_of("t", ""));
  w.users(2, {});
  EXPECT_EQ(w.shown("l/f"), "-");
  w.put(tenant_of("t", "anything"));
  EXPECT_EQ(w.shown("l/f"), "2 (2)");
}

}  // namespace
}  // namespace licaudit::factors
