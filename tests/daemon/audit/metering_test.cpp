// Readings of meters and what contracts make of counts, from a source's run to the page.
#include "daemon/audit/metering.hpp"

#include "scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* self_service = R"({"licences":[
  {"id":"minutes","title":"Speech to text","limit":{"included":5000,"unit":"minute","period":"month"},
   "factors":[{"id":"minutes","subject":"meter","priority":1,"unit":"minute","configured":[{"id":"^stt"}]}]},
  {"id":"recording","title":"Recording","factors":[{"id":"recording","priority":1,
    "units":{"per":"retention","step":"3 months","free":"14 days"}}]},
  {"id":"storage","title":"Storage","factors":[{"id":"storage","subject":"meter","priority":1,
    "package":{"size":500,"unit":"GB"},"configured":[{"id":"^disk"}]}]}]})";

std::string tenant_record(const std::string& id, const std::string& rest) {
  return R"({"id":")" + id + R"(","name":")" + id + R"(","parent":"host","type":"customer","service":"cloud")" + rest +
         "}";
}

subject meter(const std::string& tenant, const std::string& id, const std::string& used, const std::string& unit,
              const std::string& at = {}) {
  subject value;
  value.name = {tenant, subject_kind::meter, id};
  value.fields["used"] = {used};
  value.fields["unit"] = {unit};
  if (!at.empty()) value.fields["at"] = {at};
  return value;
}

class metering : public ::testing::Test {
 protected:
  metering() {
    s.how.rules = rules_of(self_service);
    s.how.rules_automatic = true;
    EXPECT_TRUE(s.office().adopt(s.how, "root"));
    s.how.rules_automatic = false;
    give_tenants();
  }

  void give_tenants(const std::string& rest = {}) {
    s.give_tenants({host_record, tenant_record("contoso", R"(,"time_zone":"Europe/London")" + rest),
                    tenant_record("north", R"(,"time_zone":"America/New_York")")});
  }

  std::string shown(const std::string& licence, const std::string& tenant = "contoso") {
    const auto view = s.seen();
    for (const auto& one : view->find(tenant)->tally->licences)
      if (one.licence == licence) return to_text(one.factors.front());
    return "no such licence";
  }

  /// Kinds and texts of the findings of a tenant.
  std::vector<std::string> findings(const std::string& tenant = "contoso") {
    std::vector<std::string> texts;
    for (const auto& one : s.seen()->find(tenant)->findings) texts.push_back(one.kind + ": " + one.text);
    return texts;
  }

  void clock(const char* at) { s.set_clock(parse_rfc3339(at).value()); }
  void calculate() { s.calculate(); }
  void expect_a_recount_agrees() { EXPECT_THAT(s.office().recount(), IsEmpty()); }

  scene s;
};

TEST_F(metering, a_run_of_readings_is_counted) {
  s.give("plans", {meter("contoso", "stt", "90", "second", "2026-11-02T09:00:00Z"),
                   meter("contoso", "disk-a", "499.9", "GB"), meter("contoso", "disk-b", "200", "MB")});
  EXPECT_EQ(shown("minutes"), "2 (2)");
  EXPECT_EQ(shown("storage"), "2 (501)");
  EXPECT_EQ(s.seen()->users, 0);
  EXPECT_EQ(s.seen()->numbers, 0);
  EXPECT_EQ(s.seen()->find("contoso")->tally->monitored, 0);
  expect_a_recount_agrees();
}

TEST_F(metering, a_late_reading_changes_nothing) {
  s.give("plans", {meter("contoso", "stt", "90", "minute", "2026-11-02T09:00:00Z")});
  const auto before = s.seen()->last_calculation->sequence;
  s.give("plans", {meter("contoso", "stt", "70", "minute", "2026-11-02T08:00:00Z")});
  EXPECT_EQ(shown("minutes"), "90 (90)");
  EXPECT_EQ(s.seen()->last_calculation->sequence, before);
  s.give_delta("plans", {meter("contoso", "stt", "60", "minute", "2026-11-01T08:00:00Z")}, {});
  EXPECT_EQ(shown("minutes"), "90 (90)");
}

TEST_F(metering, a_duplicate_changes_nothing) {
  const auto reading = meter("contoso", "stt", "90", "minute", "2026-11-02T09:00:00Z");
  s.give_delta("plans", {reading}, {});
  const auto head = s.seen()->last_calculation->sequence;
  s.give_delta("plans", {reading}, {});
  s.pass(std::chrono::minutes(15));
  s.give("plans", {reading});
  EXPECT_EQ(shown("minutes"), "90 (90)");
  EXPECT_EQ(s.seen()->last_calculation->sequence, head);
}

TEST_F(metering, a_reading_without_a_time_is_of_its_run) {
  s.give("plans", {meter("contoso", "stt", "90", "minute")});
  EXPECT_EQ(shown("minutes"), "90 (90)");
  s.pass(std::chrono::hours(1));
  // Read an hour before the run that gave the one that is known.
  s.give("plans", {meter("contoso", "stt", "70", "minute", "2026-11-02T09:00:00Z")});
  EXPECT_EQ(shown("minutes"), "90 (90)");
}

TEST_F(metering, a_reading_without_a_time_is_the_same_until_the_month_ends) {
  s.give("plans", {meter("contoso", "stt", "90", "minute")});
  const auto entry = s.seen()->last_calculation->sequence;
  s.pass(std::chrono::minutes(15));
  s.give_delta("plans", {meter("contoso", "stt", "90", "minute")}, {});
  EXPECT_EQ(s.seen()->last_calculation->sequence, entry);
  clock("2026-12-02T10:00:00Z");
  calculate();
  EXPECT_EQ(shown("minutes"), "0 (0)");
  s.give_delta("plans", {meter("contoso", "stt", "90", "minute")}, {});
  EXPECT_EQ(shown("minutes"), "90 (90)") << "its source says so in the new month";
}

TEST_F(metering, a_month_turns_in_the_zone_of_each_tenant) {
  clock("2027-10-31T20:00:00Z");
  s.give("plans", {meter("contoso", "stt", "90", "minute", "2027-10-31T19:59:00Z"),
                   meter("contoso", "disk", "700", "GB", "2027-10-31T19:59:00Z"),
                   meter("north", "stt", "80", "minute", "2027-10-31T19:59:00Z")});
  EXPECT_EQ(shown("minutes"), "90 (90)");
  // Britain left its summer that morning: its month turns at 00:00 UTC. New York leaves its own a week later.
  clock("2027-10-31T23:59:59Z");
  calculate();
  EXPECT_EQ(shown("minutes"), "90 (90)");
  clock("2027-11-01T00:00:00Z");
  calculate();
  EXPECT_EQ(shown("minutes"), "0 (0)");
  EXPECT_EQ(shown("storage"), "2 (700)") << "a gauge knows no month";
  EXPECT_EQ(shown("minutes", "north"), "80 (80)");
  clock("2027-11-01T03:59:59Z");
  calculate();
  EXPECT_EQ(shown("minutes", "north"), "80 (80)");
  clock("2027-11-01T04:00:00Z");
  calculate();
  EXPECT_EQ(shown("minutes", "north"), "0 (0)");
  expect_a_recount_agrees();
  s.restart();
  expect_a_recount_agrees();
  EXPECT_THAT(findings(), Not(Contains(HasSubstr("counter-fell"))));
}

TEST_F(metering, a_month_of_summer_begins_an_hour_earlier) {
  clock("2027-03-31T22:59:59Z");
  s.give("plans", {meter("contoso", "stt", "90", "minute", "2027-03-31T22:00:00Z")});
  EXPECT_EQ(shown("minutes"), "90 (90)");
  clock("2027-03-31T23:00:00Z");
  calculate();
  EXPECT_EQ(shown("minutes"), "0 (0)");
}

TEST_F(metering, a_counter_that_starts_again_with_the_month_is_no_finding) {
  clock("2026-11-30T12:00:00Z");
  s.give("plans", {meter("contoso", "stt", "4000", "minute", "2026-11-30T12:00:00Z")});
  clock("2026-12-01T12:00:00Z");
  s.give("plans", {meter("contoso", "stt", "12", "minute", "2026-12-01T12:00:00Z")});
  EXPECT_EQ(shown("minutes"), "12 (12)");
  EXPECT_THAT(findings(), IsEmpty()) << "nor does it swing";
  EXPECT_EQ(s.seen()->find("contoso")->tally->state(), tally_state::ok);
}

TEST_F(metering, a_counter_that_falls_within_the_month_is_a_finding_until_it_is_up_again) {
  const auto read = [&](const char* used, const char* at, const char* unit = "minute") {
    s.give("plans", {meter("contoso", "stt", used, unit, at), meter("contoso", "disk", used, "GB", at)});
  };
  read("90", "2026-11-02T09:00:00Z");
  read("30", "2026-11-02T09:15:00Z");
  EXPECT_EQ(shown("minutes"), "30 (30)");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("counter-fell"), HasSubstr("`stt`")))) << "the disk is a gauge";
  read("3000", "2026-11-02T09:30:00Z", "second");
  EXPECT_THAT(findings(), Not(IsEmpty())) << "50 of 90 minutes";
  s.restart();
  EXPECT_THAT(findings(), Not(IsEmpty()));
  read("91", "2026-11-02T09:45:00Z");
  EXPECT_THAT(findings(), IsEmpty());
  read("10", "2026-11-02T09:50:00Z");
  EXPECT_THAT(findings(), Not(IsEmpty()));
  clock("2026-12-01T10:00:00Z");
  calculate();
  EXPECT_THAT(findings(), Not(Contains(HasSubstr("counter-fell")))) << "the month is over";
  expect_a_recount_agrees();
}

TEST_F(metering, another_unit_is_one_finding) {
  s.give("plans", {meter("contoso", "disk-a", "5", "GiB"), meter("contoso", "disk-b", "5", "hour")});
  EXPECT_EQ(shown("storage"), "0 (0)");
  EXPECT_THAT(findings(), ElementsAre(AllOf(HasSubstr("unit-mismatch"), HasSubstr("2 meters"))));
}

TEST_F(metering, sums_over_a_subtree_are_those_of_their_parts) {
  s.give("plans", {meter("contoso", "disk", "500.1", "GB"), meter("north", "disk", "0.1", "GB"),
                   meter("north", "stt", "7.5", "minute")});
  EXPECT_EQ(shown("storage", "host"), "3 (502)");
  EXPECT_EQ(shown("minutes", "host"), "8 (8)");
}

TEST_F(metering, retention_multiplies_once_it_is_set) {
  s.give("teams", users_on("contoso", "sbc", 4));
  EXPECT_EQ(shown("recording"), "4 (4)");
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("unset-setting: the setting `retention` is not set")));
  give_tenants(R"(,"settings":{"retention":"9 months"})");
  EXPECT_EQ(shown("recording"), "12 (12)");
  EXPECT_THAT(findings(), IsEmpty());
  give_tenants(R"(,"settings":{"retention":"14 days"})");
  EXPECT_EQ(shown("recording"), "0 (0)");
  expect_a_recount_agrees();
}

TEST_F(metering, a_retention_of_ten_months_sets_its_tenant_aside) {
  s.give("teams", users_on("contoso", "sbc", 4));
  give_tenants(R"(,"settings":{"retention":"9 months"})");
  give_tenants(R"(,"settings":{"retention":"10 months"})");
  EXPECT_EQ(shown("recording"), "12 (12)") << "the last good stays";
  EXPECT_THAT(findings(), Contains(AllOf(HasSubstr("set-aside"), HasSubstr("10 months is neither 14 days or fewer nor "
                                                                           "a multiple of 3 months"))));
}

TEST_F(metering, a_retention_of_ten_months_is_refused_where_a_person_sets_it) {
  const auto form = parse_json(tenant_record("own", R"(,"settings":{"retention":"10 months"})")).value();
  const auto made = s.office().create_tenant(form, "root");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, errc::refused);
  ASSERT_TRUE(s.office().create_tenant(parse_json(tenant_record("own", "")).value(), "root"));
  const auto set = [&](const char* retention) {
    return s.office().change_tenant("own", {{"settings", json::object{{"retention", retention}}}}, "root");
  };
  const auto refused = set("10 months");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("settings.retention: retention: 10 months"));
  EXPECT_TRUE(set("15 months"));
}

TEST_F(metering, what_a_guard_holds_keeps_the_time_of_its_run) {
  std::vector<subject> all;
  all.reserve(60);
  for (int i = 0; i < 60; ++i) all.push_back(meter("contoso", "disk" + std::to_string(i), "10", "GB"));
  s.give("plans", all);
  EXPECT_EQ(shown("storage"), "2 (600)");
  s.pass(std::chrono::minutes(15));
  const auto held = s.give("plans", {meter("contoso", "stt", "90", "minute")});
  ASSERT_THAT(held.held, ElementsAre("contoso"));
  EXPECT_EQ(shown("minutes"), "0 (0)");
  clock("2026-12-01T10:00:00Z");
  ASSERT_TRUE(s.office().accept("plans", held.run.id, {}, "root"));
  EXPECT_EQ(shown("minutes"), "0 (0)") << "it was read in November";
  EXPECT_EQ(shown("storage"), "0 (0)");
}

TEST_F(metering, a_dry_run_of_rules_counts_as_their_apply_does) {
  s.give("plans", {meter("contoso", "disk", "700", "GB"), meter("contoso", "stt", "90", "minute")});
  auto next = s.how;
  next.rules = rules_of(R"({"licences":[{"id":"storage","title":"Storage",
    "limit":{"included":0,"period":"month"},"factors":[{"id":"storage","subject":"meter",
    "priority":1,"package":{"size":100,"unit":"GB"},"configured":[{"id":"^disk"}]}]}]})");
  ASSERT_TRUE(s.office().adopt(next, "root"));
  apply_request request;
  request.all = request.rules = true;
  const auto plan = s.office().dry_run(request).value();
  ASSERT_EQ(plan.tenants.size(), 1U);
  const auto& to = plan.tenants[0].licences.back().factors[0];
  EXPECT_EQ(to.to_n1, 7);
  EXPECT_EQ(to.to_n2, 700);
  ASSERT_TRUE(s.office().apply(plan.id, "root"));
  EXPECT_EQ(shown("storage"), "7 (700)");
  expect_a_recount_agrees();
}

TEST(reading, a_correction_of_the_same_time_holds) {
  const time_zone zone;
  const reading_context around{instant{}, zone, [](const field_map&) { return false; }};
  const field_map before{{"used", {"9"}}, {"unit", {"GB"}}, {"at", {"2026-11-02T09:00:00Z"}}};
  auto given = before;
  EXPECT_EQ(newer_reading(&before, given, around), std::nullopt);
  given["used"] = {"8"};
  EXPECT_EQ(newer_reading(&before, given, around), given);
}

TEST(reading, the_first_is_taken_as_it_is) {
  const time_zone zone;
  const reading_context around{parse_rfc3339("2026-11-02T10:00:00Z").value(), zone,
                               [](const field_map&) { return true; }};
  const field_map bare{{"used", {"9"}}, {"unit", {"GB"}}};
  auto dated = bare;
  dated["at"] = {"2026-11-02T10:00:00.000Z"};
  EXPECT_EQ(newer_reading(nullptr, bare, around), dated);
}

}  // namespace
}  // namespace licaudit::audit
