#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(licence_routes_test, shows_the_licence_page) {
  sample_api api;
  EXPECT_EQ(api.ask(method::get, "/v1/tenants/contoso/licences").body,
            R"({"tenant":"contoso","name":"Name of contoso","type":"customer","service":"direct-routing-pro",)"
            R"("parent":"albion","parent_type":"partner","time_zone":"UTC","enabled":true,)"
            R"("calculated_at":"2026-11-01T01:26:40.000Z","state":"ok","degraded_since":null,"reason":null,)"
            R"("monitored":20,"aggregated":false,"pending_rules":false,"licences":[{"licence":"ump","acquired":500,)"
            R"("licensed":200,"available":300,"state":"ok","title":"UMP user licence","factors":[)"
            R"x({"factor":"direct-routing","on":true,"calculated":200,"configured":212,"text":"200 (212)",)x"
            R"("title":"Managed Users-Direct Routing","priority":1,"pending":null,)"
            R"("changed":"2026-11-01T00:26:40.000Z","cause":"+14 users, source teams"},)"
            R"x({"factor":"lifecycle-management","on":false,"calculated":0,"configured":7,"text":"0 (7) (n/a)",)x"
            R"("title":"Managed Users-By LifeCycle Mgmt","priority":3,"pending":true,"changed":null,"cause":null}]}],)"
            R"("findings":[]})");
}

TEST(licence_routes_test, says_never_disabled_and_degraded) {
  sample_api api;
  auto fresh = sample_tenant("contoso", "albion", tenant_type::customer, 0);
  fresh->calculated.reset();
  fresh->tally.change().licences.clear();
  api.rooms.seen->tenants["contoso"] = fresh;
  const json::value never = api.get("/v1/tenants/contoso/licences");
  EXPECT_EQ(never.at("state").as_string(), "never");
  EXPECT_TRUE(never.at("calculated_at").is_null());

  auto off = sample_tenant("contoso", "albion", tenant_type::customer, 0);
  off->tally.change().disabled = true;
  off->enabled = false;
  api.rooms.seen->tenants["contoso"] = off;
  EXPECT_EQ(api.get("/v1/tenants/contoso/licences").at("state").as_string(), "disabled");

  auto stale = sample_tenant("contoso", "albion", tenant_type::customer, 0);
  stale->tally.change().licences[0].state = tally_state::degraded;
  stale->trouble.change().since = sample_now;
  stale->trouble.change().reason = "source teams: 401";
  api.rooms.seen->tenants["contoso"] = stale;
  const json::value page = api.get("/v1/tenants/contoso/licences");
  EXPECT_EQ(page.at("state").as_string(), "degraded");
  EXPECT_EQ(page.at("reason").as_string(), "source teams: 401");
  EXPECT_EQ(page.at("degraded_since").as_string(), "2026-11-01T02:26:40.000Z");
}

TEST(licence_routes_test, names_licences_that_left_the_rules_by_their_id) {
  sample_api api;
  auto old = sample_tenant("contoso", "albion", tenant_type::customer, 5);
  old->tally.change().licences[0].licence = "storage";
  old->tally.change().licences[0].acquired.reset();
  api.rooms.seen->tenants["contoso"] = old;
  const json::value one = api.get("/v1/tenants/contoso/licences").at("licences").at(0);
  EXPECT_EQ(one.at("title").as_string(), "storage");
  EXPECT_TRUE(one.at("acquired").is_null());
  EXPECT_TRUE(one.at("available").is_null());
  EXPECT_TRUE(one.at("factors").at(0).at("priority").is_null());
}

TEST(licence_routes_test, shows_names_in_findings_only_to_those_who_may_see_them) {
  sample_api api;
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 5);
  finding one;
  one.kind = "failed-criterion";
  one.tenant = "contoso";
  one.subject = "ann@contoso.example";
  one.text = "criterion match[0] gave up on ann@contoso.example";
  contoso->findings.push_back(one);
  api.rooms.seen->tenants["contoso"] = contoso;
  EXPECT_THAT(api.ask(method::get, "/v1/tenants/contoso/licences").body, HasSubstr("ann@contoso.example"));
  api.become(access::role::partner, "albion");
  const std::string body = api.ask(method::get, "/v1/tenants/contoso/licences").body;
  EXPECT_THAT(body, testing::Not(HasSubstr("ann@")));
  EXPECT_THAT(body, HasSubstr("gave up on (a subject)"));
}

class history_test : public testing::Test {
 protected:
  history_test() {
    api.rooms.before = sample_entry(10, "2026-10-20T00:00:00Z", 90);
    api.rooms.entries.push_back(sample_entry(11, "2026-11-01T00:10:00Z", 90));
    api.rooms.entries.push_back(sample_entry(12, "2026-11-01T00:20:00Z", 90));
    api.rooms.entries.push_back(sample_entry(13, "2026-11-01T01:00:00Z", 95));
    api.rooms.entries.back().cause = {"decision", "", 0, 4711, "north", "lifecycle-management off"};
    api.rooms.entries.back().moved.users_added = 5;
    api.rooms.entries.push_back(sample_entry(14, "2026-11-01T02:00:00Z", 95));
  }
  std::vector<std::int64_t> sequences(const std::string& query) {
    std::vector<std::int64_t> all;
    answer = api.get("/v1/tenants/contoso/history" + query);
    for (const json::value& one : answer.at("calculations").as_array()) all.push_back(one.at("sequence").as_int64());
    return all;
  }

  sample_api api;
  json::value answer;
};

TEST_F(history_test, shows_changes_and_the_first_of_the_range) {
  EXPECT_THAT(sequences(""), ElementsAre(11, 13));
  EXPECT_EQ(answer.at("by").as_string(), "change");
  EXPECT_EQ(answer.at("since").as_string(), "2026-11-01T00:00:00.000Z");
  EXPECT_EQ(answer.at("until").as_string(), "2026-11-01T02:26:40.000Z");
  EXPECT_EQ(answer.at("before").at("sequence").as_int64(), 10);
  EXPECT_TRUE(answer.at("next").is_null());
  EXPECT_EQ(answer.at("titles").at("ump").at("factors").at("direct-routing").as_string(),
            "Managed Users-Direct Routing");
  EXPECT_EQ(json::serialize(answer.at("calculations").at(1).at("cause")),
            R"({"kind":"decision","operation":4711,"caller":"north",)"
            R"("text":"+5 users, lifecycle-management off by north, operation 4711"})");
}

TEST_F(history_test, shows_every_calculation_page_by_page) {
  EXPECT_THAT(sequences("?by=calculation"), ElementsAre(11, 12, 13, 14));
  EXPECT_THAT(sequences("?by=calculation&limit=3"), ElementsAre(11, 12, 13));
  EXPECT_EQ(answer.at("next").as_string(), "13");
  EXPECT_THAT(sequences("?by=calculation&limit=3&after=13"), ElementsAre(14));
  EXPECT_TRUE(answer.at("next").is_null());
}

TEST_F(history_test, pages_changes_too) {
  EXPECT_THAT(sequences("?limit=1"), ElementsAre(11));
  EXPECT_EQ(answer.at("next").as_string(), "11");
  EXPECT_THAT(sequences("?limit=1&after=11"), ElementsAre(13));
  EXPECT_TRUE(answer.at("next").is_null());
}

TEST_F(history_test, shows_buckets_with_their_peaks) {
  EXPECT_THAT(sequences("?by=day&since=2026-10-31"), ElementsAre(10, 14));
  const json::value& day = answer.at("calculations").at(1);
  EXPECT_EQ(day.at("bucket").as_string(), "2026-11-01");
  EXPECT_EQ(json::serialize(day.at("licences").at(0).at("peak")), R"({"licensed":95,"at":"2026-11-01T01:00:00.000Z"})");
  EXPECT_THAT(sequences("?by=month&since=2026-10-01&limit=1"), ElementsAre(10));
  EXPECT_EQ(answer.at("next").as_string(), "2026-10-01");
  EXPECT_THAT(sequences("?by=month&since=2026-10-01&limit=1&after=2026-10-01"), ElementsAre(14));
}

TEST_F(history_test, keeps_only_the_licence_or_factor_that_is_asked_for) {
  // direct-routing moves; lifecycle-management does not, so that only the first of the range is left of it.
  api.rooms.entries[2].tally.licences[0].licensed = 90;
  api.rooms.entries[3].tally.licences[0].licensed = 90;
  EXPECT_THAT(sequences("?factor=lifecycle-management"), ElementsAre(11));
  EXPECT_THAT(sequences("?licence=ump&factor=direct-routing"), ElementsAre(11, 13));
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants/contoso/history?licence=umpp"),
              HasSubstr("404 there is no licence or factor umpp"));
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/history?factor=nosuch"), 404);
}

TEST_F(history_test, reads_all_pages_of_a_long_range) {
  api.rooms.entries.clear();
  for (std::int64_t i = 0; i < 2500; ++i) {
    auto one = sample_entry(100 + i, "2026-11-01T00:00:00Z", i % 2);
    one.at += std::chrono::milliseconds(i);
    api.rooms.entries.push_back(one);
  }
  EXPECT_EQ(sequences("?limit=1000").size(), 1000U);
  EXPECT_EQ(sequences("?by=day").size(), 1U);
  EXPECT_EQ(answer.at("calculations").at(0).at("sequence").as_int64(), 2599);
}

TEST_F(history_test, refuses_nonsense_and_quotes_it) {
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants/contoso/history?since=soonish"), HasSubstr("soonish"));
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants/contoso/history?by=year"), HasSubstr("found year"));
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/history?since=2026-11-01&until=2026-10-01"), 400);
}

TEST_F(history_test, reads_dates_in_the_zone_of_the_tenant) {
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 5);
  contoso->zone = time_zone::find("Asia/Jerusalem").value();
  api.rooms.seen->tenants["contoso"] = contoso;
  sequences("?since=2026-10-31&until=2026-10-31");
  EXPECT_EQ(answer.at("since").as_string(), "2026-10-30T22:00:00.000Z");
  EXPECT_EQ(answer.at("until").as_string(), "2026-10-31T22:00:00.000Z");
  EXPECT_EQ(answer.at("time_zone").as_string(), "Asia/Jerusalem");
}

TEST_F(history_test, is_empty_where_nothing_was_calculated) {
  api.rooms.entries.clear();
  api.rooms.before.reset();
  for (const char* by : {"calculation", "change", "day", "month"}) {
    EXPECT_THAT(sequences(std::string("?by=") + by), IsEmpty()) << by;
    EXPECT_TRUE(answer.at("before").is_null());
  }
}

}  // namespace
}  // namespace licaudit::api
