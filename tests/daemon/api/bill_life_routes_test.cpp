// What the routes of a bill's life ask of the other rooms; that bills come out right is tested with real rooms.
#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class bill_life_routes_test : public testing::Test {
 protected:
  bill_life_routes_test() {
    auto& observed = api.rooms.observed;
    observed.sequence = 4711;
    observed.chain_head = "c0ffee";
    observed.known_until = instant::max();
    observed.papers.last = 33;
    observed.tenants = {counted("host", "", 10), counted("albion", "host", 10), counted("contoso", "albion", 10)};
  }

  static observed_tenant counted(const std::string& id, const std::string& parent, std::int64_t quantity) {
    observed_tenant made;
    made.tenant = id;
    made.name = id;
    made.places = {{parse_rfc3339("2026-01-01T00:00:00Z").value(), parent}};
    observation sound, held;
    sound.at = parse_rfc3339("2026-09-30T00:00:00Z").value();
    sound.sequence = 80;
    sound.licensed = quantity;
    held = sound;
    held.at = parse_rfc3339("2026-10-30T00:00:00Z").value();
    held.licensed = 5 * quantity;
    held.state = tally_state::held;
    made.licences["ump"] = {sound, held};
    return made;
  }
  const audit::bill_decision& decision() { return api.rooms.bill_decisions.back(); }
  sample_api api;
};

TEST_F(bill_life_routes_test, closing_hands_over_each_bill_as_it_is_shown_and_what_it_rests_on) {
  const auto answer = api.ask_json(method::post, "/v1/bills/2026-10/close", "{}");
  EXPECT_EQ(json::serialize(answer.at("tenants")), R"(["albion","contoso","host"])");
  EXPECT_EQ(answer.at("chain_head").as_string(), "c0ffee");
  EXPECT_EQ(decision().month, 202610);
  EXPECT_EQ(decision().rests_on, 33);
  EXPECT_EQ(decision().tenant, "");
  ASSERT_EQ(decision().papers.closed.size(), 3U);
  const auto& host = decision().papers.closed[2];
  EXPECT_EQ(json::serialize(parse_json(host.witness).value()),
            R"({"ledger":"1234","epoch":1,"sequence":4711,"chain_head":"c0ffee","with":["albion","contoso"]})");
  EXPECT_EQ(parse_json(host.form).value().at("licences").at(0).at("quantity").as_int64(), 10);
}

TEST_F(bill_life_routes_test, only_who_operates_the_daemon_may_rule) {
  for (const auto role :
       {access::role::reseller, access::role::partner, access::role::customer, access::role::auditor}) {
    sample_api other;
    other.become(role, role == access::role::auditor ? "host" : "albion");
    for (const char* what : {"close", "accept", "correct"})
      EXPECT_EQ(other.status(method::post, std::string("/v1/bills/2026-10/") + what, "{}"), 403) << what;
    EXPECT_TRUE(other.rooms.asked.empty());
  }
}

TEST_F(bill_life_routes_test, corrections_know_in_whose_sums_they_show) {
  api.ask_json(method::post, "/v1/bills/2026-10/correct",
               R"({"tenant":"contoso","licence":"ump","quantity":4,"reason":"two left"})");
  ASSERT_EQ(decision().papers.corrected.size(), 1U);
  const auto& made = decision().papers.corrected.front();
  EXPECT_THAT(made.above, ElementsAre("albion", "host"));
  EXPECT_EQ(made.was, whole_amount(10));
  EXPECT_EQ(json::serialize(decision().detail),
            R"({"month":"2026-10","licence":"ump","before":"10","after":4,"reason":"two left"})");
}

TEST_F(bill_life_routes_test, nothing_is_accepted_once_it_was_corrected) {
  const std::string accept = R"({"tenant":"contoso","licence":"ump","at":"2026-10-31"})";
  EXPECT_EQ(api.ask_json(method::post, "/v1/bills/2026-10/accept", accept).at("quantity").as_int64(), 50);
  api.ask_json(method::post, "/v1/bills/2026-10/correct",
               R"({"tenant":"contoso","licence":"ump","quantity":4,"reason":"two left"})");
  api.rooms.observed.papers.corrected = decision().papers.corrected;
  EXPECT_THAT(api.problem_of(method::post, "/v1/bills/2026-10/accept", accept),
              HasSubstr("409 contoso: 2026-10: ump was corrected to 4 already"));
}

TEST_F(bill_life_routes_test, who_comes_second_is_told_and_logged) {
  api.rooms.fails = failure{errc::conflict, "somebody else has decided"};
  api.rooms.observed.first_calculated.clear();
  EXPECT_EQ(api.status(method::post, "/v1/bills/2026-10/close", "{}"), 409);
}

TEST_F(bill_life_routes_test, an_attempt_that_is_refused_is_logged_with_its_tenant_and_changes_nothing) {
  EXPECT_THAT(api.problem_of(method::post, "/v1/bills/2026-11/close", R"({"tenant":"contoso"})"),
              HasSubstr("is still running"));
  ASSERT_EQ(api.refused.size(), 1U);
  EXPECT_THAT(api.refused[0].text, StartsWith("POST /v1/bills/{month}/close: "));
  EXPECT_EQ(api.refused[0].tenant, "contoso");
  EXPECT_EQ(api.status(method::post, "/v1/bills/2026-13/close", "{}"), 400);
  EXPECT_EQ(api.status(method::post, "/v1/bills/2026-10/close", R"({"tenants":["contoso"]})"), 400);
  EXPECT_EQ(api.status(method::post, "/v1/bills/2026-10/close", R"({"tenant":""})"), 400);
  EXPECT_EQ(api.status(method::post, "/v1/bills/2026-10/accept", R"({"tenant":"contoso","licence":"ump","at":"?"})"),
            400);
  EXPECT_EQ(api.refused.size(), 5U);
  EXPECT_TRUE(api.rooms.bill_decisions.empty());
}

}  // namespace
}  // namespace licaudit::api
