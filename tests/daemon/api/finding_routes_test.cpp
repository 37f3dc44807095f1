#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

finding made(std::string kind, severity level, std::string tenant) {
  finding one;
  one.kind = std::move(kind);
  one.level = level;
  one.tenant = std::move(tenant);
  one.text = "text";
  one.action = "do it";
  one.since = sample_now;
  return one;
}

class findings_test : public testing::Test {
 protected:
  findings_test() {
    auto& all = api.rooms.seen->findings;
    all.push_back(made("stale", severity::page, ""));
    all.push_back(made("swing", severity::page, "contoso"));
    all.push_back(made("over-use", severity::warn, "contoso"));
    all.push_back(made("over-use", severity::warn, "fabrikam"));
    all.push_back(made("remark", severity::info, "albion"));
  }
  std::vector<std::string> kinds(const std::string& query) {
    answer = api.get("/v1/findings" + query);
    std::vector<std::string> all;
    for (const json::value& one : answer.at("findings").as_array()) all.emplace_back(one.at("finding").as_string());
    return all;
  }

  sample_api api;
  json::value answer;
};

TEST_F(findings_test, lists_them_worst_first_with_what_to_do) {
  EXPECT_THAT(kinds(""), ElementsAre("stale", "swing", "over-use", "over-use", "remark"));
  const json::value& one = answer.at("findings").at(1);
  EXPECT_EQ(one.at("id").as_string(), finding_id(api.rooms.seen->findings[1]));
  EXPECT_EQ(one.at("action").as_string(), "do it");
  EXPECT_EQ(one.at("severity").as_string(), "page");
}

TEST_F(findings_test, filters_by_severity_and_subtree) {
  EXPECT_THAT(kinds("?severity=warn"), ElementsAre("over-use", "over-use"));
  EXPECT_THAT(kinds("?tenant=northwind"), ElementsAre("swing", "over-use", "remark"));
  EXPECT_EQ(api.status(method::get, "/v1/findings?severity=bad"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/findings?tenant=nosuch"), 404);
}

TEST_F(findings_test, shows_only_what_the_caller_may_see) {
  api.become(access::role::reseller, "northwind");
  EXPECT_THAT(kinds(""), ElementsAre("swing", "over-use", "remark"));
  EXPECT_EQ(api.status(method::get, "/v1/findings?tenant=fabrikam"), 404);
}

TEST_F(findings_test, name_an_unknown_tenant_but_no_person_of_a_record_without_one) {
  auto unknown = made("unknown-tenant", severity::warn, "");
  unknown.subject = "nobody";
  unknown.text = "tenant nobody is not known";
  auto nameless = made("set-aside", severity::warn, "");
  nameless.subject = "ann@x";
  nameless.text = "user 'ann@x' names no tenant";
  api.rooms.seen->findings = {unknown, nameless};
  ASSERT_EQ(kinds("").size(), 2U);
  const auto& all = answer.at("findings").as_array();
  EXPECT_EQ(all[0].at("text").as_string(), "tenant nobody is not known");
  EXPECT_EQ(all[1].at("text").as_string(), "user '(a subject)' names no tenant");
}

TEST_F(findings_test, pages_by_identity_and_notices_a_change) {
  EXPECT_THAT(kinds("?limit=2"), ElementsAre("stale", "swing"));
  const std::string next(answer.at("next").as_string());
  EXPECT_THAT(kinds("?limit=3&after=" + next), ElementsAre("over-use", "over-use", "remark"));
  EXPECT_TRUE(answer.at("next").is_null());
  api.rooms.seen->findings.erase(1);
  EXPECT_EQ(api.status(method::get, "/v1/findings?after=" + next), 409);
}

TEST_F(findings_test, tell_when_a_calculation_last_found_them_true) {
  api.rooms.seen->last_calculation = audit::calculation_stamp{9, sample_now + std::chrono::hours(2)};
  const json::value answered = api.get("/v1/findings");
  EXPECT_EQ(answered.at("findings").at(0).at("last").as_string(), to_rfc3339(sample_now + std::chrono::hours(2)));
  api.rooms.seen->last_calculation.reset();
  EXPECT_TRUE(api.get("/v1/findings").at("findings").at(0).at("last").is_null());
}

class acknowledge_test : public findings_test {
 protected:
  static std::string target_of(const finding& one) { return "/v1/findings/" + finding_id(one) + "/acknowledge"; }
  const finding over = made("over-use", severity::warn, "contoso");
};

TEST_F(acknowledge_test, hands_the_finding_the_end_and_the_reason_to_the_office) {
  const json::value answered = api.ask_json(method::post, target_of(over), R"({"until":"+7d","reason":"ordered"})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("acknowledge " + finding_id(over) + " until " +
                                           to_rfc3339(sample_now + std::chrono::hours(7 * 24)) + " (ordered) by root"));
  EXPECT_EQ(answered.at("operation").as_int64(), 4711);
  EXPECT_EQ(answered.at("tenant").as_string(), "contoso");
}

TEST_F(acknowledge_test, takes_a_bare_date_as_the_end_of_that_day_in_the_zone_of_the_tenant) {
  const json::value answered =
      api.ask_json(method::post, target_of(over), R"({"until":"2026-12-01","reason":"ordered"})");
  const auto zone = api.rooms.seen->zone_of("contoso");
  EXPECT_EQ(answered.at("until").as_string(),
            to_rfc3339(parse_date("2026-12-01", range_end::until, zone, sample_now).value()));
}

TEST_F(acknowledge_test, refuses_what_is_unknown_and_what_is_nonsense_in_one_sentence) {
  EXPECT_THAT(api.problem_of(method::post, "/v1/findings/0a1b2c3d4e5f/acknowledge", R"({"until":"+1d","reason":"x"})"),
              HasSubstr("404 there is no finding 0a1b2c3d4e5f, or it has ended"));
  EXPECT_THAT(api.problem_of(method::post, target_of(over), R"({"until":"soon","reason":"x"})"),
              HasSubstr("400 until: "));
  for (const char* wrong : {R"({"until":"+1d"})", R"({"reason":"x"})", R"({"until":7,"reason":"x"})",
                            R"({"until":"+1d","reason":"x","by":"me"})", "[]"})
    EXPECT_EQ(api.status(method::post, target_of(over), wrong), 400) << wrong;
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(acknowledge_test, is_for_those_who_operate) {
  const char* body = R"({"until":"+1d","reason":"x"})";
  for (const auto& [role, tenant] :
       {std::pair(access::role::reseller, "northwind"), std::pair(access::role::provider, "northwind"),
        std::pair(access::role::customer, "contoso"), std::pair(access::role::auditor, "host")}) {
    api.grants.clear();
    api.become(role, tenant);
    EXPECT_EQ(api.status(method::post, target_of(over), body), 403) << tenant;
  }
  api.grants.clear();
  api.become(access::role::provider, "host");
  EXPECT_EQ(api.status(method::post, target_of(over), body), 200);
  EXPECT_EQ(api.status(method::post, target_of(made("stale", severity::page, "")), body), 200) << "of the host, too";
}

TEST_F(acknowledge_test, an_acknowledged_finding_stays_listed_and_no_longer_counts) {
  auto seen = over;
  seen.acknowledged = acknowledgement{sample_now + std::chrono::hours(1), "north", "ordered"};
  auto past = made("over-use", severity::warn, "fabrikam");
  past.acknowledged = acknowledgement{sample_now, "north", "ordered"};
  api.rooms.seen->findings = {seen, past};
  const json::value answered = api.get("/v1/findings");
  EXPECT_EQ(answered.at("findings").at(0).at("acknowledged").at("reason").as_string(), "ordered");
  EXPECT_FALSE(answered.at("findings").at(1).as_object().contains("acknowledged")) << "raised again";
  const json::value counts = api.get("/v1/status").at("findings");
  EXPECT_EQ(counts.at("warn").as_int64(), 1);
  EXPECT_EQ(counts.at("acknowledged").as_int64(), 1);
  const std::string metrics = api.ask(method::get, "/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("licaudit_findings{severity=\"warn\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("licaudit_findings_acknowledged 1\n"));
}

}  // namespace
}  // namespace licaudit::api
