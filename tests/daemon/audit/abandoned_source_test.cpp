// What becomes of the inventory of a source that left the settings.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::audit {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

/// The settings without one source, as a reload takes them.
policy without(const policy& how, const std::string& source) {
  policy left = how;
  std::erase_if(left.sources, [&source](const policy::source& one) { return one.name == source; });
  return left;
}

const finding* finding_of(const std::shared_ptr<const view>& seen, const std::string& kind) {
  const auto known = std::find_if(seen->findings.begin(), seen->findings.end(),
                                  [&kind](const finding& one) { return one.kind == kind; });
  return known == seen->findings.end() ? nullptr : &*known;
}

}  // namespace

TEST(abandoned_source, counts_on_and_says_so_until_a_person_lets_it_leave) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 25));
  s.give("plans", {user("contoso", "user0", R"({"lifecycle_template":"gold"})")});
  ASSERT_TRUE(s.office().adopt(without(s.how, "teams"), "north"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "25 (25)");
  const auto seen = s.seen();
  const auto* told = finding_of(seen, "unconfigured-source");
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->source, "teams");
  EXPECT_EQ(told->tenant, "contoso");
  EXPECT_EQ(told->count, 25);
  EXPECT_EQ(told->level, severity::warn);
  EXPECT_THAT(told->action, HasSubstr("licaudit source accept teams"));

  const auto left = s.office().accept("teams", 0, {}, "north");
  ASSERT_TRUE(left) << left.error().detail;
  EXPECT_TRUE(left->calculation);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (0)");
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "1 (1)") << "what plans gives of user0 stays";
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok) << "accepted, so no swing";
  EXPECT_EQ(s.seen()->find("contoso")->users, 1);
  EXPECT_THAT(s.finding_kinds(), Not(Contains("unconfigured-source")));
  EXPECT_EQ(s.office().accept("teams", 0, {}, "north").error().code, errc::conflict) << "nothing is left";
}

TEST(abandoned_source, that_is_put_back_is_as_before) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  ASSERT_TRUE(s.office().adopt(without(s.how, "teams"), "north"));
  EXPECT_THAT(s.finding_kinds(), Contains("unconfigured-source"));
  ASSERT_TRUE(s.office().adopt(s.how, "north"));
  EXPECT_THAT(s.finding_kinds(), Not(Contains("unconfigured-source")));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "3 (3)");
}

TEST(abandoned_source, is_noticed_at_the_start_too) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  const policy all = s.how;
  s.how = without(all, "teams");
  s.restart();
  EXPECT_THAT(s.finding_kinds(), Contains("unconfigured-source"));
  const auto sequence = s.seen()->chain_sequence;
  s.restart();
  EXPECT_EQ(s.seen()->chain_sequence, sequence) << "said once";
  s.how = all;
  s.restart();
  EXPECT_THAT(s.finding_kinds(), Not(Contains("unconfigured-source")));
}

TEST(abandoned_source, takes_its_tenants_and_what_waits_along) {
  scene s;
  s.give_tenants({host_record});
  ledger::delivery run;
  run.run.source = "plans";
  run.tenants.push_back(tenant_from_json(parse_json(contoso_record).value()).value());
  ASSERT_TRUE(s.office().take(std::move(run)));
  const auto all = users_on("contoso", "sbc1.example.com", 40);
  s.give("teams", all);
  s.give("teams", {all.begin(), all.begin() + 5});
  ASSERT_EQ(s.seen()->held.size(), 1u);
  ASSERT_TRUE(s.office().adopt(without(without(s.how, "teams"), "plans"), "north"));
  ASSERT_TRUE(s.office().accept("teams", 0, {"contoso"}, "north"));
  EXPECT_TRUE(s.seen()->held.empty());
  EXPECT_EQ(s.seen()->find("contoso")->users, 0);
  EXPECT_FALSE(s.seen()->find("contoso")->gone);
  ASSERT_TRUE(s.office().accept("plans", 0, {}, "north"));
  EXPECT_TRUE(s.seen()->find("contoso")->gone);
}

TEST(abandoned_source, a_failing_one_that_is_removed_degrades_nothing_any_more) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.fail("teams", "no route");
  EXPECT_EQ(s.ump("contoso").state, tally_state::degraded);
  ASSERT_TRUE(s.office().adopt(without(s.how, "teams"), "north"));
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
}

TEST(for_each, an_instance_leaves_when_its_tenant_leaves_the_service) {
  scene s;
  s.how.sources.push_back({"sbc", std::chrono::minutes(15), "", "direct-routing-pro"});
  s.restart();
  s.give_tenants({host_record, contoso_record});
  s.give("sbc.contoso", users_on("contoso", "sbc1.example.com", 4));
  EXPECT_THAT(s.finding_kinds(), Not(Contains("unconfigured-source")));
  s.give_tenants({host_record, R"({"id":"contoso","parent":"host","service":"hosted-essentials"})"});
  EXPECT_THAT(s.finding_kinds(), Contains("unconfigured-source"));
}

TEST(for_each, how_an_instance_stands_outlives_a_restart) {
  scene s;
  s.how.sources.push_back({"sbc", std::chrono::minutes(15), "", "direct-routing-pro"});
  s.restart();
  s.give_tenants({host_record, contoso_record});
  s.fail("sbc.contoso", "no such file");
  EXPECT_EQ(s.ump("contoso").state, tally_state::degraded);
  s.restart();
  s.calculate();
  EXPECT_EQ(s.ump("contoso").state, tally_state::degraded);
  EXPECT_THAT(s.finding_kinds(), Contains("stale"));
}

}  // namespace licaudit::audit
