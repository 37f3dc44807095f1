#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class source_acceptance_test : public testing::Test {
 protected:
  source_acceptance_test() {
    sync::source_state teams;
    teams.source = "teams";
    api.rooms.sources.push_back(teams);
  }
  sample_api api;
};

TEST_F(source_acceptance_test, takes_what_a_source_that_left_the_settings_gave_leave) {
  finding left;
  left.kind = "unconfigured-source";
  left.source = "old";
  api.rooms.seen->findings.push_back(left);
  const json::value made = api.ask_json(method::post, "/v1/sources/old/accept");
  EXPECT_TRUE(made.at("left").as_bool());
  EXPECT_THAT(made.at("tenants").as_array(), IsEmpty());
  EXPECT_EQ(api.status(method::post, "/v1/sources/other/accept"), 404);
}

TEST_F(source_acceptance_test, answers_409_where_nothing_is_held_and_wakes_nobody) {
  api.rooms.fails = failure{errc::conflict, "nothing of source teams is held"};
  EXPECT_EQ(api.problem_of(method::post, "/v1/sources/teams/accept", R"({"run":7})"),
            "409 nothing of source teams is held");
  EXPECT_THAT(api.rooms.asked, ElementsAre("accept teams 7 by root"));
}

TEST_F(source_acceptance_test, refuses_bodies_of_the_wrong_form) {
  for (const char* wrong :
       {R"({"run":"7"})", R"({"tenants":"contoso"})", R"({"tenants":[null]})", R"({"runs":7})", "[]"}) {
    EXPECT_EQ(api.status(method::post, "/v1/sources/teams/accept", wrong), 400) << wrong;
  }
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(source_acceptance_test, is_refused_to_auditors_who_may_look_at_the_runs) {
  api.become(access::role::auditor, "host");
  EXPECT_EQ(api.status(method::get, "/v1/sources/teams/runs"), 200);
  EXPECT_EQ(api.status(method::post, "/v1/sources/teams/accept"), 403);
  EXPECT_EQ(api.status(method::post, "/v1/refresh"), 403);
}

TEST_F(source_acceptance_test, shows_the_runs_of_a_source_that_left_the_settings_as_long_as_there_are_any) {
  source_run run;
  run.id = 1;
  run.source = "old";
  api.rooms.known_runs.push_back(run);
  const json::value page = api.get("/v1/sources/old/runs?limit=1");
  EXPECT_EQ(page.at("runs").as_array().size(), 1U);
  EXPECT_TRUE(page.at("next").is_null()) << "there is none before the first";
  EXPECT_THAT(api.problem_of(method::get, "/v1/sources/older/runs"), HasSubstr("404 there is no source older"));
}

}  // namespace
}  // namespace licaudit::api
