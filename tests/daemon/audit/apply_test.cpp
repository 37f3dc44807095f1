#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::HasSubstr;

namespace {

/// 17 direct routing; those and 2 more have a template; those and 1 more were edited.
void give_nested(scene& s) {
  s.give_tenants({host_record, contoso_record});
  std::vector<subject> all;
  for (int i = 0; i < 20; ++i)
    all.push_back(user("contoso", "u" + std::to_string(i),
                       std::string(R"({"ui_managed":"yes")") + (i < 19 ? R"(,"lifecycle_template":"gold")" : "") +
                           (i < 17 ? R"(,"pstn_gateway":"sbc1.example.com")" : "") + "}"));
  s.give("teams", all);
}

apply_request for_contoso() {
  apply_request request;
  request.tenants = {"contoso"};
  return request;
}

}  // namespace

TEST(apply, nested_LCM_off) {
  scene s;
  give_nested(s);
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "2 (19)");
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "lifecycle-management", false, "north"));
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "2 (19)") << "pending changes nothing";
  EXPECT_EQ(s.seen()->find("contoso")->switches->front().pending, false);

  const auto plan = s.office().dry_run(for_contoso()).value();
  ASSERT_EQ(plan.tenants.size(), 1u);
  EXPECT_EQ(plan.tenants[0].moved, 2);
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "2 (19)") << "a dry run changes nothing";

  const auto made = s.office().apply(plan.id, "north").value();
  EXPECT_EQ(s.text("contoso", "direct-routing"), "17 (17)");
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "0 (19) (n/a)");
  EXPECT_EQ(s.text("contoso", "user-interface"), "3 (20)");
  EXPECT_EQ(s.ump("contoso").licensed, 20);
  EXPECT_EQ(s.seen()->find("contoso")->change_of("ump", "lifecycle-management")->cause,
            "lifecycle-management off by north, operation " + std::to_string(made.outcome.operation));
}

TEST(apply, a_plan_is_out_of_date_when_anything_it_rests_on_moved) {
  scene s;
  give_nested(s);
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "user-interface", false, "north"));
  const auto plan = s.office().dry_run(for_contoso()).value();
  // One user for another: the counts stay, what they rest on does not.
  s.give_delta("teams", {user("contoso", "new", R"({"ui_managed":"yes"})")}, {{"contoso", subject_kind::user, "u19"}});
  const auto refused = s.office().apply(plan.id, "north");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("out of date"));
  EXPECT_EQ(s.text("contoso", "user-interface"), "1 (20)");
}

TEST(apply, an_unknown_plan_is_refused) {
  scene s;
  EXPECT_EQ(s.office().apply("0123456789abcdef", "north").error().code, errc::unknown);
}

TEST(apply, switches_are_inherited_and_the_default_restored) {
  scene s;
  give_nested(s);
  ASSERT_TRUE(s.office().set_switch("host", "ump", "lifecycle-management", false, "north"));
  apply_request all;
  all.all = true;
  ASSERT_TRUE(s.office().apply(all, "north"));
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "0 (19) (n/a)");
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "lifecycle-management", true, "north"));
  ASSERT_TRUE(s.office().apply(for_contoso(), "north"));
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "2 (19)") << "its own setting comes before the global one";
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "lifecycle-management", std::nullopt, "north"));
  s.restart();
  ASSERT_TRUE(s.office().apply(for_contoso(), "north"));
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "0 (19) (n/a)");
}

TEST(apply, never_makes_a_switch_above_the_named_tenant_effective) {
  scene s;
  give_nested(s);
  ASSERT_TRUE(s.office().set_switch("host", "ump", "lifecycle-management", false, "north"));
  ASSERT_TRUE(s.office().apply(for_contoso(), "north"));
  EXPECT_EQ(s.text("contoso", "lifecycle-management"), "2 (19)");
}

TEST(apply, a_switch_set_back_before_apply_is_not_pending) {
  scene s;
  give_nested(s);
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "user-interface", false, "north"));
  ASSERT_TRUE(s.office().set_switch("contoso", "ump", "user-interface", std::nullopt, "north"));
  for (const auto& one : *s.seen()->find("contoso")->switches) EXPECT_FALSE(one.pending);
}

TEST(apply, refuses_what_cannot_be_switched) {
  scene s;
  give_nested(s);
  EXPECT_EQ(s.office().set_switch("contoso", "ump", "direct-routing", false, "n").error().code, errc::refused);
  EXPECT_EQ(s.office().set_switch("contoso", "ump", "nothing", false, "n").error().code, errc::unknown);
  EXPECT_EQ(s.office().set_switch("nobody", "ump", "user-interface", false, "n").error().code, errc::unknown);
  EXPECT_EQ(s.office().apply(apply_request{}, "n").error().code, errc::malformed);
}

TEST(rules, a_changed_set_is_pending_until_apply_and_history_keeps_both) {
  scene s;
  give_nested(s);
  const auto old_revision = s.seen()->rules->revision().name;
  policy next = s.how;
  next.rules = rules_of(R"({"licences":[{"id":"ump","title":"UMP","factors":[
    {"id":"direct-routing","title":"DR","subject":"user","priority":1,"configured":[{"ui_managed":"yes"}]}]}]})");
  ASSERT_TRUE(s.office().adopt(next, "north"));
  EXPECT_EQ(s.seen()->rules->revision().name, old_revision);
  ASSERT_TRUE(s.seen()->pending);
  EXPECT_EQ(s.text("contoso", "direct-routing"), "17 (17)");
  apply_request all;
  all.all = true;
  all.rules = true;
  const auto plan = s.office().dry_run(all).value();
  ASSERT_TRUE(plan.rules);
  ASSERT_EQ(plan.tenants.size(), 1u);
  EXPECT_EQ(plan.tenants[0].moved, 3) << "17 stay with direct routing, 3 come to it";
  s.pass(std::chrono::minutes(1));
  const auto before = s.seen()->last_calculation->at;
  ASSERT_TRUE(s.office().apply(plan.id, "north"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "20 (20)");
  EXPECT_FALSE(s.seen()->pending);
  EXPECT_EQ(s.reader().rules_at(before).value().name, old_revision);
  s.how = next;
  s.restart();
  EXPECT_EQ(s.text("contoso", "direct-routing"), "20 (20)");
  EXPECT_TRUE(s.reader().verify(true)->clean());
}

TEST(rules, are_effective_at_once_where_they_are_automatic) {
  scene s;
  give_nested(s);
  policy next = s.how;
  next.rules_automatic = true;
  next.rules = rules_of(R"({"licences":[{"id":"ump","title":"UMP","factors":[
    {"id":"all","title":"All","subject":"user","priority":1}]}]})");
  const auto made = s.office().adopt(next, "north").value();
  EXPECT_TRUE(made.calculation);
  EXPECT_EQ(s.text("contoso", "all"), "20 (20)");
}

TEST(rules, after_a_restart_with_other_files_the_effective_ones_still_count) {
  scene s;
  give_nested(s);
  s.how.rules = rules_of(R"({"licences":[{"id":"ump","title":"UMP","factors":[
    {"id":"all","title":"All","subject":"user","priority":1,"match":[{"a_new_field":"x"}]}]}]})");
  s.restart();
  EXPECT_EQ(s.text("contoso", "direct-routing"), "17 (17)");
  EXPECT_TRUE(s.seen()->pending);
}

}  // namespace licaudit::audit
