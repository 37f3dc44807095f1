#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class status_routes_test : public testing::Test {
 protected:
  void add_source(const char* name, sync::source_condition condition) {
    sync::source_state made;
    made.source = name;
    made.plugin = "csv";
    made.condition = condition;
    api.rooms.sources.push_back(made);
  }
  void add_finding_of(const char* tenant, severity level) {
    finding made;
    made.kind = "over-use";
    made.tenant = tenant;
    made.level = level;
    api.rooms.seen->findings.push_back(made);
  }
  void set_state(const std::string& tenant, const char* parent, tally_state state) {
    auto made = sample_tenant(tenant, parent, tenant_type::customer, 100);
    made->tally.change().licences[0].state = state;
    api.rooms.seen->tenants[tenant] = made;
  }
  std::string state() { return std::string(api.get("/v1/status").at("state").as_string()); }

  sample_api api;
};

TEST_F(status_routes_test, is_sound_while_a_source_runs_and_degraded_while_one_does_not_deliver) {
  using sync::source_condition;
  for (const auto& [condition, expected] :
       {std::pair(source_condition::ok, "ok"), std::pair(source_condition::running, "ok"),
        std::pair(source_condition::stale, "degraded"), std::pair(source_condition::held, "degraded"),
        std::pair(source_condition::never, "degraded")}) {
    api.rooms.sources.clear();
    add_source("good", source_condition::ok);
    add_source("teams", condition);
    EXPECT_EQ(state(), expected) << sync::to_text(condition);
  }
}

TEST_F(status_routes_test, is_degraded_by_the_tallies_that_the_caller_sees_and_no_others) {
  set_state("fabrikam", "host", tally_state::held);
  EXPECT_EQ(state(), "degraded");
  set_state("fabrikam", "host", tally_state::disabled);
  EXPECT_EQ(state(), "ok") << "switched off is a decision, not a fault";
  set_state("fabrikam", "host", tally_state::degraded);
  EXPECT_EQ(state(), "degraded");
  api.become(access::role::customer, "contoso");
  EXPECT_EQ(state(), "ok") << "what goes wrong at fabrikam is not contoso's";
}

TEST_F(status_routes_test, tells_those_who_do_not_inspect_nothing_of_the_sources) {
  add_source("teams", sync::source_condition::stale);
  api.become(access::role::reseller, "northwind");
  const json::value status = api.get("/v1/status");
  EXPECT_THAT(status.at("sources").as_array(), IsEmpty());
  EXPECT_EQ(status.at("state").as_string(), "ok");
  EXPECT_THAT(json::serialize(status), Not(HasSubstr("teams")));
  EXPECT_EQ(api.status(method::get, "/v1/sources"), 403);
}

TEST_F(status_routes_test, tells_a_provider_and_an_auditor_at_the_root_of_the_sources) {
  add_source("teams", sync::source_condition::stale);
  for (const access::role what : {access::role::provider, access::role::auditor}) {
    api.grants.clear();
    api.become(what, "host");
    const json::value status = api.get("/v1/status");
    EXPECT_EQ(status.at("sources").as_array().size(), 1U) << access::to_text(what);
    EXPECT_EQ(status.at("state").as_string(), "degraded");
  }
  api.grants.clear();
  api.become(access::role::auditor, "contoso");
  EXPECT_THAT(api.get("/v1/status").at("sources").as_array(), IsEmpty()) << "an auditor of one customer only";
}

TEST_F(status_routes_test, says_of_a_disk_that_is_full_to_everybody) {
  api.rooms.seen->problem = "the disk is full";
  api.become(access::role::customer, "contoso");
  const json::value status = api.get("/v1/status");
  EXPECT_EQ(status.at("state").as_string(), "degraded");
  EXPECT_EQ(status.at("problem").as_string(), "the disk is full");
}

TEST_F(status_routes_test, counts_findings_by_severity_and_sight) {
  add_finding_of("contoso", severity::page);
  add_finding_of("contoso", severity::warn);
  add_finding_of("fabrikam", severity::warn);
  add_finding_of("", severity::info);
  EXPECT_EQ(json::serialize(api.get("/v1/status").at("findings")), R"({"page":1,"warn":2,"info":1,"acknowledged":0})");
  api.become(access::role::partner, "albion");
  EXPECT_EQ(json::serialize(api.get("/v1/status").at("findings")), R"({"page":1,"warn":1,"info":0,"acknowledged":0})");
}

TEST_F(status_routes_test, counts_tenants_users_and_numbers_of_the_subtree) {
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  contoso->numbers = 33;
  api.rooms.seen->tenants["contoso"] = contoso;
  api.become(access::role::reseller, "northwind");
  const json::value status = api.get("/v1/status");
  EXPECT_EQ(status.at("tenants").as_int64(), 3);
  EXPECT_EQ(status.at("users").as_int64(), 200);
  EXPECT_EQ(status.at("numbers").as_int64(), 33);
}

TEST_F(status_routes_test, shows_the_last_run_of_a_source_and_when_it_comes_again) {
  add_source("teams", sync::source_condition::stale);
  sync::source_state& teams = api.rooms.sources[0];
  source_run run;
  run.id = 7;
  run.started = sample_now - std::chrono::seconds(20);
  run.ended = sample_now - std::chrono::seconds(10);
  run.state = run_state::failed;
  run.problem = "exit 1: \"no route\"";
  teams.last_run = run;
  teams.last_good = sample_now - std::chrono::hours(1);
  teams.next = sample_now + std::chrono::seconds(20);
  teams.failed_since_good = 3;
  teams.every = std::chrono::minutes(15);
  EXPECT_EQ(json::serialize(api.get("/v1/status").at("sources").at(0)),
            R"({"source":"teams","plugin":"csv","state":"stale","last_run":{"run":7,)"
            R"("started":"2026-11-01T02:26:20.000Z","ended":"2026-11-01T02:26:30.000Z","state":"failed",)"
            R"("problem":"exit 1: \"no route\""},"last_good":"2026-11-01T01:26:40.000Z",)"
            R"("next":"2026-11-01T02:27:00.000Z","failed_since_good":3,"every_seconds":900})");
}

TEST_F(status_routes_test, says_what_is_missing_on_the_first_day) {
  api.rooms.seen = std::make_shared<audit::view>();
  const json::value status = api.get("/v1/status");
  EXPECT_TRUE(status.at("last_calculation").is_null());
  EXPECT_TRUE(status.at("rules").at("revision").is_null());
  EXPECT_TRUE(status.at("rules").at("pending").is_null());
  EXPECT_EQ(status.at("tenants").as_int64(), 0);
  EXPECT_EQ(status.at("state").as_string(), "ok");
}

TEST_F(status_routes_test, names_the_revision_that_waits_for_apply) {
  factor_set set = sample_rules()->set();
  set.licences[0].title = "Renamed";
  auto other = factors::rules::compile(std::move(set));
  api.rooms.seen->pending = std::get<std::shared_ptr<const factors::rules>>(other);
  const json::value rules = api.get("/v1/status").at("rules");
  EXPECT_EQ(rules.at("pending").as_string(), api.rooms.seen->pending->revision().name);
  EXPECT_NE(rules.at("pending").as_string(), rules.at("revision").as_string());
}

TEST_F(status_routes_test, says_who_caused_the_last_calculation) {
  api.rooms.seen->last_cause = {"decision", "", 0, 4711, "north", "lifecycle-management off"};
  EXPECT_EQ(api.get("/v1/status").at("last_calculation").at("cause").as_string(),
            "lifecycle-management off by north, operation 4711");
}

TEST_F(status_routes_test, shows_under_each_source_only_what_is_held_of_it) {
  add_source("teams", sync::source_condition::held);
  add_source("sbc", sync::source_condition::ok);
  api.rooms.seen->held.push_back({"teams", "contoso", 7, "a"});
  api.rooms.seen->held.push_back({"teams", "fabrikam", 7, "b"});
  const json::value page = api.get("/v1/sources");
  EXPECT_EQ(page.at("sources").at(0).at("held").as_array().size(), 2U);
  EXPECT_EQ(page.at("sources").at(0).at("held").at(1).at("tenant").as_string(), "fabrikam");
  EXPECT_THAT(page.at("sources").at(1).at("held").as_array(), IsEmpty());
}

TEST_F(status_routes_test, answers_metrics_only_to_those_who_inspect) {
  const response page = api.ask(method::get, "/metrics");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("licaudit_tenants 5\n"));
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::get, "/metrics"), 403);
  ASSERT_EQ(api.refused.size(), 1U);
  EXPECT_EQ(api.refused[0].caller, "north");
}

}  // namespace
}  // namespace licaudit::api
