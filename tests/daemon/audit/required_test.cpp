// Who has a licence without the one that it requires.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::audit {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
  std::vector<finding> missing() { return s.findings_of("missing-requirement"); }

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
