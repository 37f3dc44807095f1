#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::Contains;
using ::testing::ElementsAre;

namespace {

std::vector<subject> first(const std::vector<subject>& all, int count) {
  return {all.begin(), all.begin() + count};
}

}  // namespace

TEST(shrink, a_run_that_removes_too_much_is_held_and_the_last_good_inventory_stays) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto all = users_on("contoso", "sbc1.example.com", 100);
  s.give("teams", all);
  const auto outcome = s.give("teams", first(all, 79));
  EXPECT_EQ(outcome.run.state, run_state::held);
  EXPECT_THAT(outcome.held, ElementsAre("contoso"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "100 (100)");
  EXPECT_EQ(s.ump("contoso").state, tally_state::degraded);
  EXPECT_THAT(s.finding_kinds(), Contains("shrink"));
}

TEST(shrink, a_fall_of_a_fifth_passes) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto all = users_on("contoso", "sbc1.example.com", 100);
  s.give("teams", all);
  EXPECT_EQ(s.give("teams", first(all, 80)).run.state, run_state::ok);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "80 (80)");
}

TEST(shrink, few_subjects_may_leave_whatever_their_share) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto all = users_on("contoso", "sbc1.example.com", 12);
  s.give("teams", all);
  EXPECT_EQ(s.give("teams", first(all, 2)).run.state, run_state::ok);
}

TEST(shrink, an_empty_run_is_held_however_small_the_source) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  EXPECT_EQ(s.give("teams", {}).run.state, run_state::held);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "3 (3)");
}

TEST(shrink, accept_puts_what_waits_in_force_also_after_a_restart) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto all = users_on("contoso", "sbc1.example.com", 100);
  s.give("teams", all);
  const auto run = s.give("teams", first(all, 40)).run;
  s.restart();
  EXPECT_EQ(s.seen()->held.size(), 1u);
  const auto accepted = s.office().accept("teams", run.id, {"contoso"}, "north");
  ASSERT_TRUE(accepted) << accepted.error().detail;
  EXPECT_EQ(s.text("contoso", "direct-routing"), "40 (40)");
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
  EXPECT_TRUE(s.seen()->held.empty());
  EXPECT_EQ(s.office().accept("teams", run.id, {}, "north").error().code, errc::conflict);
  EXPECT_FALSE(s.give("teams", first(all, 40)).calculation) << "the accepted lines are known";
}

TEST(shrink, a_run_that_does_not_shrink_ends_the_hold) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto all = users_on("contoso", "sbc1.example.com", 100);
  s.give("teams", all);
  s.give("teams", first(all, 40));
  s.give("teams", all);
  EXPECT_TRUE(s.seen()->held.empty());
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
}

TEST(shrink, a_delta_on_a_held_tenant_waits_with_it) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 50));
  std::vector<subject_name> leave;
  leave.reserve(20);
  for (int i = 0; i < 20; ++i) leave.push_back({"contoso", subject_kind::user, "user" + std::to_string(i)});
  EXPECT_EQ(s.give_delta("teams", {}, leave).run.state, run_state::held);
  s.give_delta("teams", {user("contoso", "zoe", R"({"pstn_gateway":"sbc1.example.com"})")}, {});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "50 (50)");
  ASSERT_TRUE(s.office().accept("teams", 0, {}, "north"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "31 (31)");
}

TEST(swing, renamed_gateway_is_held_without_former_gateways) {
  scene s;
  const auto record = [](const std::string& site) {
    return R"({"id":"contoso","parent":"host","service":"direct-routing-pro","sites":[)" + site + "]}";
  };
  s.give_tenants({host_record, record(R"({"name":"L","pstn_gateway":"old.example.com"})")});
  auto all = users_on("contoso", "old.example.com", 200);
  for (int i = 0; i < 1000; ++i) all.push_back(number("contoso", "did" + std::to_string(i), "old.example.com"));
  for (int i = 0; i < 20; ++i) all.push_back(number("contoso", "fax" + std::to_string(i), "fax.example.com"));
  s.give("teams", all);
  EXPECT_EQ(s.ump("contoso").licensed, 220);
  s.give_tenants({host_record, record(R"({"name":"L","pstn_gateway":"new.example.com"})")});
  EXPECT_EQ(s.ump("contoso").state, tally_state::held);
  EXPECT_EQ(s.ump("contoso").licensed, 1020) << "computed and shown, and never billed before it is accepted";
  EXPECT_THAT(s.finding_kinds(), Contains("swing"));
  s.restart();
  EXPECT_EQ(s.ump("contoso").state, tally_state::held);
  ASSERT_TRUE(s.office().accept("tenants", 0, {"contoso"}, "north"));
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
}

TEST(swing, renamed_gateway_with_former_gateways_is_harmless) {
  scene s;
  const auto record = [](const std::string& site) {
    return R"({"id":"contoso","parent":"host","service":"direct-routing-pro","sites":[)" + site + "]}";
  };
  s.give_tenants({host_record, record(R"({"name":"L","pstn_gateway":"old.example.com"})")});
  auto all = users_on("contoso", "old.example.com", 200);
  for (int i = 0; i < 1000; ++i) all.push_back(number("contoso", "did" + std::to_string(i), "old.example.com"));
  for (int i = 0; i < 20; ++i) all.push_back(number("contoso", "fax" + std::to_string(i), "fax.example.com"));
  s.give("teams", all);
  s.give_tenants({host_record, record(R"({"name":"L","pstn_gateway":"new.example.com",)"
                                      R"("former_gateways":[{"gateway":"old.example.com"}]})")});
  EXPECT_EQ(s.ump("contoso").licensed, 220);
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
  all[7] = user("contoso", "user7", R"({"pstn_gateway":"new.example.com"})");
  s.give("teams", all);
  EXPECT_EQ(s.ump("contoso").licensed, 220);
}

TEST(swing, a_former_gateway_ends_at_its_time) {
  scene s;
  s.give_tenants({host_record,
                  R"({"id":"contoso","parent":"host","service":"direct-routing-pro","sites":[{"name":"L",)"
                  R"("pstn_gateway":"new","former_gateways":[{"gateway":"old","until":"2026-11-02T12:00:00Z"}]}]})"});
  s.give("teams", users_on("contoso", "old", 5));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "5 (5)");
  s.set_clock(parse_rfc3339("2026-11-02T12:00:01Z").value());
  s.calculate();
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (5)");
}

TEST(swing, what_a_source_gives_for_the_first_time_swings_from_nothing) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 50));
  std::vector<subject> numbers;
  numbers.reserve(90);
  for (int i = 0; i < 90; ++i) numbers.push_back(number("contoso", "n" + std::to_string(i), "fax"));
  s.give("plans", numbers);
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
  EXPECT_EQ(s.ump("contoso").licensed, 140);
}

TEST(swing, a_decision_is_no_swing) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 200));
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "north"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (200)");
  EXPECT_EQ(s.ump("contoso").state, tally_state::disabled);
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", true}}, "north"));
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
}

}  // namespace licaudit::audit
