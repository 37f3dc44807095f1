#include "daemon/api/apply_page.hpp"

#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string lifecycle = "/v1/tenants/contoso/factors/ump/lifecycle-management";

audit::apply_plan rules_plan() {
  audit::apply_plan plan;
  plan.id = "p9";
  plan.rules = std::pair(std::string("aaaa"), std::string("bbbb"));
  for (const char* tenant : {"contoso", "fabrikam"}) {
    audit::tenant_move move;
    move.tenant = tenant;
    move.licences.push_back({"ump", 20, 25, {}});
    move.moved = 5;
    plan.tenants.push_back(move);
  }
  return plan;
}

TEST(apply_page_test, shows_a_plan_of_nothing_as_empty_lists) {
  EXPECT_EQ(apply_page(audit::apply_plan(), std::nullopt),
            R"({"plan":"","tenants":[],"rules":null,"pending_switches":[]})");
}

TEST(apply_page_test, shows_the_outcome_in_place_of_the_plan_once_it_is_done) {
  const json::value page =
      parse_json(apply_page(rules_plan(), audit::done{12, audit::calculation_stamp{3, sample_now}})).value();
  EXPECT_FALSE(page.as_object().contains("plan")) << "it cannot be applied twice";
  EXPECT_EQ(page.at("operation").as_int64(), 12);
  EXPECT_EQ(page.at("calculation").at("sequence").as_int64(), 3);
  EXPECT_EQ(page.at("tenants").as_array().size(), 2U);
}

TEST(apply_page_test, says_null_where_no_calculation_was_made) {
  const json::value page = parse_json(apply_page(rules_plan(), audit::done{12, std::nullopt})).value();
  EXPECT_TRUE(page.at("calculation").is_null());
}

TEST(apply_dry_run_test, plans_rules_for_all) {
  sample_api api;
  api.rooms.plan = rules_plan();
  const json::value plan = api.ask_json(method::post, "/v1/apply", R"({"all":true,"rules":true,"dry_run":true})");
  EXPECT_EQ(plan.at("plan").as_string(), "p9");
  EXPECT_EQ(json::serialize(plan.at("rules")), R"({"from":"aaaa","to":"bbbb"})");
  EXPECT_EQ(json::serialize(plan.at("tenants").at(1)),
            R"({"tenant":"fabrikam","licences":[{"licence":"ump","licensed":[20,25],"factors":[]}],"moved":5})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("dry_run all rules"));
}

TEST(apply_dry_run_test, needs_the_same_rights_as_the_apply) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"tenants":["fabrikam"],"dry_run":true})"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"all":true,"rules":true,"dry_run":true})"), 403);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"tenants":["nosuch"],"dry_run":true})"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"all":true,"dry_run":true})"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("dry_run northwind")) << "all is all that is his";
}

TEST(apply_all_test, of_a_caller_with_two_mappings_is_both_of_his_tenants) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  api.become(access::role::provider, "fabrikam");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"all":true})"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("apply northwind fabrikam by north"));
}

TEST(apply_all_test, of_a_provider_at_the_root_stays_all) {
  sample_api api;
  api.become(access::role::provider, "host");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"all":true,"rules":true})"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("apply all rules by north"));
}

TEST(apply_plan_test, answers_409_when_the_plan_is_out_of_date) {
  sample_api api;
  api.rooms.planned.tenants.emplace_back("contoso");
  api.rooms.fails = failure{errc::conflict, "plan p1 is out of date: plan again"};
  EXPECT_EQ(api.problem_of(method::post, "/v1/apply", R"({"plan":"p1"})"), "409 plan p1 is out of date: plan again");
}

TEST(apply_plan_test, of_rules_is_refused_to_who_may_only_switch) {
  sample_api api;
  api.rooms.planned.tenants.emplace_back("contoso");
  api.rooms.planned.rules = true;
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"plan":"p1"})"), 403);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
  EXPECT_EQ(api.refused.size(), 1U);
}

TEST(apply_plan_test, of_a_provider_may_be_applied_by_a_reseller_who_could_have_made_it) {
  sample_api api;
  api.rooms.planned.tenants.emplace_back("contoso");
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, "/v1/apply", R"({"plan":"p1"})"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("apply_plan p1 by north"));
}

TEST(apply_plan_test, stands_alone) {
  sample_api api;
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply", R"({"plan":"p1","tenants":["contoso"]})"),
              HasSubstr("a plan stands alone"));
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply", R"({"plan":"p1","rules":true})"),
              HasSubstr("a plan stands alone"));
  EXPECT_THAT(api.problem_of(method::post, "/v1/apply", R"({"plan":7})"), HasSubstr("400"));
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(factor_switch_test, of_a_tenant_without_switches_is_told_as_it_was_asked) {
  sample_api api;
  auto bare = sample_tenant("contoso", "albion", tenant_type::customer, 1);
  bare->switches.change().clear();
  api.rooms.seen->tenants["contoso"] = bare;
  const json::value off = api.ask_json(method::put, lifecycle, R"({"on":false})");
  EXPECT_EQ(off.at("text").as_string(),
            "lifecycle-management will be off for contoso; pending until: licaudit apply contoso");
  EXPECT_TRUE(off.at("own").is_null());
  EXPECT_TRUE(api.ask_json(method::remove, lifecycle).at("pending").is_null());
}

TEST(factor_switch_test, passes_on_why_the_office_refuses) {
  sample_api api;
  api.rooms.fails = failure{errc::refused, "direct-routing cannot be switched"};
  EXPECT_EQ(api.problem_of(method::put, lifecycle, R"({"on":false})"), "422 direct-routing cannot be switched");
  EXPECT_EQ(api.problem_of(method::remove, lifecycle), "422 direct-routing cannot be switched");
}

TEST(factor_switch_test, is_refused_to_partners_customers_and_auditors) {
  for (const auto& [what, at] :
       {std::pair(access::role::partner, "albion"), std::pair(access::role::customer, "contoso"),
        std::pair(access::role::auditor, "host")}) {
    sample_api api;
    api.become(what, at);
    EXPECT_EQ(api.status(method::put, lifecycle, R"({"on":true})"), 403) << access::to_text(what);
    EXPECT_EQ(api.status(method::remove, lifecycle), 403) << access::to_text(what);
    EXPECT_THAT(api.rooms.asked, IsEmpty());
  }
}

}  // namespace
}  // namespace licaudit::api
