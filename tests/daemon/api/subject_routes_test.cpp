#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string users = "/v1/tenants/contoso/users/";
const std::string numbers = "/v1/tenants/contoso/numbers/";

TEST(local_subject_test, takes_an_id_with_a_slash_a_plus_and_letters_beyond_ascii) {
  sample_api api;
  EXPECT_EQ(api.ask_json(method::put, numbers + "Plan%2F%2B44%2020", "{}").at("id").as_string(), "Plan/+44 20");
  EXPECT_EQ(api.ask_json(method::put, users + "j%C3%BCrgen", "{}").at("id").as_string(), "j\xc3\xbcrgen");
  EXPECT_EQ(api.ask_json(method::put, users + "a+b@x", "{}").at("id").as_string(), "a+b@x") << "no blank in a path";
}

TEST(local_subject_test, trims_the_id_alike_when_it_comes_and_when_it_goes) {
  sample_api api;
  EXPECT_EQ(api.ask_json(method::put, users + "%20ann%20", "{}").at("id").as_string(), "ann");
  EXPECT_EQ(api.ask_json(method::remove, users + "%20ann%20").at("id").as_string(), "ann");
  EXPECT_THAT(api.rooms.asked,
              ElementsAre("put_subject contoso user ann {} x1 by root", "remove_subject contoso user ann by root"));
}

TEST(local_subject_test, refuses_an_id_that_is_no_utf_8) {
  sample_api api;
  EXPECT_THAT(api.problem_of(method::put, users + "%ff%fe", "{}"), HasSubstr("400"));
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(local_subject_test, takes_an_id_of_256_bytes_and_none_of_257) {
  sample_api api;
  EXPECT_EQ(api.status(method::put, users + std::string(256, 'x'), "{}"), 200);
  EXPECT_THAT(api.problem_of(method::put, users + std::string(257, 'x'), "{}"), HasSubstr("1 to 256 bytes"));
}

TEST(local_subject_test, takes_a_quantity_of_nought_and_refuses_what_is_no_quantity) {
  sample_api api;
  EXPECT_EQ(api.ask_json(method::put, numbers + "n", R"({"quantity":0})").at("quantity").as_int64(), 0);
  for (const char* wrong : {R"({"quantity":-1})", R"({"quantity":"3"})", R"({"quantity":1.5})", R"({"quantity":true})",
                            R"({"quantity":99999999999999999999})"}) {
    EXPECT_EQ(api.status(method::put, numbers + "n", wrong), 400) << wrong;
  }
  EXPECT_THAT(api.rooms.asked, ElementsAre("put_subject contoso number n {} x0 by root"));
}

TEST(local_subject_test, refuses_fields_that_are_neither_texts_nor_lists_of_texts) {
  sample_api api;
  for (const char* wrong : {R"({"fields":[]})", R"({"fields":"a"})", R"({"fields":{"a":{}}})",
                            R"({"fields":{"a":[1]}})", R"({"fields":{"a":true}})", "[]", "{"}) {
    EXPECT_EQ(api.status(method::put, users + "ann", wrong), 400) << wrong;
  }
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(local_subject_test, passes_on_why_the_office_refuses) {
  sample_api api;
  api.rooms.fails = failure{errc::refused, "user ann belongs to the source teams"};
  EXPECT_EQ(api.problem_of(method::put, users + "ann", "{}"), "422 user ann belongs to the source teams");
  api.rooms.fails = failure{errc::unknown, "there is no user ann of the source local"};
  EXPECT_EQ(api.problem_of(method::remove, users + "ann"), "404 there is no user ann of the source local");
}

TEST(local_subject_test, says_nothing_of_a_calculation_where_none_was_made) {
  sample_api api;
  api.rooms.outcome.calculation.reset();
  const json::value gone = api.ask_json(method::remove, numbers + "n");
  EXPECT_EQ(json::serialize(gone), R"({"tenant":"contoso","kind":"number","id":"n","removed":true,"operation":4711})");
}

TEST(local_subject_test, is_for_those_who_change_attributes) {
  for (const auto& [what, at, expected] :
       {std::tuple(access::role::partner, "albion", 200), std::tuple(access::role::reseller, "northwind", 200),
        std::tuple(access::role::customer, "contoso", 403), std::tuple(access::role::auditor, "host", 403),
        std::tuple(access::role::customer, "fabrikam", 404)}) {
    sample_api api;
    api.become(what, at);
    EXPECT_EQ(api.status(method::put, users + "ann", "{}"), expected) << access::to_text(what);
    EXPECT_EQ(api.status(method::remove, users + "ann"), expected) << access::to_text(what);
    EXPECT_EQ(api.rooms.asked.empty(), expected != 200) << access::to_text(what);
  }
}

class subjects_page_test : public testing::Test {
 protected:
  subjects_page_test() {
    for (int i = 0; i < 5; ++i) {
      ledger::dated_subject one;
      one.key = "key-" + std::to_string(i);
      one.value.name = {"contoso", i < 3 ? subject_kind::user : subject_kind::number, "id-" + std::to_string(i)};
      one.value.quantity = i;
      api.rooms.inventory.subjects.push_back(one);
      const auto subject = static_cast<std::size_t>(i);
      api.rooms.inventory.holdings.push_back({subject, "ump", i % 2 == 0 ? "direct-routing" : "", {}, {}});
      api.rooms.inventory.holdings.push_back({subject, "storage", "recorded", {}, {}});
    }
  }
  std::vector<std::string> keys(const std::string& query) {
    page = api.get("/v1/tenants/contoso/subjects" + query);
    std::vector<std::string> all;
    for (const json::value& one : page.at("subjects").as_array()) all.emplace_back(one.at("key").as_string());
    return all;
  }

  sample_api api;
  json::value page;
};

TEST_F(subjects_page_test, counts_the_rows_of_a_page_after_the_filter) {
  EXPECT_THAT(keys("?licence=ump&limit=2"), ElementsAre("key-0", "key-1"));
  const std::string next(page.at("next").as_string());
  EXPECT_THAT(keys("?licence=ump&limit=2&after=" + next), ElementsAre("key-2", "key-3"));
  EXPECT_THAT(keys("?licence=ump&limit=2&after=" + std::string(page.at("next").as_string())), ElementsAre("key-4"));
  EXPECT_TRUE(page.at("next").is_null());
}

TEST_F(subjects_page_test, says_what_a_meter_reads_and_what_becomes_of_all_worths) {
  ledger::dated_subject disk;
  disk.key = "key-disk";
  disk.value.name = {"contoso", subject_kind::meter, "disk"};
  disk.value.fields = {{"used", {"1200000"}}, {"unit", {"MB"}}, {"at", {"2026-11-01T00:00:00Z"}}};
  auto& then = api.rooms.inventory;
  then.subjects.push_back(disk);
  then.holdings.push_back({5, "disk", "gigabytes", {}, {}, "1200"});
  factor_account packages{"disk", "gigabytes", "1200", "GB", {}, package_terms{500, "GB"}, 3};
  factor_account units{"ump", "direct-routing", "12", "", factor_account::units_of_setting{"retention", "9 months", 3}};
  units.counted = 12;
  then.factors = {packages, units};
  EXPECT_THAT(keys("?licence=disk"), ElementsAre("key-disk"));
  const json::value row = page.at("subjects").at(0);
  EXPECT_EQ(row.at("worth").as_int64(), 1200);
  EXPECT_EQ(json::serialize(row.at("reading")), R"({"used":1200000,"unit":"MB","at":"2026-11-01T00:00:00Z"})");
  EXPECT_EQ(json::serialize(page.at("factors")),
            R"([{"licence":"disk","factor":"gigabytes","worth":1200,"unit":"GB","units":null,)"
            R"("package":{"size":500,"unit":"GB"},"counted":3}])");
  EXPECT_THAT(keys("?kind=meter"), ElementsAre("key-disk"));
  EXPECT_EQ(page.at("factors").as_array().size(), 1U) << "of those that are listed";
  EXPECT_EQ(page.at("time_zone").as_string(), "UTC");
  EXPECT_THAT(keys("?factor=direct-routing&limit=1"), ElementsAre("key-0"));
  EXPECT_FALSE(page.at("subjects").at(0).as_object().contains("reading")) << "a user";
  EXPECT_EQ(json::serialize(page.at("factors")),
            R"([{"licence":"ump","factor":"direct-routing","worth":12,"unit":null,)"
            R"("units":{"per":"retention","setting":"9 months","each":3},"package":null,"counted":12}])")
      << "of all, whatever the page";
}

TEST_F(subjects_page_test, has_no_next_page_where_the_last_one_is_exactly_full) {
  EXPECT_THAT(keys("?licence=ump&limit=5"), testing::SizeIs(5));
  EXPECT_TRUE(page.at("next").is_null());
  EXPECT_THAT(keys("?licence=ump&limit=4"), testing::SizeIs(4));
  EXPECT_FALSE(page.at("next").is_null());
}

TEST_F(subjects_page_test, combines_its_filters) {
  EXPECT_THAT(keys("?kind=user&factor=direct-routing"), ElementsAre("key-0", "key-2"));
  EXPECT_THAT(keys("?kind=number&licence=storage"), ElementsAre("key-3", "key-4"));
  EXPECT_THAT(keys("?kind=meter"), IsEmpty());
  EXPECT_THAT(keys("?licence=ump&factor=recorded"), IsEmpty()) << "a factor of another licence";
}

TEST_F(subjects_page_test, is_empty_behind_its_end) {
  EXPECT_THAT(keys("?after=1793500000000.1000"), IsEmpty());
  EXPECT_TRUE(page.at("next").is_null());
}

TEST_F(subjects_page_test, shows_what_no_factor_counts_with_null) {
  EXPECT_THAT(keys("?licence=ump&kind=user"), ElementsAre("key-0", "key-1", "key-2"));
  EXPECT_TRUE(page.at("subjects").at(1).at("factor").is_null());
  EXPECT_EQ(page.at("subjects").at(2).at("quantity").as_int64(), 2);
}

TEST_F(subjects_page_test, gives_an_auditor_every_key_and_no_id_on_every_page) {
  api.become(access::role::auditor, "contoso");
  EXPECT_THAT(keys("?licence=ump&limit=3"), testing::SizeIs(3));
  std::string all = json::serialize(page);
  EXPECT_THAT(keys("?licence=ump&after=" + std::string(page.at("next").as_string())), testing::SizeIs(2));
  all += json::serialize(page);
  EXPECT_THAT(all, HasSubstr("key-4"));
  EXPECT_THAT(all, testing::Not(HasSubstr("id-")));
}

TEST_F(subjects_page_test, reads_a_bare_date_in_the_zone_of_the_tenant) {
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 5);
  contoso->zone = time_zone::find("America/New_York").value();
  api.rooms.seen->tenants["contoso"] = contoso;
  keys("?at=2026-10-31");
  EXPECT_THAT(api.rooms.asked, ElementsAre("inventory_at contoso 2026-10-31T04:00:00.000Z"));
}

TEST_F(subjects_page_test, says_when_nothing_was_calculated_by_then) {
  api.rooms.fails = failure{errc::unknown, "contoso was not calculated by then"};
  EXPECT_EQ(api.problem_of(method::get, "/v1/tenants/contoso/subjects"), "404 contoso was not calculated by then");
}

}  // namespace
}  // namespace licaudit::api
