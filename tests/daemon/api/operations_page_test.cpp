#include "daemon/api/operations_page.hpp"

#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

operation logged(std::int64_t sequence) {
  operation one;
  one.sequence = sequence;
  one.at = sample_now;
  one.type = "reload";
  one.caller = "root";
  one.text = "reload";
  return one;
}

TEST(operations_page_test, says_null_where_an_operation_names_no_tenant) {
  EXPECT_EQ(operations_page({logged(1)}, "1"),
            R"({"operations":[{"operation":1,"at":"2026-11-01T02:26:40.000Z","type":"reload","caller":"root",)"
            R"("tenant":null,"text":"reload","detail":{}}],"next":"1"})");
  EXPECT_EQ(operations_page({}, ""), R"({"operations":[],"next":null})");
}

TEST(operations_csv_test, has_a_head_even_where_nothing_was_done) {
  EXPECT_EQ(operations_csv({}), "operation,at,type,caller,tenant,text,detail\r\n");
}

TEST(operations_csv_test, disarms_every_beginning_of_a_formula_in_every_text) {
  for (const char* begin : {"=", "+", "-", "@", "\t", "\r"}) {
    operation one = logged(1);
    one.caller = std::string(begin) + "c";
    one.tenant = std::string(begin) + "t";
    one.text = std::string(begin) + "x";
    const std::string csv = operations_csv({one});
    for (const char* cell : {"c", "t", "x"}) {
      EXPECT_THAT(csv, HasSubstr("\"'" + std::string(begin) + cell + "\"")) << cell;
    }
  }
}

TEST(operations_csv_test, leaves_signs_inside_a_text_alone) {
  operation one = logged(1);
  one.text = "a=b, 'c' -1";
  EXPECT_THAT(operations_csv({one}), HasSubstr(R"("a=b, 'c' -1")"));
}

class operations_routes_test : public testing::Test {
 protected:
  operations_routes_test() {
    for (std::int64_t i = 1; i <= 3; ++i) api.rooms.logged.push_back(logged(i));
  }
  std::string next_of(const response& answer) {
    for (const auto& one : answer.headers) {
      if (one.first == "Licaudit-Next") return one.second;
    }
    return "none";
  }
  sample_api api;
};

TEST_F(operations_routes_test, pages_csv_by_a_header) {
  api.accept_header = "application/json;q=0.1, text/csv";
  const response first = api.ask(method::get, "/v1/operations?limit=2");
  EXPECT_EQ(next_of(first), "2");
  const response last = api.ask(method::get, "/v1/operations?limit=2&after=2");
  EXPECT_EQ(next_of(last), "none");
  EXPECT_EQ(std::count(last.body.begin(), last.body.end(), '\n'), 2);
}

TEST_F(operations_routes_test, answers_json_to_who_accepts_anything) {
  for (const char* accept : {"", "*/*", "text/html"}) {
    api.accept_header = accept;
    EXPECT_EQ(api.ask(method::get, "/v1/operations").content_type, "application/json") << accept;
  }
}

TEST_F(operations_routes_test, refuses_ranges_that_cannot_be_read) {
  EXPECT_EQ(api.status(method::get, "/v1/operations?since=soonish"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/operations?since=2026-11-01&until=2026-10-01"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/operations?after=-1"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/operations?limit=0"), 400);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(operations_routes_test, gives_an_auditor_of_the_root_those_that_name_no_tenant_too) {
  api.become(access::role::auditor, "host");
  EXPECT_EQ(api.status(method::get, "/v1/operations"), 200);
  EXPECT_THAT(api.rooms.asked, ElementsAre("operations type= caller= after=0")) << "no tenants: all";
}

TEST_F(operations_routes_test, asks_of_a_customer_only_for_himself) {
  api.become(access::role::customer, "contoso");
  EXPECT_EQ(api.status(method::get, "/v1/operations"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/operations?tenant=albion"), 404);
  EXPECT_THAT(api.rooms.asked, ElementsAre("operations type= caller= after=0 contoso"));
}

}  // namespace
}  // namespace licaudit::api
