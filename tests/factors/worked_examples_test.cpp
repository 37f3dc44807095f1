// The examples of domain.md 4 by their names there, with the vendor's own criteria.
#include "world.hpp"

#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::site_of;
using testing::tenant_of;
using testing::world;
using kind = rule_problem::kind;

constexpr const char* gateway = "sb1-1316004-508-3";
constexpr const char* tenant_id = "6f1e0b8a-AAAA-4bbb-8ccc-0123456789ab";

tenant with_ids(tenant value) {
  value.ms_tenant_id = tenant_id;
  value.customer_guid = "0f0e0d0c-1111-2222-3333-444455556666";
  return value;
}

world essentials() {
  world w;
  w.put(with_ids(tenant_of("contoso", "hosted-essentials", {site_of("London", gateway)})));
  w.numbers(2, {{"tag", {"fax.carrier.example"}}});
  w.numbers(3, {{"tag", {gateway}}});
  return w;
}

TEST(worked_examples, essentials) {
  const auto w = essentials();
  EXPECT_EQ(w.shown("service-numbers"), "2 (5)");
  EXPECT_EQ(w.licensed(), 2);
  EXPECT_EQ(w.shown("direct-routing"), "-");
  EXPECT_TRUE(w.problems().empty());
}

TEST(worked_examples, essentials_off) {
  auto w = essentials();
  w.switch_off("ump/service-numbers");
  EXPECT_EQ(w.shown("service-numbers"), "0 (5) (n/a)");
  EXPECT_EQ(w.licensed(), 0);
}

world nested() {
  world w;
  w.put(with_ids(tenant_of("contoso", "direct-routing-pro", {site_of("London", gateway)})));
  w.users(17, {{"pstn_gateway", {gateway}}, {"lifecycle_template", {"standard"}}, {"ui_managed", {"true"}}});
  w.users(2, {{"lifecycle_template", {"standard"}}, {"ui_managed", {"true"}}});
  w.users(1, {{"ui_managed", {"TRUE"}}});
  return w;
}

TEST(worked_examples, nested_all_on) {
  const auto w = nested();
  EXPECT_EQ(w.shown("direct-routing"), "17 (17)");
  EXPECT_EQ(w.shown("lifecycle-management"), "2 (19)");
  EXPECT_EQ(w.shown("user-interface"), "1 (20)");
  EXPECT_EQ(w.licensed(), 20);
}

TEST(worked_examples, nested_lcm_off) {
  auto w = nested();
  w.switch_off("ump/lifecycle-management");
  EXPECT_EQ(w.shown("direct-routing"), "17 (17)");
  EXPECT_EQ(w.shown("lifecycle-management"), "0 (19) (n/a)");
  EXPECT_EQ(w.shown("user-interface"), "3 (20)");
  EXPECT_EQ(w.licensed(), 20);
}

TEST(worked_examples, nested_lcm_and_ui_off) {
  auto w = nested();
  w.switch_off("ump/lifecycle-management");
  w.switch_off("ump/user-interface");
  EXPECT_EQ(w.shown("direct-routing"), "17 (17)");
  EXPECT_EQ(w.shown("lifecycle-management"), "0 (19) (n/a)");
  EXPECT_EQ(w.shown("user-interface"), "0 (20) (n/a)");
  EXPECT_EQ(w.licensed(), 17);
}

TEST(worked_examples, pool) {
  world w;
  w.put(with_ids(tenant_of("contoso", "ump-365", {site_of("London", gateway)})));
  w.users(200, {{"pstn_gateway", {gateway}}});
  w.users(100, {{"number_type", {"OperatorConnect"}}});
  w.users(50, {{"ui_managed", {"yes"}}});
  w.numbers(20, {{"tag", {"fax"}}});
  EXPECT_EQ(w.licensed(), 370);
  EXPECT_EQ(500 - w.licensed(), 130);
}

TEST(worked_examples, monitored_is_independent) {
  world w;
  w.put(with_ids(tenant_of("contoso", "ump-365", {site_of("London", gateway)})));
  w.users(6, {{"pstn_gateway", {gateway}}});
  w.users(2, {{"number_type", {"OperatorConnect"}}});
  w.users(4, {{"lifecycle_template", {"standard"}}});
  w.users(10, {{"ui_managed", {"1"}}});
  w.numbers(2, {{"tag", {"fax"}}});
  EXPECT_EQ(w.licensed(), 24);
  EXPECT_EQ(w.core().users("contoso"), 22);
}

TEST(worked_examples, tags_in_another_case) {
  world w;
  w.put(with_ids(tenant_of("contoso", "hosted-essentials", {site_of("London", "sbc1.example.com")})));
  w.numbers(1, {{"tag", {"6F1E0B8A-aaaa-4BBB-8ccc-0123456789ab"}}});
  w.numbers(1, {{"tag", {"x-SBC1.EXAMPLE.com"}}});
  EXPECT_EQ(w.shown("service-numbers"), "1 (2)");
}

TEST(worked_examples, two_sites) {
  world w;
  w.put(with_ids(tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1"), site_of("Leeds", "sbc2")})));
  w.users(1, {{"pstn_gateway", {"sbc2"}}});
  EXPECT_EQ(w.shown("direct-routing"), "1 (1)");
}

TEST(worked_examples, no_sites) {
  world w;
  w.put(with_ids(tenant_of("contoso", "hosted-essentials")));
  w.numbers(1, {{"tag", {tenant_id}}});
  w.numbers(1, {{"tag", {"anything"}}});
  EXPECT_EQ(w.shown("service-numbers"), "1 (2)");
  EXPECT_TRUE(w.problems().empty());
}

TEST(worked_examples, blank_gateway) {
  world w;
  w.put(tenant_of("contoso", "hosted-essentials", {site_of("London", " \t")}));
  w.numbers(1, {{"tag", {"anything"}}});
  EXPECT_EQ(w.shown("service-numbers"), "1 (1)");
  const auto problems = w.problems();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().what, kind::blank_placeholder);
  EXPECT_EQ(problems.front().site, "London");
  EXPECT_EQ(problems.front().field, "pstn_gateway");
  EXPECT_EQ(problems.front().criterion, "reject[0].tag");
  EXPECT_EQ(problems.front().of_factor->id, "service-numbers");
}

TEST(worked_examples, dots) {
  world w;
  w.put(with_ids(tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1.example.com")})));
  w.users(1, {{"pstn_gateway", {"sbc1Xexample.com"}}});
  EXPECT_EQ(w.shown("direct-routing"), "0 (1)");
}

TEST(worked_examples, list) {
  world w;
  w.put(with_ids(tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc2")})));
  w.users(1, {{"pstn_gateway", {"sbc1", "sbc2"}}});
  EXPECT_EQ(w.shown("direct-routing"), "1 (1)");
}

TEST(worked_examples, renamed_gateway) {
  world w;
  auto contoso = with_ids(tenant_of("contoso", "direct-routing-pro", {site_of("London", "old.example")}));
  w.put(contoso);
  w.users(200, {{"pstn_gateway", {"old.example"}}});
  w.numbers(1000, {{"tag", {"old.example"}}});
  w.numbers(20, {{"tag", {"fax"}}});
  EXPECT_EQ(w.licensed(), 220);

  const instant ends = from_milliseconds(1000);
  contoso.sites.front() = site_of("London", "new.example");
  contoso.sites.front().former_gateways.push_back({"old.example", ends});
  w.put(contoso, from_milliseconds(999));
  EXPECT_EQ(w.licensed(), 220);

  // Its source has followed: half of the people are on the new name already.
  w.users(100, {{"pstn_gateway", {"new.example"}}});
  EXPECT_EQ(w.licensed(), 320);

  w.put(contoso, ends);
  EXPECT_EQ(w.shown("direct-routing"), "100 (300)");
  EXPECT_EQ(w.shown("service-numbers"), "1020 (1020)");
}

}  // namespace
}  // namespace licaudit::factors
