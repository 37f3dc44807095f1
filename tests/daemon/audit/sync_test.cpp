#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

TEST(sync, a_run_becomes_subjects_a_calculation_and_a_page) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto outcome = s.give("teams", users_on("contoso", "SBC1.example.com", 25));
  EXPECT_EQ(outcome.run.state, run_state::ok);
  EXPECT_TRUE(outcome.calculation);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "25 (25)");
  EXPECT_EQ(s.ump("contoso").available(), 5);
  EXPECT_EQ(s.seen()->find("contoso")->tally->monitored, 25);
  EXPECT_EQ(s.seen()->find("contoso")->change_of("ump", "direct-routing")->cause, "+25 users, source teams");
}

TEST(sync, a_run_that_changes_nothing_makes_no_calculation) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  EXPECT_FALSE(s.give("teams", users_on("contoso", "sbc1.example.com", 3)).calculation);
  EXPECT_FALSE(s.give_tenants({host_record, contoso_record}).calculation);
}

TEST(sync, a_parent_shows_the_sum_of_its_subtree_and_is_marked) {
  scene s;
  const std::string second =
      R"({"id":"adventure","parent":"host","type":"customer","service":"direct-routing-pro","acquired":{"ump":4},)"
      R"("sites":[{"name":"One","pstn_gateway":"sbc2.example.com"}]})";
  s.give_tenants({host_record, contoso_record, second});
  s.give("teams", users_on("contoso", "sbc1.example.com", 7));
  s.give("plans", users_on("adventure", "sbc2.example.com", 5));
  EXPECT_EQ(s.text("host", "direct-routing"), "12 (12)");
  EXPECT_EQ(s.ump("host").acquired, 34);
  EXPECT_TRUE(s.seen()->find("host")->tally->aggregated);
  EXPECT_FALSE(s.seen()->find("contoso")->tally->aggregated);
  EXPECT_THAT(s.finding_kinds(), ElementsAre("over-use"));
}

TEST(sync, two_sources_feed_one_subject_and_the_one_named_first_holds) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("plans", {user("contoso", "ann", R"({"pstn_gateway":"elsewhere","lifecycle_template":"gold"})")});
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "1 (1)");
  s.give("teams", {user("contoso", "ann", R"({"pstn_gateway":"sbc1.example.com"})")});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "1 (1)") << "the gateway of teams holds";
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "0 (1)") << "the template of plans is still there";
  s.give("teams", {});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "1 (1)") << "an empty run is held";
}

TEST(sync, a_subject_leaves_when_no_source_gives_it) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  auto all = users_on("contoso", "sbc1.example.com", 20);
  s.give("teams", all);
  s.give("plans", {all[0]});
  s.give("teams", {all.begin() + 2, all.end()});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "19 (19)") << "user0 is still given by plans, user1 by nobody";
}

TEST(sync, records_of_an_unknown_tenant_are_set_aside_and_all_others_take_effect) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", {user("contoso", "ann", R"({"pstn_gateway":"sbc1.example.com"})"), user("nobody", "bob", "{}")});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "1 (1)");
  ASSERT_THAT(s.finding_kinds(), Contains("unknown-tenant"));
  EXPECT_THAT(s.seen()->findings.front().text, ::testing::HasSubstr("line 3: tenant nobody is not known"));
  s.give("teams", {user("contoso", "ann", R"({"pstn_gateway":"sbc1.example.com"})")});
  EXPECT_THAT(s.finding_kinds(), Not(Contains("unknown-tenant"))) << "mended at the source, the finding is over";
}

TEST(sync, a_faulty_tenant_keeps_its_last_good_inventory) {
  scene s;
  const std::string second = R"({"id":"adventure","parent":"host","service":"direct-routing-pro"})";
  s.give_tenants({host_record, contoso_record, second});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  ledger::delivery run;
  run.run.source = "teams";
  run.faulty.push_back({"contoso", 17, "user ann: quantity: expected a whole number, found -1"});
  run.put.add(user("contoso", "dora", R"({"pstn_gateway":"sbc1.example.com"})"), {}, 18);
  run.put.add(user("adventure", "eve", "{}"), {1}, 19);
  ASSERT_TRUE(s.office().take(std::move(run)));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "3 (3)");
  EXPECT_EQ(s.seen()->find("adventure")->users, 1);
  EXPECT_THAT(s.finding_kinds(), Contains("set-aside"));
}

TEST(sync, a_failed_run_degrades_what_it_feeds_and_changes_no_count) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  s.pass(std::chrono::minutes(15));
  const auto outcome = s.fail("teams", "401, client secret expired");
  EXPECT_TRUE(outcome.calculation) << "the state changed, and history has to say when";
  EXPECT_EQ(s.ump("contoso").state, tally_state::degraded);
  EXPECT_EQ(s.ump("host").state, tally_state::degraded);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "3 (3)");
  EXPECT_THAT(s.seen()->find("contoso")->trouble->reason, ::testing::HasSubstr("client secret expired"));
  EXPECT_FALSE(s.fail("teams", "401, client secret expired").calculation) << "nothing is new";
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  EXPECT_EQ(s.ump("contoso").state, tally_state::ok);
}

TEST(sync, a_source_older_than_three_intervals_is_stale_at_the_next_calculation) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  s.pass(std::chrono::minutes(46));
  s.give_tenants({host_record, contoso_record});
  s.calculate();
  EXPECT_EQ(s.ump("contoso").state, tally_state::degraded);
  EXPECT_THAT(s.finding_kinds(), Contains("stale"));
}

TEST(sync, a_tenant_has_one_origin) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  ledger::delivery run;
  run.run.source = "plans";
  const auto form = parse_json(R"({"id":"contoso","name":"Mine","parent":"host"})").value();
  run.tenants.push_back(tenant_from_json(form).value());
  ASSERT_TRUE(s.office().take(std::move(run)));
  EXPECT_EQ(s.seen()->find("contoso")->record->name, "Contoso");
  EXPECT_THAT(s.finding_kinds(), Contains("second-claim"));
}

TEST(sync, a_tenant_that_is_no_longer_listed_counts_nothing_until_it_is_listed_again) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 8));
  s.give_tenants({host_record});
  EXPECT_TRUE(s.seen()->find("contoso")->gone);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (8)");
  EXPECT_THAT(s.finding_kinds(), Contains("gone"));
  s.give_tenants({host_record, contoso_record});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "8 (8)");
}

TEST(sync, a_tree_with_a_circle_or_a_missing_parent_is_set_aside) {
  scene s;
  s.give_tenants({host_record, contoso_record, R"({"id":"a","parent":"b"})", R"({"id":"b","parent":"a"})",
                  R"({"id":"c","parent":"nowhere"})"});
  EXPECT_EQ(s.seen()->find("a"), nullptr);
  EXPECT_EQ(s.seen()->find("c"), nullptr);
  EXPECT_NE(s.seen()->find("contoso"), nullptr);
  EXPECT_THAT(s.finding_kinds(), ElementsAre("set-aside", "set-aside", "set-aside"));
}

TEST(sync, what_is_set_aside_of_a_tenant_that_does_not_exist_is_told_to_the_host) {
  scene s;
  s.give_tenants({host_record, R"({"id":"c","parent":"nowhere"})"});
  const auto& told = *s.seen()->findings.begin();
  EXPECT_EQ(told.kind, "set-aside");
  EXPECT_EQ(told.tenant, "") << "whom nobody can see, nobody would be told about";
  EXPECT_EQ(told.subject, "c");
}

TEST(sync, a_tenant_without_a_parent_stands_under_the_root) {
  scene s;
  s.give_tenants({host_record, R"({"id":"a","service":"direct-routing-pro"})"});
  ASSERT_NE(s.seen()->find("a"), nullptr);
  EXPECT_EQ(s.seen()->find("a")->record->parent, "host");
  s.give_tenants({host_record, R"({"id":"a","service":"direct-routing-pro"})"});
  EXPECT_THAT(s.finding_kinds(), ::testing::IsEmpty()) << "the same again is no change of parent";
}

TEST(sync, subjects_may_come_in_any_order_of_tenants) {
  scene s;
  const std::string second =
      R"({"id":"adventure","parent":"host","type":"customer","service":"direct-routing-pro","acquired":{"ump":4},)"
      R"("sites":[{"name":"One","pstn_gateway":"sbc2.example.com"}]})";
  s.give_tenants({host_record, contoso_record, second});
  std::vector<subject> mixed;
  for (int i = 0; i < 7; ++i) {
    mixed.push_back(users_on("contoso", "sbc1.example.com", 7)[static_cast<std::size_t>(i)]);
    mixed.push_back(users_on("adventure", "sbc2.example.com", 7)[static_cast<std::size_t>(i)]);
    mixed.push_back(user("nobody", "u" + std::to_string(i), "{}"));
  }
  s.give("plans", mixed);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "7 (7)");
  EXPECT_EQ(s.text("adventure", "direct-routing"), "7 (7)");
  const auto told = s.findings_of("unknown-tenant");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told.front().text, ::testing::HasSubstr("line 4: tenant nobody is not known; its 7 records were"));
  mixed.back() = user("contoso", "late", R"({"pstn_gateway":"sbc1.example.com"})");
  s.give("plans", mixed);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "8 (8)");
}

TEST(sync, a_delta_adds_and_removes) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 30));
  s.give_delta("teams", {user("contoso", "zoe", R"({"pstn_gateway":"sbc1.example.com"})")},
               {{"contoso", subject_kind::user, "user3"}, {"contoso", subject_kind::user, "user4"}});
  EXPECT_EQ(s.text("contoso", "direct-routing"), "29 (29)");
}

TEST(sync, a_restart_finds_everything_as_it_was) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 31));
  s.fail("plans", "no route");
  const auto before = s.seen();
  s.restart();
  const auto after = s.seen();
  EXPECT_EQ(after->find("contoso")->tally, before->find("contoso")->tally);
  EXPECT_EQ(after->find("contoso")->change_of("ump", "direct-routing")->cause, "+31 users, source teams");
  EXPECT_EQ(after->find("host")->tally, before->find("host")->tally);
  EXPECT_EQ(after->findings, before->findings);
  EXPECT_EQ(after->chain_head, before->chain_head);
  EXPECT_EQ(after->users, 31);
  EXPECT_THAT(s.office().recount(), ElementsAre());
  s.calculate();
  EXPECT_TRUE(s.reader().verify(true)->clean());
}

TEST(sync, time_does_not_run_backwards_between_calculations) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  const auto first = s.calculate();
  s.set_clock(first.at - std::chrono::hours(1));
  const auto second = s.calculate();
  EXPECT_EQ(second.at, first.at + std::chrono::milliseconds(1));
}

}  // namespace licaudit::audit
