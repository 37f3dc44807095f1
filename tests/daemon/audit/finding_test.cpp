// What a person is to look at, grouped by cause.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

std::string customer(const std::string& id, const std::string& acquired = "") {
  return R"({"id":")" + id + R"(","name":")" + id + R"(","parent":"host","type":"customer",)" +
         (acquired.empty() ? "" : R"("acquired":{"ump":)" + acquired + "},") +
         R"("service":"direct-routing-pro","sites":[{"name":"London","pstn_gateway":"sbc1.example.com"}]})";
}

std::vector<std::string> many_tenants(int count) {
  std::vector<std::string> records{host_record};
  for (int i = 0; i < count; ++i) records.push_back(customer("t" + std::to_string(i)));
  return records;
}

}  // namespace

TEST(grouping, one_dead_source_of_300_tenants_is_one_finding) {
  scene s;
  s.give_tenants(many_tenants(300));
  std::vector<subject> all;
  all.reserve(300);
  for (int i = 0; i < 300; ++i)
    all.push_back(user("t" + std::to_string(i), "ann", R"({"pstn_gateway":"sbc1.example.com"})"));
  s.give("plans", all);
  EXPECT_THAT(s.findings_of("stale"), IsEmpty());
  s.fail("plans", "exit 1: connection refused");
  const auto told = s.findings_of("stale");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().count, 300);
  EXPECT_EQ(told.front().source, "plans");
  EXPECT_EQ(told.front().tenant, "");
  EXPECT_EQ(s.seen()->findings.size(), 1u) << "and nothing else";
  EXPECT_EQ(s.seen()->find("t7")->tally->state(), tally_state::degraded) << "each of them shows it all the same";
}

TEST(grouping, what_300_instances_of_a_source_share_is_one_finding) {
  scene s;
  s.how.sources.push_back({"dial-plans", std::chrono::minutes(15), "", "direct-routing-pro"});
  s.restart();
  s.give_tenants(many_tenants(300));
  const auto fail = [&s](int i) { s.fail("dial-plans.t" + std::to_string(i), "cannot open t" + std::to_string(i)); };
  for (int i = 0; i < 3; ++i) fail(i);
  EXPECT_EQ(s.findings_of("stale").size(), 3u) << "a few have reasons of their own";
  EXPECT_EQ(s.findings_of("stale").front().tenant, "t0");
  for (int i = 3; i < 300; ++i) fail(i);
  const auto told = s.findings_of("stale");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().count, 300);
  EXPECT_EQ(told.front().source, "dial-plans");
  EXPECT_THAT(told.front().text, HasSubstr("300 of its instances are in trouble; dial-plans.t0: cannot open t0"));
  s.restart();
  EXPECT_EQ(s.findings_of("stale"), told) << "after a restart too";
}

TEST(grouping, a_run_that_is_held_for_300_tenants_is_one_finding) {
  scene s;
  s.give_tenants(many_tenants(300));
  std::vector<subject> all;
  for (int i = 0; i < 300; ++i)
    for (const char* name : {"ann", "bob"})
      all.push_back(user("t" + std::to_string(i), name, R"({"pstn_gateway":"sbc1.example.com"})"));
  s.give("plans", all);
  EXPECT_EQ(s.give("plans", {}).held.size(), 300u);
  const auto told = s.findings_of("shrink");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().count, 300);
  EXPECT_EQ(told.front().level, severity::page);
  EXPECT_THAT(told.front().action, HasSubstr("licaudit source accept plans --run"));
}

TEST(over_use, of_a_parent_that_is_only_the_sum_of_one_childs_is_told_once) {
  scene s;
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider","acquired":{"ump":0}})", contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 31));
  const auto told = s.findings_of("over-use");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().tenant, "contoso");
  EXPECT_EQ(s.ump("host").available(), -1);
}

TEST(over_use, of_a_parent_that_bought_for_its_tenants_is_its_own) {
  scene s;
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider","acquired":{"ump":30}})", customer("contoso")});
  s.give("teams", users_on("contoso", "sbc1.example.com", 31));
  const auto told = s.findings_of("over-use");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().tenant, "host");
  EXPECT_EQ(told.front().count, 1);
}

TEST(over_use, of_tenants_whose_parent_bought_nothing_is_nobodys) {
  scene s;
  s.give_tenants({host_record, customer("contoso"), customer("fabrikam", "5")});
  s.give("plans", users_on("contoso", "sbc1.example.com", 31));
  EXPECT_THAT(s.findings_of("over-use"), IsEmpty());
}

}  // namespace licaudit::audit
