#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr const char* cart = "/v1/tenants/contoso/order";
constexpr const char* confirm = "/v1/tenants/contoso/order/confirm";
constexpr const char* limit = "/v1/tenants/contoso/limits/speech";

/// One line of ump, 500 -> 520, and a month of contoso that began with 400.
void stage_ump(sample_api& api, std::string blocked = {}) {
  api.rooms.staged.lines.push_back({"ump", 500, 20, 520, std::move(blocked)});
  observed_tenant contoso;
  contoso.tenant = "contoso";
  contoso.places.push_back({parse_rfc3339("2026-10-01T00:00:00Z").value(), "albion"});
  contoso.licences["ump"] = {{parse_rfc3339("2026-10-30T00:00:00Z").value(), 80, 500, 200, tally_state::ok, true}};
  api.rooms.observed.tenants.push_back(contoso);
  api.rooms.observed.rules = canonical_json(to_json(
      factor_set_from_json(parse_json(R"({"licences":[{"id":"ump","title":"U","billing":{"of":"acquired","by":"peak"},
        "factors":[{"id":"f","title":"F","subject":"user","priority":1}]}]})")
                               .value())
          .value()));
}

TEST(order_routes_test, show_now_then_and_the_month_before_and_after) {
  sample_api api;
  stage_ump(api);
  const json::value page = api.get(cart);
  EXPECT_EQ(page.at("tenant"), "contoso");
  EXPECT_EQ(page.at("version"), 3);
  EXPECT_EQ(page.at("state"), "ok");
  ASSERT_THAT(page.at("lines").as_array(), SizeIs(1));
  const auto& line = page.at("lines").at(0);
  EXPECT_EQ(line.at("licence"), "ump");
  EXPECT_EQ(line.at("now"), 500);
  EXPECT_EQ(line.at("change"), 20);
  EXPECT_EQ(line.at("then"), 520);
  EXPECT_EQ(line.at("month_now"), 500);
  EXPECT_EQ(line.at("month_then"), 520);
  EXPECT_TRUE(line.at("blocked").is_null());
  EXPECT_THAT(api.rooms.asked, ElementsAre("cart contoso by root", "order_effects contoso 2026-11"));
}

TEST(order_routes_test, show_an_empty_cart_without_asking_the_ledger) {
  sample_api api;
  EXPECT_THAT(api.get(cart).at("lines").as_array(), IsEmpty());
  EXPECT_THAT(api.rooms.asked, ElementsAre("cart contoso by root"));
}

TEST(order_routes_test, say_null_where_nothing_is_known_of_the_month) {
  sample_api api;
  api.rooms.staged.lines.push_back({"ump", std::nullopt, 20, 20, "why"});
  const json::value page = api.get(cart);
  EXPECT_TRUE(page.at("lines").at(0).at("month_now").is_null());
  EXPECT_TRUE(page.at("lines").at(0).at("now").is_null());
  EXPECT_EQ(page.at("lines").at(0).at("blocked"), "why");
}

TEST(order_routes_test, stage_and_drop) {
  sample_api api;
  api.ask_json(method::post, cart, R"({"licence":"ump","change":-20})");
  api.ask_json(method::remove, "/v1/tenants/contoso/order?licence=ump");
  api.ask_json(method::remove, cart);
  EXPECT_THAT(api.rooms.asked,
              ElementsAre("stage contoso ump -20 by root", "unstage contoso ump by root", "unstage contoso  by root"));
}

TEST(order_routes_test, refuse_to_stage_what_is_no_whole_number) {
  sample_api api;
  for (const char* change : {"1.5", "9223372036854775808", R"("20")", "null", "true", R"("20 EUR")"})
    EXPECT_EQ(api.status(method::post, cart, std::string(R"({"licence":"ump","change":)") + change + "}"), 400)
        << change;
  EXPECT_EQ(api.status(method::post, cart, R"({"change":1})"), 400);
  EXPECT_EQ(api.status(method::post, cart, R"({"licence":"ump","change":1,"price":2})"), 400);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(order_routes_test, confirm_the_version_that_was_seen) {
  sample_api api;
  stage_ump(api);
  const json::value done = api.ask_json(method::post, confirm, R"({"version":3})");
  EXPECT_EQ(done.at("operation"), 4711);
  EXPECT_EQ(done.at("calculation").at("sequence"), 88);
  EXPECT_EQ(done.at("lines").at(0).at("then"), 520);
  EXPECT_EQ(done.at("lines").at(0).at("month_then"), 520);
  EXPECT_THAT(api.rooms.asked, Contains("confirm contoso 3 by root"));
}

TEST(order_routes_test, answer_what_blocks_with_every_line_and_log_it) {
  sample_api api;
  stage_ump(api, "8 of ump are licensed: free 1 first");
  api.rooms.staged.lines.push_back({"voice", 1, 1, 2, ""});
  api.rooms.staged.lines.push_back({"old", 0, 1, 1, "old is deprecated"});
  api.rooms.blocked = true;
  const response answer = api.ask(method::post, confirm, R"({"version":3})");
  EXPECT_EQ(answer.status, 422);
  const auto problem = parse_json(answer.body).value();
  EXPECT_EQ(problem.at("detail"),
            "nothing was ordered for contoso; 8 of ump are licensed: free 1 first; old is deprecated");
  EXPECT_THAT(problem.at("lines").as_array(), SizeIs(2));
  EXPECT_EQ(problem.at("lines").at(0).at("then"), 520);
  ASSERT_THAT(api.refused, SizeIs(1));
  EXPECT_THAT(api.refused[0].text, StartsWith("POST /v1/tenants/{t}/order/confirm: nothing was ordered for contoso"));
}

TEST(order_routes_test, answer_a_conflict_and_log_it) {
  sample_api api;
  api.rooms.fails = failure{errc::conflict, "the cart has changed since version 2"};
  EXPECT_EQ(api.problem_of(method::post, confirm, R"({"version":2})"), "409 the cart has changed since version 2");
  ASSERT_THAT(api.refused, SizeIs(1));
  EXPECT_EQ(api.refused[0].text, "POST /v1/tenants/{t}/order/confirm: the cart has changed since version 2");
  EXPECT_EQ(api.refused[0].tenant, "contoso");
}

TEST(order_routes_test, set_a_limit_or_none) {
  sample_api api;
  const json::value set = api.ask_json(method::put, limit, R"({"limit":2000})");
  EXPECT_EQ(set.at("limit"), 2000);
  EXPECT_EQ(set.at("operation"), 4711);
  EXPECT_TRUE(api.ask_json(method::put, limit, R"({"limit":null})").at("limit").is_null());
  EXPECT_THAT(api.rooms.asked,
              ElementsAre("set_limit contoso speech 2000 by root", "set_limit contoso speech none by root"));
}

TEST(order_routes_test, refuse_a_limit_that_is_no_quantity_and_log_it) {
  sample_api api;
  EXPECT_EQ(api.problem_of(method::put, limit, R"({"limit":-1})"),
            "400 limit: expected a whole number from 0 to 1000000000000, or null for none, found -1");
  for (const char* value : {"1.5", "9223372036854775808", R"("2000")", "1000000000001", "[]", R"("5 EUR")"})
    EXPECT_EQ(api.status(method::put, limit, std::string(R"({"limit":)") + value + "}"), 400) << value;
  EXPECT_EQ(api.status(method::put, limit, "{}"), 400);
  EXPECT_EQ(api.status(method::put, limit, R"({"limit":1,"unit":"x"})"), 400);
  EXPECT_THAT(api.rooms.asked, testing::IsEmpty());
  ASSERT_THAT(api.refused, SizeIs(9));
  EXPECT_EQ(api.refused[0].text,
            "PUT /v1/tenants/{t}/limits/{licence}: limit: expected a whole number from 0 to "
            "1000000000000, or null for none, found -1");
}

TEST(order_routes_test, say_why_a_limit_is_refused) {
  sample_api api;
  api.rooms.fails = failure{errc::unknown, "there is no licence speech"};
  EXPECT_EQ(api.problem_of(method::put, limit, R"({"limit":1})"), "404 there is no licence speech");
  api.rooms.fails = failure{errc::refused, "the pool of host has 1000"};
  EXPECT_EQ(api.problem_of(method::put, limit, R"({"limit":1})"), "422 the pool of host has 1000");
}

TEST(order_routes_test, are_of_who_may_order) {
  for (const auto& [role, tenant, status] : {std::tuple{access::role::reseller, "northwind", 200},
                                             {access::role::partner, "albion", 403},
                                             {access::role::customer, "contoso", 403},
                                             {access::role::customer, "fabrikam", 404}}) {
    sample_api api;
    api.become(role, tenant);
    EXPECT_EQ(api.status(method::get, cart), status) << tenant;
    EXPECT_EQ(api.status(method::put, limit, R"({"limit":1})"), status) << tenant;
  }
}

TEST(licence_page_test, shows_limits_and_what_is_handed_out) {
  sample_api api;
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  contoso->pools.push_back({"ump", {pool_kind::units, 500, 60}});
  api.rooms.seen->tenants["contoso"] = contoso;
  const auto page = api.get("/v1/tenants/contoso/licences");
  EXPECT_EQ(page.at("licences").at(0).at("handed_out"), 60);
  EXPECT_EQ(page.at("licences").at(0).at("available"), 300);
  EXPECT_FALSE(page.at("licences").at(0).as_object().contains("limit")) << "ump has none";
}

TEST(licence_page_test, of_a_pool_of_tenants_has_places_available) {
  sample_api api;
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  contoso->pools.push_back({"ump", {pool_kind::tenants, 2, 1}});
  api.rooms.seen->tenants["contoso"] = contoso;
  const auto page = api.get("/v1/tenants/contoso/licences");
  EXPECT_EQ(page.at("licences").at(0).at("available"), 1) << "its 200 units in use are no over-use of 2 places";
}

}  // namespace
}  // namespace licaudit::api
