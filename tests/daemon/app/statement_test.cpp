// The page that a customer prints.
#include "bill_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::app {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr const char* thirty_or_so = R"json({"licences":[
  {"id":"a","title":"Alpha","factors":[{"id":"f","subject":"user","priority":1,"configured":[{"pstn_gateway":"."}]}]},
  {"id":"b","title":"Beta","factors":[{"id":"f","subject":"user","priority":1,"configured":[{"b":"."}]}]},
  {"id":"c","title":"Gamma","billing":{"of":"calculated","by":"average"},
   "factors":[{"id":"f","subject":"user","priority":1,"configured":[{"c":"."}]}]}]})json";

std::string statement_of(bill_house& house, const std::string& tenant) {
  return house.ask(api::method::get, "/v1/bills?month=2026-11&tenant=" + tenant, {}, "text/html").body;
}

}  // namespace

TEST(statement, names_what_the_tenant_has_nothing_of_in_one_row) {
  bill_house house;
  house.scene.how.rules = audit::rules_of(thirty_or_so);
  house.scene.how.rules_automatic = true;
  ASSERT_TRUE(house.scene.office().adopt(house.scene.how, "root"));
  house.scene.give_tenants({record("host", "", -1), record("contoso", "host", 0)});
  house.set_clock("2026-11-03T10:00:00Z");
  EXPECT_THAT(statement_of(house, "contoso"), HasSubstr("<p>Alpha, Beta, Gamma, ump</p>"));
  house.scene.give("teams", audit::users_on("contoso", "g", 3));
  house.set_clock("2026-11-04T10:00:00Z");
  for (const char* tenant : {"contoso", "host"}) {
    const auto page = statement_of(house, tenant);
    EXPECT_THAT(page, HasSubstr("<tr><td>Alpha<p>")) << tenant;
    EXPECT_THAT(page,
                HasSubstr("<tr><td>Nothing all the month<p>Beta, Gamma, ump</p></td><td class=\"quantity\">0</td>"))
        << tenant;
    EXPECT_THAT(page, Not(HasSubstr("<td>Beta"))) << tenant;
  }
}

}  // namespace licaudit::app
