#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

audit::apply_plan sample_plan() {
  audit::apply_plan plan;
  plan.id = "p1";
  audit::factor_move lifecycle;
  lifecycle.factor = "lifecycle-management";
  lifecycle.from_n1 = 2;
  lifecycle.from_n2 = 19;
  lifecycle.to_n2 = 19;
  audit::licence_move ump;
  ump.licence = "ump";
  ump.licensed_from = 20;
  ump.licensed_to = 18;
  ump.factors.push_back(lifecycle);
  audit::tenant_move contoso;
  contoso.tenant = "contoso";
  contoso.licences.push_back(ump);
  contoso.moved = 2;
  plan.tenants.push_back(contoso);
  plan.switches.push_back({"contoso", "ump", "lifecycle-management", false});
  return plan;
}

TEST(apply_routes_test, switches_a_factor_and_says_until_when_it_is_pending) {
  sample_api api;
  const json::value made =
      api.ask_json(method::put, "/v1/tenants/contoso/factors/ump/lifecycle-management", R"({"on":true})");
  EXPECT_EQ(
      json::serialize(made),
      R"({"tenant":"contoso","licence":"ump","factor":"lifecycle-management","on":false,"own":false,"pending":true,)"
      R"("text":"lifecycle-management will be on for contoso; pending until: licaudit apply contoso",)"
      R"("operation":4711,"calculation":{"sequence":88,"at":"2026-11-01T02:26:40.000Z"}})");
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/factors/ump/lifecycle-management", R"({"on":false})"), 200);
  EXPECT_EQ(api.status(method::remove, "/v1/tenants/contoso/factors/ump/lifecycle-management"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("set_switch contoso ump lifecycle-management on by root",
                                           "set_switch contoso ump lifecycle-management off by root",
                                           "set_switch contoso ump lifecycle-management default by root"));
}

TEST(apply_routes_test, says_so_when_nothing_is_pending_any_more) {
  sample_api api;
  api.rooms.on_command = [&api] {
    auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 1);
    contoso->switches.change()[0].pending.reset();
    api.rooms.seen->tenants["contoso"] = contoso;
  };
  const json::value made = api.ask_json(method::remove, "/v1/tenants/contoso/factors/ump/lifecycle-management");
  EXPECT_TRUE(made.at("pending").is_null());
  EXPECT_EQ(made.at("text").as_string(), "lifecycle-management is off for contoso");
}

TEST(apply_routes_test, refuses_a_switch_without_a_position) {
  sample_api api;
  for (const char* body : {"{}", R"({"on":"off"})", R"({"on":null})", R"({"on":true,"of":1})"}) {
    EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/factors/ump/x", body), 400) << body;
  }
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(apply_routes_test, plans) {
  sample_api api;
  api.rooms.plan = sample_plan();
  const json::value made = api.ask_json(method::post, "/v1/apply", R"({"tenants":["contoso"],"dry_run":true})");
  EXPECT_EQ(json::serialize(made),
            R"({"plan":"p1","tenants":[{"tenant":"contoso","licences":[{"licence":"ump","licensed":[20,18],)"
            R"("factors":[{"factor":"lifecycle-management","from":[2,19],"to":[0,19]}]}],"moved":2}],"rules":null,)"
            R"("pending_switches":[{"tenant":"contoso","licence":"ump","factor":"lifecycle-management","on":false}]})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("dry_run contoso"));
}

TEST(apply_routes_test, applies_tenants_all_rules_and_plans) {
  sample_api api;
  api.rooms.plan = sample_plan();
  api.rooms.plan.rules = std::pair(std::string("aa"), std::string("bb"));
  const json::value made = api.ask_json(method::post, "/v1/apply", R"({"all":true,"rules":true})");
  EXPECT_FALSE(made.as_object().contains("plan"));
  EXPECT_EQ(json::serialize(made.at("rules")), R"({"from":"aa","to":"bb"})");
  EXPECT_EQ(made.at("operation").as_int64(), 4711);
  EXPECT_EQ(made.at("calculation").at("sequence").as_int64(), 88);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"tenants":["contoso","fabrikam"]})"), 200);
  api.rooms.planned.tenants.emplace_back("contoso");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"plan":"p1"})"), 200);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"plan":"p2"})"), 404);
  EXPECT_THAT(api.rooms.asked,
              ElementsAre("apply all rules by root", "apply contoso fabrikam by root", "apply_plan p1 by root"));
}

TEST(apply_routes_test, refuses_what_is_not_clear) {
  sample_api api;
  for (const char* body :
       {"{}", R"({"tenants":[]})", R"({"tenants":["contoso"],"all":true})", R"({"tenants":[7]})",
        R"({"plan":"p1","all":true})", R"({"plan":"p1","dry_run":true})", R"({"tenants":"contoso"})"}) {
    EXPECT_EQ(api.status(method::post, "/v1/apply", body), 400) << body;
  }
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(apply_routes_test, applies_for_a_reseller_only_what_is_his) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"tenants":["contoso"]})"), 200);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"tenants":["contoso","fabrikam"]})"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"tenants":["contoso"],"rules":true})"), 403);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"all":true})"), 200);
  api.rooms.planned.tenants.emplace_back("fabrikam");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"plan":"p1"})"), 404);
  api.rooms.planned.tenants.clear();
  api.rooms.planned.all = true;
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"plan":"p1"})"), 403);
  EXPECT_THAT(api.rooms.asked, ElementsAre("apply contoso by north", "apply northwind by north"));
}

TEST(apply_routes_test, refuses_customers_and_partners) {
  for (const auto& [what, at] :
       {std::pair(access::role::customer, "contoso"), std::pair(access::role::partner, "albion")}) {
    sample_api api;
    api.become(what, at);
    EXPECT_THAT(api.problem_of(method::post, "/v1/apply", R"({"tenants":["contoso"]})"), HasSubstr("403"));
    EXPECT_THAT(api.rooms.asked, IsEmpty());
  }
}

}  // namespace
}  // namespace licaudit::api
