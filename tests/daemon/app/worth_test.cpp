// Who holds what and what it is worth, from a source's run to the page: the sum of all worths is what is counted.
#include "tests/daemon/app/bill_house.hpp"

#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::app {
namespace {

constexpr const char* sold = R"({"licences":[
  {"id":"minutes","title":"Speech to text","limit":{"included":5000,"unit":"minute","period":"month"},
   "factors":[{"id":"minutes","subject":"meter","priority":1,"unit":"minute","configured":[{"id":"^stt"}]}]},
  {"id":"numbers","title":"Numbers","factors":[{"id":"numbers","subject":"number","priority":1,"count":"expanded"}]},
  {"id":"recording","title":"Recording","factors":[{"id":"recording","priority":1,
    "units":{"per":"retention","step":"3 months","free":"14 days"}}]},
  {"id":"storage","title":"Storage","factors":[{"id":"storage","subject":"meter","priority":1,
    "package":{"size":500,"unit":"GB"},"configured":[{"id":"^disk"}]}]}]})";

std::string contoso(const std::string& rest = R"(,"settings":{"retention":"9 months"})") {
  return R"({"id":"contoso","name":"Contoso","parent":"host","type":"customer","service":"cloud",)"
         R"("time_zone":"Europe/London")" +
         rest + "}";
}

subject meter(const std::string& id, const char* used, const char* unit, const char* at) {
  subject made;
  made.name = {"contoso", subject_kind::meter, id};
  made.fields = {{"used", {used}}, {"unit", {unit}}, {"at", {at}}};
  return made;
}

class worth_of_subjects : public testing::Test {
 protected:
  worth_of_subjects() {
    books.set_clock("2026-11-20T10:00:00Z");
    books.scene.how.rules = audit::rules_of(sold);
    books.scene.how.rules_automatic = true;
    EXPECT_TRUE(books.scene.office().adopt(books.scene.how, "root"));
    books.scene.give_tenants({audit::host_record, contoso()});
    auto range = audit::number("contoso", "plan/+9723975[3000-3099]", "");
    books.scene.give(
        "teams",
        {audit::user("contoso", "ann", "{}"), audit::user("contoso", "bob", "{}"), range,
         audit::number("contoso", "plan/+4420", ""), meter("disk-a", "1200000", "MB", "2026-11-20T09:00:00Z"),
         meter("disk-b", "0.1", "GB", "2026-11-20T09:00:00Z"), meter("stt", "100", "second", "2026-11-19T00:00:00Z"),
         meter("stt-old", "90", "minute", "2026-10-31T23:59:59Z")});
  }
  /// Asked behind what was done last.
  json::value rows(const std::string& query = {}) {
    books.set_clock("2026-11-20T1" + std::to_string(++asked_) + ":00:00Z");
    page = books.get("/v1/tenants/contoso/subjects?limit=1000" + query);
    return page.at("subjects");
  }
  /// `ann 3`, of one licence.
  std::vector<std::string> worths(const std::string& licence) {
    std::vector<std::string> made;
    const auto all = rows("&licence=" + licence);
    for (const auto& one : all.as_array())
      made.push_back(std::string(one.at("subject").as_string()) + " " + json::serialize(one.at("worth")));
    return made;
  }
  std::int64_t counted(const std::string& licence) {
    const auto all = books.get("/v1/tenants/contoso/licences");
    for (const auto& one : all.at("licences").as_array())
      if (one.at("licence").as_string() == licence) return one.at("licensed").as_int64();
    return -1;
  }
  std::string account(const std::string& licence) {
    (void)rows("&licence=" + licence);
    return json::serialize(page.at("factors"));
  }

  using list = std::vector<std::string>;
  bill_house books;
  json::value page;

 private:
  int asked_ = 0;
};

}  // namespace

TEST_F(worth_of_subjects, is_three_units_a_user_where_the_retention_is_nine_months) {
  EXPECT_EQ(worths("recording"), (list{"ann 3", "bob 3"}));
  EXPECT_EQ(account("recording"),
            R"([{"licence":"recording","factor":"recording","worth":6,"unit":null,)"
            R"("units":{"per":"retention","setting":"9 months","each":3},"package":null,"counted":6}])");
  books.scene.give_tenants({audit::host_record, contoso({})});
  EXPECT_EQ(worths("recording"), (list{"ann 1", "bob 1"})) << "unset is one step";
  EXPECT_EQ(page.at("factors").at(0).at("units").at("setting"), json::value(nullptr));
}

TEST_F(worth_of_subjects, is_a_hundred_for_a_range_of_a_hundred) {
  EXPECT_EQ(worths("numbers"), (list{"plan/+4420 1", "plan/+9723975[3000-3099] 100"}));
  EXPECT_EQ(counted("numbers"), 101);
}

TEST_F(worth_of_subjects, of_1200_GB_in_packages_of_500_GB_makes_three_packages) {
  ASSERT_EQ(worths("storage").size(), 2U);
  EXPECT_EQ(json::serialize(page.at("subjects").at(0).at("reading")),
            R"({"used":1200000,"unit":"MB","at":"2026-11-20T09:00:00Z"})");
  EXPECT_EQ(page.at("subjects").at(0).at("worth").as_int64(), 1200);
  EXPECT_DOUBLE_EQ(page.at("subjects").at(1).at("worth").as_double(), 0.1);
  const json::value sum = page.at("factors").at(0);
  EXPECT_EQ(sum.at("unit").as_string(), "GB");
  EXPECT_DOUBLE_EQ(sum.at("worth").as_double(), 1200.1);
  EXPECT_EQ(sum.at("counted").as_int64(), 3);
}

TEST_F(worth_of_subjects, of_a_reading_is_in_the_unit_of_the_factor_and_nothing_before_the_month) {
  ASSERT_EQ(worths("minutes").size(), 2U);
  EXPECT_DOUBLE_EQ(page.at("subjects").at(0).at("worth").as_double(), 1.666667);
  EXPECT_EQ(page.at("subjects").at(1).at("worth").as_int64(), 0) << "read in October";
  EXPECT_EQ(page.at("factors").at(0).at("counted").as_int64(), 2) << "rounded up";
}

TEST_F(worth_of_subjects, adds_up_to_the_licence_page_and_stands_on_the_page_of_usage) {
  for (const auto* licence : {"minutes", "numbers", "recording", "storage"}) {
    (void)rows("&licence=" + std::string(licence));
    EXPECT_EQ(page.at("factors").at(0).at("counted").as_int64(), counted(licence)) << licence;
  }
  const auto usage = books.get("/v1/tenants/contoso/usage");
  EXPECT_EQ(usage.at("licences").at(3).at("meters").at(0).at("worth").as_int64(), 1200);
}

TEST_F(worth_of_subjects, by_a_retention_of_ten_months_is_refused_where_it_is_set) {
  const std::string own = "/v1/tenants/own";
  (void)books.ask(api::method::post, "/v1/tenants",
                  R"({"id":"own","name":"Own","parent":"host","type":"customer","service":"cloud"})");
  for (const auto* good : {"14 days", "3 months", "15 months"})
    (void)books.ask_json(api::method::patch, own, R"({"settings":{"retention":")" + std::string(good) + R"("}})");
  const auto refused = books.ask(api::method::patch, own, R"({"settings":{"retention":"10 months"}})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.text().find("10 months is neither 14 days or fewer nor a multiple of 3 months"),
            std::string_view::npos)
      << refused.text();
  EXPECT_EQ(books.get(own).at("settings").at("retention").as_string(), "15 months") << "nothing was changed";
  EXPECT_EQ(books.logged().back().type, "refused");
}

TEST_F(worth_of_subjects, is_nothing_at_a_tenant_that_is_switched_off) {
  (void)books.ask_json(api::method::patch, "/v1/tenants/contoso", R"({"enabled":false})");
  const auto all = rows();
  for (const auto& one : all.as_array()) EXPECT_TRUE(one.at("worth").is_null());
  EXPECT_TRUE(page.at("factors").as_array().empty());
}

}  // namespace licaudit::app
