#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

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

operation logged(std::int64_t sequence, std::string text) {
  operation one;
  one.sequence = sequence;
  one.at = sample_now;
  one.type = "factor";
  one.caller = "north";
  one.tenant = "contoso";
  one.text = std::move(text);
  one.detail["on"] = false;
  return one;
}

TEST(operations_test, lists_them_page_by_page) {
  sample_api api;
  for (std::int64_t i = 1; i <= 3; ++i) api.rooms.logged.push_back(logged(i, "off"));
  const json::value page = api.get("/v1/operations?limit=2&type=factor&caller=north");
  EXPECT_EQ(json::serialize(page.at("operations").at(0)),
            R"({"operation":1,"at":"2026-11-01T02:26:40.000Z","type":"factor","caller":"north","tenant":"contoso",)"
            R"("text":"off","detail":{"on":false}})");
  EXPECT_EQ(page.at("next").as_string(), "2");
  EXPECT_TRUE(api.get("/v1/operations?limit=2&after=2").at("next").is_null());
  EXPECT_THAT(api.rooms.asked,
              ElementsAre("operations type=factor caller=north after=0", "operations type= caller= after=2"));
}

TEST(operations_test, asks_only_for_the_tenants_that_the_caller_sees) {
  sample_api api;
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=northwind"), 200);
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::get, "/v1/operations"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=contoso"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=fabrikam"), 404);
  EXPECT_THAT(api.rooms.asked, ElementsAre("operations type= caller= after=0 albion contoso northwind",
                                           "operations type= caller= after=0 albion contoso northwind",
                                           "operations type= caller= after=0 contoso"));
}

/// gone, once under albion, and older, once under northwind.
void remove_two(sample_api& api) {
  api.rooms.seen->retired = std::make_shared<const std::map<std::string, std::string, std::less<>>>(
      std::map<std::string, std::string, std::less<>>{{"gone", "albion"}, {"older", "northwind"}});
}

TEST(operations_test, of_removed_tenants_stay_where_they_stood) {
  sample_api api;
  remove_two(api);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=gone"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=northwind"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=nosuch"), 404);
  api.become(access::role::partner, "albion");
  EXPECT_EQ(api.status(method::get, "/v1/operations"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=older"), 404) << "it stood beside him";
  EXPECT_THAT(api.rooms.asked, ElementsAre("operations type= caller= after=0 gone",
                                           "operations type= caller= after=0 albion contoso northwind gone older",
                                           "operations type= caller= after=0 albion contoso gone"));
}

TEST(history_of_removed_tenants_test, is_read_by_those_who_read_it_before) {
  sample_api api;
  remove_two(api);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/gone/history"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/gone"), 404);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/gone/licences"), 404);
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/gone", R"({"name":"x"})"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/tenants/gone/move", R"({"to":"host"})"), 404);
  api.become(access::role::customer, "contoso");
  EXPECT_EQ(api.status(method::get, "/v1/tenants/gone/history"), 404);
  api.become(access::role::partner, "albion");
  EXPECT_EQ(api.status(method::get, "/v1/tenants/gone/history"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/older/history"), 404);
}

TEST(operations_test, answers_csv_that_no_spreadsheet_runs) {
  sample_api api;
  api.rooms.logged.push_back(logged(1, "say \"off\", then"));
  api.rooms.logged.push_back(logged(2, "=cmd|' /C calc'!A0"));
  api.accept_header = "text/csv";
  const response answer = api.ask(method::get, "/v1/operations");
  EXPECT_THAT(answer.content_type, HasSubstr("text/csv"));
  EXPECT_EQ(
      answer.body,
      "operation,at,type,caller,tenant,text,detail\r\n"
      "1,2026-11-01T02:26:40.000Z,\"factor\",\"north\",\"contoso\",\"say \"\"off\"\", then\",\"{\"\"on\"\":false}\"\r\n"
      "2,2026-11-01T02:26:40.000Z,\"factor\",\"north\",\"contoso\",\"'=cmd|' /C calc'!A0\",\"{\"\"on\"\":false}\"\r\n");
}

TEST(rules_test, shows_the_rules_in_force_and_those_that_wait) {
  sample_api api;
  const json::value now = api.get("/v1/rules");
  EXPECT_EQ(now.at("revision").as_string(), api.rooms.seen->rules->revision().name);
  EXPECT_TRUE(now.at("pending").is_null());
  EXPECT_EQ(now.at("rules").at("licences").at(0).at("id").as_string(), "ump");
  api.rooms.seen->pending = sample_rules();
  EXPECT_TRUE(api.get("/v1/rules").at("pending").at("rules").is_object());
  api.rooms.seen->rules = nullptr;
  EXPECT_EQ(api.status(method::get, "/v1/rules"), 503);
}

TEST(rules_test, shows_the_rules_of_an_instant) {
  sample_api api;
  api.rooms.then.name = "abc";
  api.rooms.then.text = R"({"licences":[],"services":{}})";
  EXPECT_EQ(
      json::serialize(api.get("/v1/rules?at=2026-10-01")),
      R"({"revision":"abc","since":"1970-01-01T00:00:00.000Z","pending":null,"rules":{"licences":[],"services":{}}})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("rules_at 2026-10-01T00:00:00.000Z"));
  api.rooms.fails = failure{errc::unknown, "no rules were in force then"};
  EXPECT_EQ(api.status(method::get, "/v1/rules?at=1999-01-01"), 404);
}

TEST(rules_test, reloads_or_says_all_that_is_wrong) {
  sample_api api;
  const json::value good = api.ask_json(method::post, "/v1/reload");
  EXPECT_TRUE(good.at("reloaded").as_bool());
  EXPECT_EQ(good.at("operation").as_int64(), 0);
  api.rooms.reloaded.errors.emplace_back("licauditd.yaml:3:1: sorces: unknown key");
  api.rooms.reloaded.errors.emplace_back("licauditd.yaml:9:1: rules: expected on-apply or automatic");
  const response bad = api.ask(method::post, "/v1/reload");
  EXPECT_EQ(bad.status, 422);
  EXPECT_EQ(parse_json(bad.body).value().at("errors").as_array().size(), 2U);
  EXPECT_THAT(bad.body, HasSubstr("2 problem(s); nothing was changed"));
}

TEST(rules_test, verifies_chain_and_counts_and_writes_it_down) {
  sample_api api;
  api.rooms.verified.entries = 99;
  api.rooms.verified.head = "abcd";
  EXPECT_EQ(json::serialize(api.ask_json(method::post, "/v1/verify", R"({"full":true})")),
            R"({"clean":true,"entries":99,"calculations":0,"tallies":0,"head":"abcd","problems":[]})");
  api.rooms.recounted.emplace_back("contoso ump: 200 stored, 201 counted");
  const json::value wrong = api.ask_json(method::post, "/v1/verify");
  EXPECT_FALSE(wrong.at("clean").as_bool());
  EXPECT_THAT(api.rooms.asked, ElementsAre("verify full", "record verify: verify: clean by root", "verify",
                                           "record verify: verify: 1 problem(s) by root"));
  EXPECT_EQ(api.status(method::post, "/v1/verify", R"({"ful":true})"), 400);
}

TEST(status_test, tells_how_everything_stands) {
  sample_api api;
  sync::source_state teams;
  teams.source = "teams";
  teams.plugin = "teams";
  teams.condition = sync::source_condition::ok;
  api.rooms.sources.push_back(teams);
  EXPECT_EQ(
      json::serialize(api.get("/v1/status")),
      R"({"version":"0.1.0","uptime_seconds":3600,"now":"2026-11-01T02:26:40.000Z","host":"pbx-1","state":"ok",)"
      R"("last_calculation":{"at":"2026-11-01T01:26:40.000Z","cause":"schedule","sequence":87},)"
      R"("sources":[{"source":"teams","plugin":"teams","state":"ok","last_run":null,"last_good":null,"next":null,)"
      R"("failed_since_good":0,"every_seconds":0}],"rules":{"revision":")" +
          api.rooms.seen->rules->revision().name +
          R"(","since":"2026-10-30T02:26:40.000Z","pending":null},"time_zone":"UTC","tenants":5,"users":300,)"
          R"("numbers":0,"findings":{"page":0,"warn":0,"info":0,"acknowledged":0},"database":{"bytes":8192,"wal_bytes":4096},)"
          R"("chain":{"sequence":99,"head":"abcd"},"ledger":"1234","epoch":1,"loading":false,"problem":null})");
}

TEST(status_test, is_degraded_where_something_is_wrong) {
  sample_api api;
  api.rooms.seen->problem = "the disk is full: writing stopped";
  const json::value full = api.get("/v1/status");
  EXPECT_EQ(full.at("state").as_string(), "degraded");
  EXPECT_EQ(full.at("problem").as_string(), "the disk is full: writing stopped");
  sample_api stale;
  stale.rooms.sources.emplace_back();
  stale.rooms.sources[0].condition = sync::source_condition::stale;
  EXPECT_EQ(stale.get("/v1/status").at("state").as_string(), "degraded");
}

TEST(status_test, shows_a_customer_only_what_is_his) {
  sample_api api;
  api.rooms.sources.emplace_back();
  api.rooms.sources[0].source = "dial-plans.fabrikam";
  api.rooms.seen->findings.push_back(made("over-use", severity::warn, "fabrikam"));
  api.become(access::role::customer, "contoso");
  const json::value status = api.get("/v1/status");
  EXPECT_EQ(status.at("tenants").as_int64(), 1);
  EXPECT_EQ(status.at("users").as_int64(), 200);
  EXPECT_EQ(status.at("findings").at("warn").as_int64(), 0);
  EXPECT_THAT(status.at("sources").as_array(), IsEmpty());
  EXPECT_THAT(json::serialize(status), testing::Not(HasSubstr("fabrikam")));
}

}  // namespace
}  // namespace licaudit::api
