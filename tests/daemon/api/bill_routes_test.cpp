#include "daemon/api/bill_page.hpp"
#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

observation licensed(std::string_view at, std::int64_t quantity) {
  observation made;
  made.at = parse_rfc3339(at).value();
  made.sequence = 80 + quantity;
  made.licensed = quantity;
  return made;
}

class bill_routes_test : public testing::Test {
 protected:
  bill_routes_test() {
    auto& observed = api.rooms.observed;
    observed.sequence = 4711;
    observed.chain_head = "c0ffee";
    observed.known_until = instant::max();
    observed.rules = R"({"services":{},"licences":[{"id":"ump","title":"UMP <user> licence",)"
                     R"("billing":{"of":"calculated","by":"peak"},"factors":[]}]})";
    observed_tenant contoso;
    contoso.tenant = "contoso";
    contoso.name = "Contoso Ltd";
    contoso.time_zone = "Europe/London";
    contoso.places = {{parse_rfc3339("2026-01-01T00:00:00Z").value(), "albion"}};
    contoso.licences["ump"] = {licensed("2026-09-30T12:00:00Z", 10), licensed("2026-10-05T12:00:00Z", 14),
                               licensed("2026-10-31T23:30:00Z", 9)};
    observed.tenants = {contoso};
  }
  sample_api api;
};

TEST_F(bill_routes_test, a_bill_says_what_it_rests_on) {
  const json::value answer = api.get("/v1/bills?month=2026-10&tenant=contoso");
  EXPECT_EQ(answer.at("month").as_string(), "2026-10");
  EXPECT_EQ(answer.at("sequence").as_int64(), 4711);
  EXPECT_EQ(answer.at("chain_head").as_string(), "c0ffee");
  const json::value& bill = answer.at("tenants").at(0);
  EXPECT_EQ(bill.at("name").as_string(), "Contoso Ltd");
  EXPECT_EQ(bill.at("state").as_string(), "ready");
  EXPECT_EQ(bill.at("zone").as_string(), "Europe/London");
  EXPECT_EQ(bill.at("since").as_string(), "2026-09-30T23:00:00.000Z");
  EXPECT_EQ(bill.at("until").as_string(), "2026-11-01T00:00:00.000Z");
  const json::value& line = bill.at("licences").at(0);
  EXPECT_EQ(line.at("title").as_string(), "UMP <user> licence");
  EXPECT_EQ(line.at("by").as_string(), "peak");
  EXPECT_EQ(line.at("quantity").as_int64(), 14);
  EXPECT_EQ(line.at("at").as_string(), "2026-10-05T12:00:00.000Z");
  EXPECT_EQ(line.at("calculation").as_int64(), 94);
  EXPECT_TRUE(line.at("peak_of_sum").is_null());
  EXPECT_FALSE(line.at("aggregated").as_bool());
}

TEST_F(bill_routes_test, what_is_included_is_told_apart_from_what_goes_beyond) {
  EXPECT_TRUE(
      api.get("/v1/bills?month=2026-10&tenant=contoso").at("tenants").at(0).at("licences").at(0).at("over").is_null());
  auto& rules = api.rooms.observed.rules;
  rules.insert(rules.find("\"factors\""), R"("limit":{"included":12,"unit":"minute","period":"month"},)");
  const json::value answer = api.get("/v1/bills?month=2026-10&tenant=contoso");
  const json::value& line = answer.at("tenants").at(0).at("licences").at(0);
  EXPECT_EQ(line.at("quantity"), 14);
  EXPECT_EQ(line.at("included"), 12);
  EXPECT_EQ(line.at("over"), 2);
  EXPECT_EQ(line.at("explanation").as_array().back(), "Included: 12 minute; above that: 2.");
}

TEST_F(bill_routes_test, a_running_month_is_open_and_ends_now) {
  const json::value bill = api.get("/v1/bills?tenant=contoso").at("tenants").at(0);
  EXPECT_EQ(bill.at("state").as_string(), "open");
  EXPECT_EQ(bill.at("until").as_string(), to_rfc3339(sample_now));
  EXPECT_EQ(bill.at("licences").at(0).at("quantity").as_int64(), 9);
}

TEST_F(bill_routes_test, the_same_bill_asked_later_gives_the_same_bytes) {
  bill_question question{"contoso", std::chrono::year(2026) / std::chrono::October, sample_now, {}};
  const auto once = bill_page(bills_of(api.rooms.observed, question), *api.rooms.seen, 0, 100);
  question.now += std::chrono::hours(24 * 40);
  EXPECT_EQ(bill_page(bills_of(api.rooms.observed, question), *api.rooms.seen, 0, 100), once);
}

TEST_F(bill_routes_test, without_a_tenant_it_is_all_that_the_caller_sees) {
  api.get("/v1/bills?month=2026-10");
  EXPECT_THAT(api.rooms.asked, ElementsAre("bills host 2026-10"));
}

TEST_F(bill_routes_test, pages_go_on_after_a_tenant) {
  auto other = api.rooms.observed.tenants.front();
  other.tenant = "fabrikam";
  api.rooms.observed.tenants.push_back(other);
  const json::value first = api.get("/v1/bills?month=2026-10&limit=1");
  EXPECT_EQ(first.at("next").as_string(), "contoso");
  const json::value second = api.get("/v1/bills?month=2026-10&limit=1&after=contoso");
  EXPECT_EQ(second.at("tenants").at(0).at("tenant").as_string(), "fabrikam");
  EXPECT_TRUE(second.at("next").is_null());
  EXPECT_EQ(api.ask(method::get, "/v1/bills?month=2026-10&after=nobody").status, 409);
}

TEST_F(bill_routes_test, the_statement_is_a_page_with_a_witness_and_escapes_names) {
  api.accept_header = "text/html";
  const auto answer = api.ask(method::get, "/v1/bills?month=2026-10&tenant=contoso");
  EXPECT_EQ(answer.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("UMP &lt;user&gt; licence"));
  EXPECT_THAT(answer.body, Not(HasSubstr("<user>")));
  EXPECT_THAT(answer.body, HasSubstr("entry 4711"));
  EXPECT_THAT(answer.body, HasSubstr("c0ffee"));
  EXPECT_THAT(answer.body, HasSubstr("2026-10-05 13:00 BST"));
}

TEST_F(bill_routes_test, nonsense_is_refused_with_one_sentence) {
  for (const char* month : {"2026-13", "2026", "October", "2026-10-01", ""}) {
    const auto answer = api.ask(method::get, std::string("/v1/bills?month=") + month);
    EXPECT_EQ(answer.status, 400) << month;
    EXPECT_THAT(answer.body, HasSubstr("write it as 2026-11")) << month;
  }
  const auto future = api.ask(method::get, "/v1/bills?month=2027-01");
  EXPECT_NE(future.status, 200);
  EXPECT_THAT(future.body, HasSubstr("has not begun"));
  EXPECT_EQ(api.ask(method::get, "/v1/bills?tenant=nobody").status, 404);
}

}  // namespace
}  // namespace licaudit::api
