// What a person is to look at: grouped by cause, acknowledged, raised again.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::audit {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace {

using std::chrono::hours;

std::vector<finding> of_kind(scene& s, std::string_view kind) {
  std::vector<finding> all;
  for (const auto& one : s.seen()->findings)
    if (one.kind == kind) all.push_back(one);
  return all;
}

void calculate(scene& s) {
  ASSERT_TRUE(s.office().calculate({"schedule", "", 0, 0, "", ""}));
}

std::string customer(const std::string& id, const std::string& acquired = "") {
  return R"({"id":")" + id + R"(","name":")" + id + R"(","parent":"host","type":"customer",)" +
         (acquired.empty() ? "" : R"("acquired":{"ump":)" + acquired + "},") +
         R"("service":"direct-routing-pro","sites":[{"name":"London","pstn_gateway":"sbc1.example.com"}]})";
}

/// 31 users of 30 acquired.
void use_too_much(scene& s) {
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 31));
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
  for (int i = 0; i < 300; ++i)
    all.push_back(user("t" + std::to_string(i), "ann", R"({"pstn_gateway":"sbc1.example.com"})"));
  s.give("plans", all);
  EXPECT_THAT(of_kind(s, "stale"), IsEmpty());
  s.fail("plans", "exit 1: connection refused");
  const auto told = of_kind(s, "stale");
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
  EXPECT_EQ(of_kind(s, "stale").size(), 3u) << "a few have reasons of their own";
  EXPECT_EQ(of_kind(s, "stale").front().tenant, "t0");
  for (int i = 3; i < 300; ++i) fail(i);
  const auto told = of_kind(s, "stale");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().count, 300);
  EXPECT_EQ(told.front().source, "dial-plans");
  EXPECT_THAT(told.front().text, HasSubstr("300 of its instances are in trouble; dial-plans.t0: cannot open t0"));
  s.restart();
  EXPECT_EQ(of_kind(s, "stale"), told) << "after a restart too";
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
  const auto told = of_kind(s, "shrink");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().count, 300);
  EXPECT_EQ(told.front().level, severity::page);
  EXPECT_THAT(told.front().action, HasSubstr("licaudit source accept plans --run"));
}

TEST(over_use, of_a_parent_that_is_only_the_sum_of_one_childs_is_told_once) {
  scene s;
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider","acquired":{"ump":0}})", contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 31));
  const auto told = of_kind(s, "over-use");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().tenant, "contoso");
  EXPECT_EQ(s.ump("host").available(), -1);
}

TEST(over_use, of_a_parent_that_bought_for_its_tenants_is_its_own) {
  scene s;
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider","acquired":{"ump":30}})", customer("contoso")});
  s.give("teams", users_on("contoso", "sbc1.example.com", 31));
  const auto told = of_kind(s, "over-use");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().tenant, "host");
  EXPECT_EQ(told.front().count, 1);
}

TEST(over_use, of_tenants_whose_parent_bought_nothing_is_nobodys) {
  scene s;
  s.give_tenants({host_record, customer("contoso"), customer("fabrikam", "5")});
  s.give("plans", users_on("contoso", "sbc1.example.com", 31));
  EXPECT_THAT(of_kind(s, "over-use"), IsEmpty());
}

class acknowledge_test : public ::testing::Test {
 protected:
  acknowledge_test() {
    use_too_much(s);
    id = finding_id(over());
  }
  finding over() { return of_kind(s, "over-use").at(0); }
  result<done> acknowledge(std::chrono::milliseconds length, const std::string& reason = "ordered") {
    return s.office().acknowledge(id, s.seen()->last_calculation->at + length, reason, "north");
  }
  bool is_raised(instant now) {
    const auto all = s.seen()->find("contoso")->findings;
    return std::any_of(all.begin(), all.end(),
                       [&](const finding& one) { return one.kind == "over-use" && !one.is_acknowledged(now); });
  }

  scene s;
  std::string id;
};

TEST_F(acknowledge_test, keeps_the_finding_and_the_counts_and_says_who_and_why) {
  const auto until = s.seen()->last_calculation->at + hours(48);
  const auto made = acknowledge(hours(48));
  ASSERT_TRUE(made);
  EXPECT_GT(made->operation, 0);
  EXPECT_EQ(over().acknowledged, (acknowledgement{until, "north", "ordered"}));
  EXPECT_EQ(finding_id(over()), id);
  EXPECT_EQ(s.ump("contoso").available(), -1);
  EXPECT_FALSE(is_raised(until - hours(1)));
  const auto logged = s.reader().operations({{}, until, "acknowledge", "", {}, 0, 10}).value();
  ASSERT_EQ(logged.size(), 1u);
  EXPECT_EQ(logged.front().tenant, "contoso");
  EXPECT_EQ(logged.front().detail.at("reason").as_string(), "ordered");
  EXPECT_TRUE(logged.front().detail.at("before").is_null());
}

TEST_F(acknowledge_test, outlives_calculations_and_restarts_until_it_ends) {
  const auto until = s.seen()->last_calculation->at + hours(48);
  ASSERT_TRUE(acknowledge(hours(48)));
  s.pass(hours(1));
  calculate(s);
  EXPECT_FALSE(is_raised(until - hours(1)));
  s.restart();
  EXPECT_EQ(over().acknowledged, (acknowledgement{until, "north", "ordered"}));
  EXPECT_TRUE(is_raised(until)) << "whoever looks then sees it raised, before anything is calculated";
  s.pass(hours(48));
  calculate(s);
  EXPECT_EQ(over().acknowledged, std::nullopt);
  s.restart();
  EXPECT_EQ(over().acknowledged, std::nullopt);
}

TEST_F(acknowledge_test, ends_with_its_finding) {
  ASSERT_TRUE(acknowledge(hours(48)));
  s.pass(hours(1));
  s.give("teams", users_on("contoso", "sbc1.example.com", 30));
  EXPECT_THAT(of_kind(s, "over-use"), IsEmpty());
  s.give("teams", users_on("contoso", "sbc1.example.com", 32));
  EXPECT_EQ(over().acknowledged, std::nullopt) << "it is another one";
}

TEST_F(acknowledge_test, is_replaced_by_a_later_one) {
  ASSERT_TRUE(acknowledge(hours(48)));
  ASSERT_TRUE(acknowledge(hours(1), "after all"));
  EXPECT_EQ(over().acknowledged->reason, "after all");
  const auto logged = s.reader().operations({{}, over().since + hours(2000), "acknowledge", "", {}, 0, 10}).value();
  ASSERT_EQ(logged.size(), 2u);
  EXPECT_EQ(logged.back().detail.at("before").as_string(), to_rfc3339(s.seen()->last_calculation->at + hours(48)));
}

TEST_F(acknowledge_test, refuses_the_past_no_reason_and_what_has_ended_and_changes_nothing) {
  const auto head = s.seen()->chain_sequence;
  EXPECT_EQ(acknowledge(-hours(1)).error().code, errc::malformed);
  EXPECT_THAT(acknowledge(-hours(1)).error().detail, HasSubstr("has passed"));
  EXPECT_THAT(acknowledge(hours(1), " \n").error().detail, HasSubstr("reason: "));
  EXPECT_THAT(acknowledge(hours(1), std::string(1001, 'x')).error().detail, HasSubstr("at most 1000"));
  EXPECT_EQ(s.office().acknowledge("000000000000", over().since + hours(9), "x", "north").error().code, errc::unknown);
  s.give("teams", users_on("contoso", "sbc1.example.com", 30));
  EXPECT_EQ(acknowledge(hours(1)).error().code, errc::unknown) << "it has ended";
  EXPECT_THAT(
      s.reader().operations({{}, s.seen()->last_calculation->at + hours(9), "acknowledge", "", {}, 0, 9}).value(),
      IsEmpty());
  EXPECT_GT(s.seen()->chain_sequence, head) << "by the run alone";
}

namespace {

std::shared_ptr<const factors::rules> rules_with(const std::string& terms) {
  return rules_of(R"({"licences":[{"id":"ump","title":"UMP","factors":[
    {"id":"users","title":"Users","subject":"user","priority":1}]},{"id":"seats","title":"Seats",)" +
                  terms + R"("factors":[{"id":"users","title":"Users","subject":"user","priority":1}]}]})");
}

/// Of 100 seats.
class warned_test : public ::testing::Test {
 protected:
  void begin(const std::string& terms) {
    s.how.rules = rules_with(terms);
    s.how.rules_automatic = true;
    s.restart();
    s.give_tenants({host_record, R"({"id":"contoso","name":"C","parent":"host","type":"customer","service":"x",)"
                                 R"("acquired":{"seats":100}})"});
  }
  void use(int seats) { s.give("teams", users_on("contoso", "x", seats)); }
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const auto& one : s.seen()->findings)
      if (one.licence == "seats" && one.kind != "swing")
        all.push_back(one.kind + ' ' + std::string(to_text(one.level)) + ' ' + std::to_string(one.count));
    return all;
  }

  scene s;
};

}  // namespace

TEST_F(warned_test, a_licence_that_warns_is_low_before_it_is_over) {
  begin(R"("warn":{"available":"5%"},)");
  use(94);
  EXPECT_THAT(told(), IsEmpty());
  use(95);
  EXPECT_THAT(told(), ElementsAre("low warn 5"));
  use(100);
  EXPECT_THAT(told(), ElementsAre("low warn 0"));
  use(101);
  EXPECT_THAT(told(), ElementsAre("over-use warn 1"));
}

TEST_F(warned_test, over_use_within_the_grace_pages_after_its_days_by_itself) {
  begin(R"("grace":{"percent":10,"days":14},)");
  use(110);
  EXPECT_THAT(told(), ElementsAre("over-use warn 10"));
  const auto began = of_kind(s, "over-use").at(0).since;
  s.pass(hours(13 * 24));
  calculate(s);
  EXPECT_THAT(told(), ElementsAre("over-use warn 10"));
  s.restart();
  calculate(s);
  EXPECT_THAT(told(), ElementsAre("over-use warn 10"));
  s.pass(hours(25));
  calculate(s);
  EXPECT_THAT(told(), ElementsAre("over-use page 10")) << "nothing was counted anew";
  EXPECT_EQ(of_kind(s, "over-use").at(0).since, began);
  calculate(s);
  s.restart();
  calculate(s);
  EXPECT_THAT(told(), ElementsAre("over-use page 10"));
}

TEST_F(warned_test, over_use_beyond_the_grace_pages_at_once_whoever_has_acknowledged_less) {
  begin(R"("grace":{"percent":10,"days":14},)");
  use(110);
  const auto mild = of_kind(s, "over-use").at(0);
  ASSERT_TRUE(s.office().acknowledge(finding_id(mild), mild.since + hours(99), "ordered", "north"));
  use(111);
  EXPECT_THAT(told(), ElementsAre("over-use page 11"));
  EXPECT_EQ(of_kind(s, "over-use").at(0).acknowledged, std::nullopt) << "it has become worse";
  EXPECT_EQ(of_kind(s, "over-use").at(0).since, mild.since);
}

TEST_F(warned_test, a_limit_is_near_from_80_percent_and_pages_when_it_is_exhausted) {
  begin(R"("limit":{"included":10,"unit":"seat","period":"month"},)");
  use(10);
  EXPECT_THAT(told(), IsEmpty()) << "no setting: no limit";
  ASSERT_TRUE(s.office().set_limit("contoso", "seats", 3, "north"));
  EXPECT_THAT(told(), IsEmpty());
  use(11);
  EXPECT_THAT(told(), ElementsAre("near-limit warn 11"));
  EXPECT_EQ(of_kind(s, "near-limit").at(0).text, "seats: 11 of 13 seat are used this month");
  use(13);
  EXPECT_THAT(told(), ElementsAre("limit-exhausted page 13"));
  ASSERT_TRUE(s.office().set_limit("contoso", "seats", 90, "north"));
  EXPECT_THAT(told(), IsEmpty()) << "a larger limit ends it at once";
  ASSERT_TRUE(s.office().set_limit("contoso", "seats", 0, "north"));
  EXPECT_THAT(told(), ElementsAre("limit-exhausted page 13"));
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "north"));
  EXPECT_THAT(told(), IsEmpty());
}

namespace {

std::shared_ptr<const factors::rules> self_service() {
  return rules_of(R"({"licences":[
    {"id":"outbound","title":"Outbound","requires":["voice"],"factors":[{"id":"users","title":"Users","subject":"user",
      "priority":1,"configured":[{"outbound":"yes"}]}]},
    {"id":"storage","title":"Storage","requires":["voice"],"factors":[{"id":"lines","title":"Lines","subject":"number",
      "priority":1}]},
    {"id":"voice","title":"Voice","factors":[{"id":"users","title":"Users","subject":"user","priority":1,
      "configured":[{"voice":"yes"}]}]}]})");
}

class required_test : public ::testing::Test {
 protected:
  required_test() {
    s.how.rules = self_service();
    s.how.rules_automatic = true;
    s.restart();
    s.give_tenants({host_record, R"({"id":"contoso","name":"C","parent":"host","type":"customer","service":"x"})"});
  }
  static subject both(const std::string& id) { return user("contoso", id, R"({"outbound":"yes","voice":"yes"})"); }
  static subject outbound_only(const std::string& id) { return user("contoso", id, R"({"outbound":"yes"})"); }
  std::vector<finding> missing() { return of_kind(s, "missing-requirement"); }

  scene s;
};

}  // namespace

TEST_F(required_test, a_subject_that_holds_a_licence_without_the_required_one_is_named_by_key) {
  s.give("teams", {both("ann"), both("bob")});
  EXPECT_THAT(missing(), IsEmpty());
  s.give("teams", {both("ann"), outbound_only("bob"), outbound_only("cat")});
  ASSERT_EQ(missing().size(), 1u);
  const auto told = missing().front();
  EXPECT_EQ(told.licence, "outbound");
  EXPECT_EQ(told.tenant, "contoso");
  EXPECT_EQ(told.count, 2);
  EXPECT_THAT(told.text, HasSubstr("2 have outbound without voice, such as the one with the key "));
  EXPECT_THAT(told.text, Not(HasSubstr("bob"))) << "who may not see names reads it too";
  const auto there = s.reader().subjects_at("contoso", s.seen()->last_calculation->sequence).value();
  const auto bob = std::find_if(there.begin(), there.end(), [](const auto& one) { return one.value.name.id == "bob"; });
  EXPECT_THAT(told.text, HasSubstr(bob->key));
  s.give("teams", {both("ann"), both("bob"), both("cat")});
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(required_test, who_changes_places_with_another_without_moving_a_count_is_named_instead) {
  s.give("teams", {both("ann"), outbound_only("bob")});
  const auto before = missing().at(0);
  s.give_delta("teams", {outbound_only("ann"), both("bob")}, {});
  ASSERT_EQ(missing().size(), 1u);
  const auto after = missing().front();
  EXPECT_NE(after.text, before.text) << "bob has voice now";
  EXPECT_EQ(after.since, before.since) << "the same finding";
  s.restart();
  EXPECT_EQ(missing().at(0).text, after.text);
}

TEST_F(required_test, who_begins_to_lack_it_without_moving_a_count_is_found) {
  const auto voice_only = [](const std::string& id) { return user("contoso", id, R"({"voice":"yes"})"); };
  s.give("teams", {both("ann"), user("contoso", "bob", "{}")});
  EXPECT_THAT(missing(), IsEmpty());
  s.give_delta("teams", {outbound_only("ann"), voice_only("bob")}, {});
  EXPECT_EQ(missing().size(), 1u);
}

TEST_F(required_test, where_nobody_can_hold_both_the_tenant_is_looked_at) {
  s.give("plans", {number("contoso", "1", "x")});
  ASSERT_EQ(missing().size(), 1u);
  EXPECT_EQ(missing().front().licence, "storage");
  EXPECT_EQ(missing().front().text, "storage is used here without voice");
  s.give("teams", {user("contoso", "ann", R"({"voice":"yes"})")});
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(required_test, who_is_disabled_misses_nothing) {
  s.give("teams", {outbound_only("ann")});
  EXPECT_EQ(missing().size(), 1u);
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "north"));
  EXPECT_THAT(missing(), IsEmpty());
}

}  // namespace licaudit::audit
