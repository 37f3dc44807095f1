#include "sample_api.hpp"

#include "tests/daemon/api/sold_licences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

class usage_test : public testing::Test {
 protected:
  usage_test() { sell(*api.rooms.seen); }
  json::value licence(const std::string& id) {
    answer = api.get("/v1/tenants/contoso/usage");
    for (const json::value& one : answer.at("licences").as_array())
      if (one.at("licence").as_string() == id) return one;
    return nullptr;
  }
  audit::tenant_view& contoso() { return change_tenant(*api.rooms.seen, "contoso"); }

  sample_api api;
  json::value answer;
};

TEST_F(usage_test, shows_used_and_bought_of_packages_and_n1_n2_of_anything_else) {
  EXPECT_EQ(licence("storage").at("text").as_string(), "11/15");
  EXPECT_EQ(licence("ump").at("text").as_string(), "200 (219)");
  EXPECT_EQ(answer.at("tenant").as_string(), "contoso");
  EXPECT_EQ(answer.at("state").as_string(), "ok");
  tally_of(contoso(), "storage").acquired.reset();
  EXPECT_EQ(licence("storage").at("text").as_string(), "11/-") << "nothing says what was bought";
  const json::value package = licence("storage").at("factors").at(0).at("package");
  EXPECT_EQ(json::serialize(package), R"({"size":500,"unit":"GB"})");
}

TEST_F(usage_test, shows_what_is_over_and_what_is_deprecated) {
  EXPECT_EQ(licence("ump").at("use").as_string(), "ok");
  tally_of(contoso(), "ump").licensed = 501;
  EXPECT_EQ(licence("ump").at("use").as_string(), "over-use");
  EXPECT_TRUE(licence("ump").at("successors").is_null());
  EXPECT_EQ(json::serialize(licence("storage").at("successors")), R"(["storage-2"])");
}

TEST_F(usage_test, and_the_licence_page_name_what_replaces_a_deprecated_licence) {
  const json::value page = api.get("/v1/tenants/contoso/licences");
  for (const json::value& one : page.at("licences").as_array()) {
    const bool deprecated = one.at("licence").as_string() == "storage";
    EXPECT_EQ(one.as_object().contains("successors"), deprecated);
    if (deprecated) {
      EXPECT_EQ(json::serialize(one.at("successors")), R"(["storage-2"])");
    }
  }
}

TEST_F(usage_test, shows_a_limit_with_its_state_and_when_it_begins_again) {
  contoso().decided.change().limits["speech-to-text"] = 2'000;
  tally_of(contoso(), "speech-to-text").licensed = 5'600;
  EXPECT_EQ(json::serialize(licence("speech-to-text").at("limit")),
            R"({"included":5000,"setting":2000,"allowed":7000,"used":5600,"unit":"minute","period":"month",)"
            R"("state":"near","until":"2026-12-01T00:00:00.000Z"})");
  EXPECT_EQ(licence("speech-to-text").at("use").as_string(), "near");
  tally_of(contoso(), "speech-to-text").licensed = 7'000;
  EXPECT_EQ(licence("speech-to-text").at("use").as_string(), "exhausted");
  contoso().decided.change().limits.clear();
  const json::value unset = licence("speech-to-text").at("limit");
  EXPECT_TRUE(unset.at("allowed").is_null());
  EXPECT_EQ(unset.at("state").as_string(), "ok") << "no setting: no limit";
}

TEST_F(usage_test, gives_meters_exactly_and_names_them_only_to_those_who_may_see_names) {
  ledger::dated_subject meter;
  meter.value.name = {"contoso", subject_kind::meter, "transcription"};
  meter.value.fields["used"] = {"7320.5"};
  meter.value.fields["unit"] = {"minute"};
  meter.value.fields["at"] = {"2026-11-01T00:00:00Z"};
  ledger::dated_subject odd = meter;
  odd.value.fields["used"] = {"lots"};
  ledger::dated_subject early = meter;
  early.value.fields["used"] = {"007.50"};
  api.rooms.inventory.subjects = {meter, odd, early};
  api.rooms.inventory.holdings = {{0, "speech-to-text", "minutes", {}, {}, "7320.5"},
                                  {1, "speech-to-text", "", {}, {}},
                                  {2, "speech-to-text", "", {}, {}}};
  const json::value said = licence("speech-to-text").at("meters");
  EXPECT_THAT(api.ask(method::get, "/v1/tenants/contoso/usage").body, HasSubstr(R"("used":7320.5,"unit":"minute")"));
  EXPECT_EQ(said.at(0).at("meter").as_string(), "transcription");
  EXPECT_EQ(said.at(0).at("factor").as_string(), "minutes");
  EXPECT_TRUE(said.at(1).at("used").is_null()) << "no number: nothing that is no JSON gets out";
  EXPECT_EQ(said.at(2).at("used").as_double(), 7.5) << "no nought that JSON does not know";
  EXPECT_EQ(said.at(0).at("worth").as_double(), 7320.5);
  EXPECT_TRUE(said.at(1).at("worth").is_null()) << "no factor counts it";
  EXPECT_TRUE(licence("ump").at("meters").as_array().empty());
  api.become(access::role::reseller, "northwind");
  EXPECT_TRUE(licence("speech-to-text").at("meters").at(0).at("meter").is_null());
}

TEST_F(usage_test, asks_no_inventory_where_no_meter_counts) {
  (void)api.get("/v1/tenants/northwind/usage");
  EXPECT_THAT(api.rooms.asked, testing::IsEmpty());
}

TEST_F(usage_test, shows_pools_of_a_parent_and_its_sums) {
  auto& albion = change_tenant(*api.rooms.seen, "albion");
  albion.tally.change().aggregated = true;
  albion.pools.push_back({"agents", {pool_kind::units, 100, 60}});
  const json::value page = api.get("/v1/tenants/albion/usage");
  EXPECT_TRUE(page.at("aggregated").as_bool());
  for (const json::value& one : page.at("licences").as_array())
    if (one.at("licence").as_string() == "agents") {
      EXPECT_EQ(json::serialize(one.at("pool")), R"({"of":"units","size":100,"handed_out":60})");
    }
}

TEST_F(usage_test, is_of_tenants_that_the_caller_sees) {
  api.become(access::role::customer, "contoso");
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/usage"), 200);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/fabrikam/usage"), 404);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/fabrikam/check?licence=ump"), 404);
}

class check_test : public usage_test {
 protected:
  /// Of a view of its own, as after a commit: the answers of one are kept.
  std::string check(const std::string& query) {
    api.rooms.seen = std::make_shared<audit::view>(*api.rooms.seen);
    return api.ask(method::get, "/v1/tenants/contoso/check?" + query).body;
  }
};

TEST_F(check_test, says_whether_so_much_more_may_be_used_and_how_old_that_is) {
  EXPECT_EQ(check("licence=ump&quantity=300"),
            R"({"allowed":true,"available":300,"reason":null,"until":null,"state":"ok",)"
            R"("calculated_at":"2026-11-01T01:26:40.000Z"})");
  EXPECT_EQ(check("licence=ump&quantity=301"),
            R"({"allowed":false,"available":300,"reason":"acquired: 200 of 500 are in use","until":null,"state":"ok",)"
            R"("calculated_at":"2026-11-01T01:26:40.000Z"})");
  EXPECT_THAT(check("licence=ump"), HasSubstr("\"allowed\":true")) << "one more, where nothing else is said";
}

TEST_F(check_test, is_not_bounded_where_nothing_was_acquired_and_no_limit_is_set) {
  EXPECT_THAT(check("licence=speech-to-text&quantity=1000000"), HasSubstr(R"("allowed":true,"available":null)"));
}

TEST_F(check_test, of_a_limit_by_the_month_says_when_again) {
  contoso().decided.change().limits["speech-to-text"] = 2'000;
  tally_of(contoso(), "speech-to-text").licensed = 6'990;
  EXPECT_THAT(check("licence=speech-to-text&quantity=10"), HasSubstr(R"("allowed":true,"available":10)"));
  const std::string no = check("licence=speech-to-text&quantity=11");
  EXPECT_THAT(no, HasSubstr(R"("reason":"the limit: 6990 of 7000 minute are used this month")"));
  EXPECT_THAT(no, HasSubstr(R"("until":"2026-12-01T00:00:00.000Z")"));
}

TEST_F(check_test, of_a_month_that_began_after_the_last_calculation_starts_with_nothing) {
  contoso().decided.change().limits["speech-to-text"] = 0;
  tally_of(contoso(), "speech-to-text").licensed = 5'000;
  EXPECT_THAT(check("licence=speech-to-text"), HasSubstr(R"("allowed":false,"available":0)"));
  contoso().calculated->at = parse_rfc3339("2026-10-31T23:00:00Z").value();
  EXPECT_THAT(check("licence=speech-to-text"), HasSubstr(R"("allowed":true,"available":5000)"));
}

TEST_F(check_test, asks_every_pool_above) {
  tally_of(contoso(), "agents").acquired = 60;
  tally_of(contoso(), "agents").licensed = 50;
  auto& albion = change_tenant(*api.rooms.seen, "albion");
  albion.pools.push_back({"agents", {pool_kind::units, 100, 100}});
  tally_of(albion, "agents").licensed = 95;
  EXPECT_THAT(check("licence=agents&quantity=5"), HasSubstr(R"("allowed":true,"available":5)"));
  EXPECT_THAT(check("licence=agents&quantity=6"), HasSubstr("the pool of albion: 95 of 100 are in use"));
  auto& northwind = change_tenant(*api.rooms.seen, "northwind");
  northwind.pools.push_back({"agents", {pool_kind::units, 200, 200}});
  tally_of(northwind, "agents").licensed = 200;
  EXPECT_THAT(check("licence=agents"), HasSubstr("the pool of northwind: 200 of 200 are in use"));
}

TEST_F(check_test, of_who_was_handed_out_nothing_of_a_pool_says_so) {
  tally_of(contoso(), "agents").acquired.reset();
  tally_of(contoso(), "agents").licensed = 0;
  change_tenant(*api.rooms.seen, "albion").pools.push_back({"agents", {pool_kind::units, 100, 0}});
  EXPECT_THAT(check("licence=agents"),
              HasSubstr(R"("allowed":false,"available":0,"reason":"nothing of the pool of albion was handed out)"));
}

TEST_F(check_test, allows_nothing_to_who_is_disabled) {
  contoso().tally.change().disabled = true;
  EXPECT_THAT(check("licence=ump"),
              HasSubstr(R"("allowed":false,"available":0,"reason":"tenant contoso is disabled")"));
}

TEST_F(check_test, says_how_sound_it_is_and_answers_all_the_same) {
  tally_of(contoso(), "ump").state = tally_state::degraded;
  EXPECT_THAT(check("licence=ump"),
              HasSubstr(R"("allowed":true,"available":300,"reason":null,"until":null,"state":"degraded")"));
  contoso().calculated.reset();
  tally_of(contoso(), "ump").state = tally_state::never;
  EXPECT_THAT(check("licence=ump"), HasSubstr(R"("state":"never","calculated_at":null)"));
}

TEST_F(check_test, of_over_use_says_how_much_is_missing) {
  tally_of(contoso(), "ump").licensed = 512;
  EXPECT_THAT(check("licence=ump"), HasSubstr(R"("allowed":false,"available":-12)"));
}

TEST_F(check_test, refuses_nonsense_in_one_sentence) {
  for (const char* wrong : {"-1", "0", "1.5", "1e3", "9223372036854775808", "9223372036854775807", "", "x", "%2B1"})
    EXPECT_THAT(api.problem_of(method::get, std::string("/v1/tenants/contoso/check?licence=ump&quantity=") + wrong),
                HasSubstr("400 quantity: expected a whole number from 1 to 1000000000000, found "))
        << wrong;
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants/contoso/check"), HasSubstr("400 licence: say which"));
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants/contoso/check?licence=nothing"),
              HasSubstr("404 there is no licence nothing"));
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/check?licence=ump&amount=1"), 400);
}

}  // namespace
}  // namespace licaudit::api
