#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::HasSubstr;

namespace {

json::value parsed(const std::string& text) {
  return parse_json(text).value();
}

}  // namespace

TEST(tenants, of_local_are_created_changed_moved_and_removed) {
  scene s;
  s.give_tenants({host_record, contoso_record, R"({"id":"north","parent":"host","type":"reseller"})"});
  const auto made = s.office().create_tenant(
      parsed(
          R"({"id":"mine","parent":"host","service":"direct-routing-pro","sites":[{"name":"a","pstn_gateway":"g"}]})"),
      "north");
  ASSERT_TRUE(made) << made.error().detail;
  ASSERT_TRUE(s.office().put_subject(user("mine", "ann", R"({"pstn_gateway":"g"})"), "north"));
  EXPECT_EQ(s.text("host", "direct-routing"), "1 (1)");
  ASSERT_TRUE(s.office().change_tenant("mine", {{"parent", "north"}, {"name", "Mine"}}, "north"));
  EXPECT_EQ(s.text("north", "direct-routing"), "1 (1)");
  EXPECT_EQ(s.text("host", "direct-routing"), "1 (1)");
  ASSERT_TRUE(s.office().remove_tenant("mine", "north"));
  EXPECT_EQ(s.seen()->find("mine"), nullptr);
  EXPECT_EQ(s.text("host", "direct-routing"), "0 (0)");
  const auto again = s.office().create_tenant(parsed(R"({"id":"mine","parent":"host"})"), "north");
  ASSERT_FALSE(again) << "an id is never given again";
  s.restart();
  EXPECT_EQ(s.seen()->find("mine"), nullptr);
  EXPECT_FALSE(s.office().create_tenant(parsed(R"({"id":"mine","parent":"host"})"), "north"));
  EXPECT_TRUE(s.reader().verify(true)->clean());
}

TEST(tenants, of_a_source_change_only_there) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  EXPECT_EQ(s.office().change_tenant("contoso", {{"name", "x"}}, "n").error().code, errc::conflict);
  EXPECT_EQ(s.office().remove_tenant("contoso", "n").error().code, errc::conflict);
  EXPECT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "n"));
  EXPECT_EQ(s.office().change_tenant("contoso", {{"sites", json::array()}}, "n").error().code, errc::malformed);
}

TEST(tenants, a_disabled_parent_disables_its_subtree_and_the_ledger_keeps_it) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 4));
  ASSERT_TRUE(s.office().change_tenant("host", {{"enabled", false}}, "north"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (4)");
  s.restart();
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (4)");
  s.calculate();
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (4)");
  EXPECT_EQ(s.ump("contoso").state, tally_state::disabled);
}

TEST(tenants, cannot_be_moved_under_themselves) {
  scene s;
  s.give_tenants({host_record});
  ASSERT_TRUE(s.office().create_tenant(parsed(R"({"id":"a","parent":"host","type":"reseller"})"), "n"));
  ASSERT_TRUE(s.office().create_tenant(parsed(R"({"id":"b","parent":"a","type":"reseller"})"), "n"));
  const auto moved = s.office().change_tenant("a", {{"parent", "b"}}, "n");
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().detail, "tenant a cannot be moved under b, which stands under it; move b first");
  EXPECT_FALSE(s.office().remove_tenant("a", "n")) << "it has a tenant under it";
}

TEST(tenant_names, are_unique_under_a_parent_for_tenants_of_local) {
  scene s;
  s.give_tenants({host_record, contoso_record, R"({"id":"north","name":"North","parent":"host","type":"reseller"})"});
  const auto create = [&s](const char* record) { return s.office().create_tenant(parsed(record), "n"); };
  const auto taken = create(R"({"id":"second","name":"CONTOSO","parent":"host"})");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, errc::conflict);
  EXPECT_EQ(taken.error().detail, "tenant contoso under host is called Contoso as well; rename one of the two");
  ASSERT_TRUE(create(R"({"id":"second","name":"Contoso","parent":"north"})")) << "elsewhere it is another's";
  EXPECT_EQ(s.office().change_tenant("second", {{"parent", "host"}}, "n").error().code, errc::conflict);
  EXPECT_TRUE(s.office().change_tenant("second", {{"parent", "host"}, {"name", "Contoso 2"}}, "n"));
  EXPECT_EQ(s.office().change_tenant("second", {{"name", "contoso"}}, "n").error().code, errc::conflict);
  EXPECT_TRUE(s.office().change_tenant("second", {{"name", "contoso 2"}}, "n")) << "its own name, written otherwise";
  ASSERT_TRUE(create(R"({"id":"nameless","parent":"host"})"));
  ASSERT_TRUE(create(R"({"id":"nameless2","parent":"host"})"));
  EXPECT_EQ(s.seen()->find("second")->record->id, "second") << "an id never changes";
}

TEST(tenant_names, that_sources_give_twice_are_a_finding_until_one_is_renamed_or_gone) {
  scene s;
  const std::string twin = R"({"id":"twin","name":"contoso","parent":"host"})";
  s.give_tenants({host_record, contoso_record, twin});
  EXPECT_THAT(s.finding_kinds(), ::testing::ElementsAre("same-name", "same-name"));
  EXPECT_EQ(
      s.seen()->findings[0].text,
      "tenant contoso is called Contoso, as is twin beside it; pages and bills of the two are taken for each other");
  s.restart();
  EXPECT_THAT(s.finding_kinds(), ::testing::ElementsAre("same-name", "same-name"));
  s.give_tenants({host_record, contoso_record, R"({"id":"twin","name":"Twin","parent":"host"})"});
  EXPECT_THAT(s.finding_kinds(), ::testing::IsEmpty());
  s.give_tenants({host_record, contoso_record, twin});
  EXPECT_THAT(s.finding_kinds(), ::testing::SizeIs(2));
  s.give_tenants({host_record, contoso_record});
  EXPECT_THAT(s.finding_kinds(), ::testing::ElementsAre("gone")) << "nobody is taken for one that is no more";
}

TEST(subjects, of_local_come_before_all_sources_and_go_again) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", {user("contoso", "ann", R"({"pstn_gateway":"elsewhere"})")});
  ASSERT_TRUE(s.office().put_subject(user("contoso", "ann", R"({"pstn_gateway":"sbc1.example.com"})"), "n"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "1 (1)");
  ASSERT_TRUE(s.office().remove_subject({"contoso", subject_kind::user, "ann"}, "n"));
  EXPECT_EQ(s.text("contoso", "direct-routing"), "0 (1)") << "what teams says of her holds again";
  EXPECT_EQ(s.office().remove_subject({"contoso", subject_kind::user, "ann"}, "n").error().code, errc::unknown);
}

TEST(subjects, no_name_stands_under_a_hash) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  ASSERT_TRUE(s.office().put_subject(user("contoso", "ann.smith", R"({"display_name":"Ann Smith"})"), "north"));
  ASSERT_TRUE(s.office().remove_subject({"contoso", subject_kind::user, "ann.smith"}, "north"));
  ledger::operation_query all;
  all.until = instant::max();
  for (const auto& one : s.reader().operations(all).value()) {
    EXPECT_THAT(one.text, ::testing::Not(HasSubstr("ann")));
    EXPECT_THAT(canonical_json(one.detail), ::testing::Not(HasSubstr("ann")));
  }
}

TEST(history, shows_both_calculations_with_their_causes) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 4));
  s.pass(std::chrono::minutes(5));
  s.give("teams", users_on("contoso", "sbc1.example.com", 6));
  ledger::history_query query;
  query.tenant = "contoso";
  query.until = parse_rfc3339("2026-12-01T00:00:00Z").value();
  query.only_changes = true;
  const auto page = s.reader().history(query).value();
  ASSERT_EQ(page.entries.size(), 3u);
  EXPECT_EQ(page.entries[1].tally.licences[0].licensed, 4);
  EXPECT_EQ(describe(page.entries[2].cause, &page.entries[2].moved), "+2 users, source teams");
  EXPECT_EQ(page.entries[2].tally.licences[0].licensed, 6);
}

TEST(operations, an_operation_alone_is_one_entry) {
  scene s;
  s.give_tenants({host_record, contoso_record});
  s.give("teams", users_on("contoso", "sbc1.example.com", 3));
  const auto head = s.book().head().sequence;
  EXPECT_EQ(s.office().record({0, {}, "lint", "n", "", "x", {}}).value().operation, head + 1);
  EXPECT_TRUE(s.seen()->problem.empty());
}

}  // namespace licaudit::audit
