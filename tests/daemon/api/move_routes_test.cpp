#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string move = "/v1/tenants/contoso/move";

class move_routes_test : public testing::Test {
 protected:
  move_routes_test() {
    api.rooms.moved.tenant = "contoso";
    api.rooms.moved.from = "albion";
    api.rooms.moved.to = "northwind";
    audit::relocation::licence ump;
    ump.licence = "ump";
    ump.acquired_from = 500;
    ump.licensed_from = 200;
    ump.factors = {{"direct-routing", 200, 212, 0, 0}};
    api.rooms.moved.sums = {{"albion", {ump}}, {"northwind", {}}};
    api.rooms.moved.pools = {{"northwind", "agents", pool{pool_kind::units, 100, 40}, pool{pool_kind::units, 100, 60}},
                             {"albion", "agents", pool{pool_kind::units, 50, 20}, std::nullopt}};
    api.rooms.moved.switches = {{"contoso", "ump", "lifecycle-management", true, false}};
    api.rooms.moved.zones = {{"contoso", "UTC", "Europe/London"}};
    api.rooms.moved.disabled = {{"contoso", false, true}};
  }
  sample_api api;
};

TEST_F(move_routes_test, answers_what_a_move_changes_and_what_it_did) {
  const json::value made = api.ask_json(method::post, move, R"({"to":"northwind"})");
  EXPECT_EQ(
      json::serialize(made),
      R"({"tenant":"contoso","from":"albion","to":"northwind","effective":null,"state":"moved","sums":[)"
      R"({"tenant":"albion","licences":[{"licence":"ump","acquired":[500,null],"licensed":[200,0],)"
      R"("factors":[{"factor":"direct-routing","from":[200,212],"to":[0,0]}]}]},)"
      R"({"tenant":"northwind","licences":[]}],"pools":[{"tenant":"northwind","licence":"agents","size":[100,100],)"
      R"("handed_out":[40,60]},{"tenant":"albion","licence":"agents","size":[50,null],"handed_out":[20,null]}],)"
      R"("switches":[{"tenant":"contoso","licence":"ump","factor":"lifecycle-management","from":true,"to":false}],)"
      R"("time_zones":[{"tenant":"contoso","from":"UTC","to":"Europe/London"}],)"
      R"("disabled":[{"tenant":"contoso","from":false,"to":true}],)"
      R"("operation":4711,"calculation":{"sequence":88,"at":"2026-11-01T02:26:40.000Z"}})");
  EXPECT_THAT(api.rooms.asked, ElementsAre("move contoso to northwind by root"));
}

TEST_F(move_routes_test, only_asks_for_a_dry_run) {
  const json::value tried = api.ask_json(method::post, move, R"({"to":"northwind","dry_run":true})");
  EXPECT_EQ(tried.at("state").as_string(), "dry-run");
  EXPECT_FALSE(tried.as_object().contains("operation"));
  EXPECT_THAT(api.rooms.asked, ElementsAre("try_move contoso to northwind"));
}

TEST_F(move_routes_test, takes_a_date_in_the_zone_of_the_tenant) {
  auto zoned = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  zoned->zone = time_zone::find("Asia/Tokyo").value();
  api.rooms.seen->tenants["contoso"] = zoned;
  const json::value planned = api.ask_json(method::post, move, R"({"to":"northwind","effective":"2026-12-01"})");
  EXPECT_EQ(planned.at("state").as_string(), "planned");
  EXPECT_EQ(planned.at("effective").as_string(), "2026-11-30T15:00:00.000Z");
  EXPECT_FALSE(planned.as_object().contains("calculation"));
  EXPECT_EQ(api.status(method::post, move, R"({"to":"northwind","effective":"now"})"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("move contoso to northwind at 2026-11-30T15:00:00.000Z by root",
                                           "move contoso to northwind by root"));
}

TEST_F(move_routes_test, refuses_nonsense_with_the_text_that_is_wrong) {
  EXPECT_THAT(api.problem_of(method::post, move, R"({"to":"northwind","effective":"1 November"})"),
              HasSubstr("400 effective: '1 November' names no time zone with 'November'"));
  EXPECT_THAT(api.problem_of(method::post, move, R"({"to":"northwind","effective":"yesterday"})"),
              HasSubstr("lies in the past; history stays as it was"));
  for (const char* wrong : {"{}", "[]", R"({"to":7})", R"({"to":"northwind","when":"now"})",
                            R"({"to":"northwind","dry_run":"yes"})", R"({"to":"northwind","effective":20261201})"}) {
    EXPECT_THAT(api.problem_of(method::post, move, wrong), HasSubstr("400")) << wrong;
  }
  EXPECT_EQ(api.status(method::post, move, R"({"to":"nosuch"})"), 404);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(move_routes_test, needs_the_right_at_both_places_and_that_to_set_partners_where_one_is_left) {
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, move, R"({"to":"northwind"})"), 403) << "it stands under a partner";
  EXPECT_EQ(api.status(method::post, move, R"({"to":"host"})"), 404) << "beyond its subtree";
  api.rooms.seen->tenants["tailspin"] = sample_tenant("tailspin", "northwind", tenant_type::customer, 1);
  api.rooms.seen->tenants["south"] = sample_tenant("south", "northwind", tenant_type::reseller, 0);
  EXPECT_EQ(api.status(method::post, "/v1/tenants/tailspin/move", R"({"to":"south"})"), 200);
  EXPECT_EQ(api.status(method::post, "/v1/tenants/tailspin/move", R"({"to":"albion","dry_run":true})"), 403);
  EXPECT_THAT(api.rooms.asked, ElementsAre("move tailspin to south by north"));
}

TEST_F(move_routes_test, passes_on_why_the_office_refuses) {
  api.rooms.fails = failure{errc::conflict, "tenant contoso comes from source tenants: move it there"};
  for (const char* body : {R"({"to":"northwind"})", R"({"to":"northwind","dry_run":true})"})
    EXPECT_EQ(api.problem_of(method::post, move, body), "409 tenant contoso comes from source tenants: move it there");
  api.rooms.fails = failure{errc::conflict, "no move of tenant contoso is planned"};
  EXPECT_EQ(api.problem_of(method::remove, move), "409 no move of tenant contoso is planned");
}

TEST_F(move_routes_test, cancels_what_was_planned) {
  const json::value made = api.ask_json(method::remove, move);
  EXPECT_TRUE(made.at("cancelled").as_bool());
  EXPECT_EQ(made.at("operation").as_int64(), 4711);
  EXPECT_THAT(api.rooms.asked, ElementsAre("cancel_move contoso by root"));
}

TEST_F(move_routes_test, stand_on_the_page_of_the_tenant_while_planned) {
  EXPECT_TRUE(api.get("/v1/tenants/contoso").at("planned_move").is_null());
  auto seen = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  seen->decided.change().planned = ledger::stored_move{"contoso", "northwind", sample_now, 17, "north", {}};
  api.rooms.seen->tenants["contoso"] = seen;
  EXPECT_EQ(
      json::serialize(api.get("/v1/tenants/contoso").at("planned_move")),
      R"({"to":"northwind","effective":"2026-11-01T02:26:40.000Z","operation":17,"caller":"north","refused":null})");
}

}  // namespace
}  // namespace licaudit::api
