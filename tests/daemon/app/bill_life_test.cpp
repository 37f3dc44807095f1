// Bills from counted tenants to closed months, through every room: the worked examples by name, and the life of a bill.
#include "tests/daemon/app/bill_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string host = record("host", "", -1);

/// Two resellers, contoso under north, fabrikam under south.
std::vector<std::string> two_resellers(std::int64_t contoso, std::int64_t fabrikam,
                                       const std::string& parent = "north") {
  return {host, record("north", "host", -1), record("south", "host", -1), record("contoso", parent, contoso),
          record("fabrikam", "south", fabrikam)};
}

class bill_life : public testing::Test {
 protected:
  void give(std::string_view at, const std::vector<std::string>& tenants) {
    books.set_clock(at);
    books.scene.give_tenants(tenants);
  }
  /// contoso counts 5 users, then 16 at once, which a guard holds; then 6, which is not too few at once. In November.
  void count_with_a_swing() {
    books.bill_by("calculated", "peak");
    give("2026-11-02T10:00:01Z", {host, record("north", "host", -1), record("contoso", "north", 100)});
    give_users("2026-11-03T10:00:00Z", 5);
    give_users("2026-11-10T10:00:00Z", 16);
    give_users("2026-11-12T10:00:00Z", 6);
    books.calculate("2026-12-02T00:00:00Z");
  }
  void give_users(std::string_view at, int count) {
    books.set_clock(at);
    std::vector<subject> users;
    users.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
      users.push_back(audit::user("contoso", "u" + std::to_string(i), R"({"lifecycle_template":"x"})"));
    books.scene.give_delta("teams", users, count < last_ ? names_from(count) : std::vector<subject_name>());
    last_ = count;
  }
  [[nodiscard]] std::vector<subject_name> names_from(int first) const {
    std::vector<subject_name> made;
    for (int i = first; i < last_; ++i) made.push_back({"contoso", subject_kind::user, "u" + std::to_string(i)});
    return made;
  }

  bill_house books;
  int last_ = 0;
};

}  // namespace

TEST_F(bill_life, ten_fourteen_nine_charges_fourteen_and_the_next_month_starts_at_nine) {
  books.bill_by("acquired", "peak");
  give("2026-11-02T10:00:01Z", {host, record("contoso", "host", 10)});
  give("2026-11-05T12:00:00Z", {host, record("contoso", "host", 14)});
  give("2026-11-20T12:00:00Z", {host, record("contoso", "host", 9)});
  books.calculate("2027-01-01T00:00:00Z");
  EXPECT_EQ(books.quantity("contoso", "2026-11"), 14);
  EXPECT_EQ(books.bill("contoso", "2026-11").at("licences").at(0).at("at").as_string(), "2026-11-05T12:00:00.000Z");
  EXPECT_EQ(books.quantity("contoso", "2026-12"), 9);
}

TEST_F(bill_life, two_tenants_peaking_at_100_and_10_on_different_days_are_billed_110_and_the_union_of_100_is_shown) {
  books.bill_by("acquired", "peak");
  give("2026-11-02T10:00:01Z", {host, record("a", "host", 0), record("b", "host", 0)});
  give("2026-11-05T00:00:00Z", {host, record("a", "host", 100), record("b", "host", 0)});
  give("2026-11-06T00:00:00Z", {host, record("a", "host", 0), record("b", "host", 0)});
  give("2026-11-09T00:00:00Z", {host, record("a", "host", 0), record("b", "host", 10)});
  give("2026-11-10T00:00:00Z", {host, record("a", "host", 0), record("b", "host", 0)});
  books.set_clock("2026-12-02T00:00:00Z");
  const auto line = books.bill("host", "2026-11").at("licences").at(0);
  EXPECT_EQ(line.at("quantity").as_int64(), 110);
  EXPECT_EQ(line.at("peak_of_sum").at("quantity").as_int64(), 100);
  EXPECT_TRUE(line.at("aggregated").as_bool());
}

TEST_F(bill_life, a_tenant_moved_in_mid_month_is_billed_to_each_reseller_for_its_part) {
  books.bill_by("acquired", "peak");
  give("2026-11-02T10:00:01Z", two_resellers(30, 1));
  give("2026-11-10T00:00:00Z", two_resellers(50, 1));
  give("2026-11-15T00:00:00Z", two_resellers(50, 1, "south"));
  give("2026-11-20T00:00:00Z", two_resellers(40, 1, "south"));
  books.set_clock("2026-12-02T00:00:00Z");
  EXPECT_EQ(books.quantity("north", "2026-11"), 50);
  EXPECT_EQ(books.quantity("south", "2026-11"), 51);
  const auto own = books.bill("contoso", "2026-11");
  ASSERT_EQ(own.at("licences").as_array().size(), 2U);
  EXPECT_EQ(own.at("licences").at(0).at("parent").as_string(), "north");
  EXPECT_EQ(own.at("licences").at(1).at("from").as_string(), "2026-11-15T00:00:00.000Z");
  EXPECT_EQ(own.at("parent").as_string(), "south");
}

TEST_F(bill_life, last_on_a_month_whose_final_days_a_source_was_down_bills_the_last_sound_value_and_says_so) {
  books.bill_by("calculated", "last");
  give("2026-11-02T10:00:01Z", {host, record("contoso", "host", 100)});
  give_users("2026-11-03T10:00:00Z", 5);
  books.set_clock("2026-11-27T10:00:00Z");
  books.scene.fail("teams", "401");
  books.calculate("2026-11-27T11:00:00Z");
  books.calculate("2026-12-02T00:00:00Z");
  const auto line = books.bill("contoso", "2026-11").at("licences").at(0);
  EXPECT_EQ(line.at("quantity").as_int64(), 5);
  EXPECT_EQ(line.at("degraded").as_array().size(), 1U);
  EXPECT_THAT(json::serialize(line.at("explanation")),
              AllOf(HasSubstr("The last sound licensed quantity"), HasSubstr("Degraded from ")));
}

TEST_F(bill_life, months_are_those_of_the_tenant_s_zone_also_where_its_clocks_change) {
  books.bill_by("acquired", "peak");
  give("2026-11-02T10:00:01Z", {host, record("contoso", "host", 10, "Europe/London")});
  give("2027-03-31T22:59:59Z", {host, record("contoso", "host", 14, "Europe/London")});
  give("2027-03-31T23:00:00Z", {host, record("contoso", "host", 99, "Europe/London")});
  books.set_clock("2027-05-01T12:00:00Z");
  const auto march = books.bill("contoso", "2027-03");
  EXPECT_EQ(march.at("since").as_string(), "2027-03-01T00:00:00.000Z");
  EXPECT_EQ(march.at("until").as_string(), "2027-03-31T23:00:00.000Z") << "an hour shorter: summer time began";
  EXPECT_EQ(books.quantity("contoso", "2027-03"), 14);
  EXPECT_EQ(books.quantity("contoso", "2027-04"), 99);
}

TEST_F(bill_life, the_same_bill_asked_twice_gives_the_same_bytes) {
  count_with_a_swing();
  const auto once = books.ask(api::method::get, "/v1/bills?month=2026-11").body;
  books.calculate("2026-12-20T00:00:00Z");
  EXPECT_EQ(books.ask(api::method::get, "/v1/bills?month=2026-11").body, once);
}

TEST_F(bill_life, what_is_held_is_billed_once_it_is_accepted_and_shows_in_the_sums) {
  count_with_a_swing();
  EXPECT_EQ(books.quantity("contoso", "2026-11"), 6);
  EXPECT_EQ(books.bill("contoso", "2026-11").at("licences").at(0).at("held").as_array().size(), 1U);
  EXPECT_THAT(books.refusal("2026-11", "accept", R"({"tenant":"contoso","licence":"ump","at":"2026-11-09"})"),
              AllOf(StartsWith("409 nothing of ump is held at contoso"), HasSubstr("held is 16 from 2026-11-10")));
  const auto named = books.rule("2026-11", "accept", R"({"tenant":"contoso","licence":"ump","at":"2026-11-11 08:00"})");
  EXPECT_EQ(named.at("quantity").as_int64(), 16);
  EXPECT_EQ(named.at("from").as_string(), "2026-11-10T10:00:00.000Z");
  EXPECT_EQ(named.at("until").as_string(), "2026-11-12T10:00:00.000Z");
  const auto line = books.bill("contoso", "2026-11").at("licences").at(0);
  EXPECT_EQ(line.at("quantity").as_int64(), 16);
  EXPECT_TRUE(line.at("held").as_array().empty());
  EXPECT_EQ(line.at("accepted").at(0).at("by").as_string(), "root");
  EXPECT_EQ(books.quantity("north", "2026-11"), 16);
  EXPECT_EQ(books.quantity("host", "2026-11"), 16);
  EXPECT_THAT(books.refusal("2026-11", "accept", R"({"tenant":"contoso","licence":"ump","at":"2026-11-11"})"),
              StartsWith("409 nothing of ump is held"));
}

TEST_F(bill_life, months_are_closed_in_order_and_once) {
  books.bill_by("acquired", "peak");
  give("2026-11-02T10:00:01Z", {host, record("contoso", "host", 10)});
  EXPECT_THAT(books.refusal("2026-11", "close", "{}"),
              AllOf(StartsWith("422 "), HasSubstr("2026-11 is still running in UTC; wait until 2026-12-01 00:00 UTC")));
  books.calculate("2027-01-05T00:00:00Z");
  EXPECT_THAT(books.refusal("2026-12", "close", R"({"tenant":"contoso"})"),
              AllOf(StartsWith("422 contoso: 2026-11 is still open"),
                    HasSubstr("licaudit bill close contoso --month 2026-11")));
  EXPECT_EQ(books.bill("contoso", "2026-11").at("state").as_string(), "ready");
  const auto closed = books.rule("2026-11", "close", R"({"tenant":"contoso"})");
  EXPECT_EQ(closed.at("tenants").as_array().size(), 1U);
  EXPECT_EQ(books.bill("contoso", "2026-11").at("state").as_string(), "closed");
  EXPECT_EQ(books.bill("contoso", "2026-11").at("closed").at("by").as_string(), "root");
  EXPECT_EQ(books.bill("host", "2026-11").at("state").as_string(), "ready");
  EXPECT_THAT(books.refusal("2026-11", "close", R"({"tenant":"contoso"})"),
              StartsWith("409 contoso: 2026-11 is closed"));
  EXPECT_THAT(books.refusal("2026-12", "close", "{}"), StartsWith("422 host: 2026-11 is still open"));
  books.rule("2026-11", "close", "{}");
  EXPECT_THAT(books.refusal("2026-11", "close", "{}"), StartsWith("409 host: 2026-11 is closed"));
  books.rule("2026-12", "close", "{}");
  EXPECT_EQ(books.bill("contoso", "2026-12").at("state").as_string(), "closed");
}

TEST_F(bill_life, a_month_that_runs_in_the_zone_of_one_tenant_is_not_closed_for_all) {
  books.bill_by("acquired", "peak");
  give("2026-11-02T10:00:01Z",
       {host, record("east", "host", 1, "Asia/Tokyo"), record("west", "host", 1, "America/Los_Angeles")});
  books.calculate("2026-12-01T05:00:00Z");
  EXPECT_THAT(books.refusal("2026-11", "close", "{}"),
              AllOf(StartsWith("422 west: 2026-11 is still running in America/Los_Angeles"), HasSubstr("PST")));
  EXPECT_EQ(books.rule("2026-11", "close", R"({"tenant":"east"})").at("tenants").at(0).as_string(), "east");
  EXPECT_EQ(books.bill("west", "2026-11").at("state").as_string(), "open");
}

TEST_F(bill_life, a_month_is_ready_once_it_is_known_what_was_in_force_as_it_ended) {
  books.bill_by("acquired", "average");
  give("2026-11-02T10:00:01Z", {host, record("contoso", "host", 10)});
  books.calculate("2026-11-30T23:59:00Z");
  books.set_clock("2026-12-01T00:30:00Z");
  EXPECT_EQ(books.bill("contoso", "2026-11").at("state").as_string(), "open");
  const auto refused = AllOf(StartsWith("422 contoso: 2026-11 has ended, but no calculation has followed"),
                             HasSubstr("licaudit refresh"));
  EXPECT_THAT(books.refusal("2026-11", "close", R"({"tenant":"contoso"})"), refused);
  EXPECT_THAT(
      books.refusal("2026-11", "correct", R"({"tenant":"contoso","licence":"ump","quantity":9,"reason":"agreed"})"),
      refused);
  books.set_clock("2027-03-05T00:30:00Z");
  EXPECT_EQ(books.bill("contoso", "2026-11").at("state").as_string(), "ready") << "nobody observed: that is known";
  books.set_clock("2026-12-01T00:30:00Z");
  books.calculate("2026-12-01T00:59:00Z");
  EXPECT_EQ(books.bill("contoso", "2026-11").at("state").as_string(), "ready");
  books.rule("2026-11", "close", "{}");
}

TEST_F(bill_life, a_closed_bill_is_the_same_bytes_for_ever) {
  count_with_a_swing();
  books.rule("2026-11", "close", "{}");
  const std::vector<std::string> targets{"/v1/bills?month=2026-11", "/v1/bills?month=2026-11&tenant=contoso",
                                         "/v1/bills?month=2026-11&tenant=north"};
  std::vector<std::string> before;
  before.reserve(targets.size());
  for (const auto& target : targets) before.push_back(books.ask(api::method::get, target).body);
  const auto page = books.ask(api::method::get, targets[1], {}, "text/html").body;
  books.set_clock("2026-12-10T00:00:00Z");
  books.bill_by("acquired", "average");
  give("2026-12-11T00:00:00Z", {host, record("north", "host", -1), record("south", "host", -1, {}, "South"),
                                record("contoso", "south", 7, "Asia/Tokyo", "Renamed")});
  books.calculate("2027-02-02T00:00:00Z");
  for (std::size_t i = 0; i < targets.size(); ++i)
    EXPECT_EQ(books.ask(api::method::get, targets[i]).body, before[i]) << targets[i];
  EXPECT_EQ(books.ask(api::method::get, targets[1], {}, "text/html").body, page);
  EXPECT_THAT(books.refusal("2026-11", "accept", R"({"tenant":"contoso","licence":"ump","at":"2026-11-11"})"),
              AllOf(StartsWith("409 "), HasSubstr("is closed"), HasSubstr("licaudit bill correct")));
}

TEST_F(bill_life, a_correction_is_a_line_of_its_own_that_shows_in_the_sums) {
  count_with_a_swing();
  books.rule("2026-11", "close", "{}");
  const auto lines = json::serialize(books.bill("contoso", "2026-11").at("licences"));
  const auto made = books.rule("2026-11", "correct",
                               R"({"tenant":"contoso","licence":"ump","quantity":4,"reason":"two were tests"})");
  EXPECT_EQ(made.at("was").as_int64(), 6);
  EXPECT_EQ(made.at("difference").as_int64(), -2);
  const auto bill = books.bill("contoso", "2026-11");
  EXPECT_EQ(json::serialize(bill.at("licences")), lines) << "closed lines never change";
  EXPECT_EQ(bill.at("revision").as_int64(), 2);
  EXPECT_EQ(bill.at("charged").at(0).at("quantity").as_int64(), 4);
  EXPECT_EQ(bill.at("corrections").at(0).at("reason").as_string(), "two were tests");
  for (const char* above : {"north", "host"}) {
    EXPECT_EQ(books.bill(above, "2026-11").at("charged").at(0).at("quantity").as_int64(), 4) << above;
    EXPECT_EQ(books.bill(above, "2026-11").at("licences").at(0).at("quantity").as_int64(), 6) << above;
  }
  books.rule("2026-11", "correct", R"({"tenant":"contoso","licence":"ump","quantity":5,"reason":"one was none"})");
  EXPECT_EQ(books.bill("host", "2026-11").at("charged").at(0).at("quantity").as_int64(), 5);
  EXPECT_EQ(books.bill("host", "2026-11").at("revision").as_int64(), 3);
  const auto page = books.ask(api::method::get, "/v1/bills?month=2026-11&tenant=contoso", {}, "text/html").body;
  EXPECT_THAT(page, AllOf(HasSubstr("Correction of ump of contoso"), HasSubstr("two were tests"),
                          HasSubstr("Charged in all: ump"), HasSubstr("revision 3")));
}

TEST_F(bill_life, what_makes_no_sense_is_refused_with_a_sentence_and_decisions_are_logged) {
  count_with_a_swing();
  const auto head = books.scene.book().head().sequence;
  const auto correct = [this](const std::string& quantity, const std::string& tenant = "contoso",
                              const std::string& licence = "ump") {
    return books.refusal(
        "2026-11", "correct",
        R"({"tenant":")" + tenant + R"(","licence":")" + licence + R"(","quantity":)" + quantity + R"(,"reason":"x"})");
  };
  EXPECT_THAT(correct("1", "nobody"), StartsWith("404 there is no tenant nobody"));
  EXPECT_THAT(correct("1", "contoso", "nothing"), StartsWith("404 contoso: 2026-11 has no licence nothing"));
  EXPECT_THAT(books.refusal("2026-13", "close", "{}"), StartsWith("400 month: "));
  EXPECT_THAT(books.refusal("2027-03", "close", "{}"), HasSubstr("has not begun"));
  EXPECT_EQ(books.scene.book().head().sequence, head + 4) << "each attempt is logged, and changes nothing else";
  for (const char* quantity : {"-3", "2.5", "9223372036854775808", "\"4\""})
    EXPECT_THAT(correct(quantity), StartsWith("422 quantity: a correction says what is charged instead")) << quantity;
  EXPECT_THAT(correct("6"), StartsWith("422 contoso: 2026-11: 6 of ump is charged already"));
  EXPECT_THAT(books.refusal("2026-11", "correct", R"({"tenant":"contoso","licence":"ump","quantity":3})"),
              StartsWith("422 reason: "));
  EXPECT_THAT(books.refusal("2026-12", "correct", R"({"tenant":"contoso","licence":"ump","quantity":3,"reason":"x"})"),
              HasSubstr("is still running"));
  std::size_t refused = 0;
  for (const auto& one : books.logged()) refused += one.type == "refused" ? 1 : 0;
  EXPECT_EQ(refused, 10U) << "of eleven within a minute";
  EXPECT_EQ(books.quantity("contoso", "2026-11"), 6);
}

TEST_F(bill_life, every_ruling_is_an_operation_whose_rows_stand_under_the_hash) {
  count_with_a_swing();
  books.rule("2026-11", "accept", R"({"tenant":"contoso","licence":"ump","at":"2026-11-11"})");
  books.rule("2026-11", "close", "{}");
  books.rule("2026-11", "correct", R"({"tenant":"contoso","licence":"ump","quantity":39,"reason":"one left"})");
  std::vector<std::string> types;
  for (const auto& one : books.logged())
    if (one.type.starts_with("bill-")) types.push_back(one.type + " by " + one.caller);
  EXPECT_THAT(types, testing::ElementsAre("bill-accept by root", "bill-close by root", "bill-correct by root"));
  EXPECT_TRUE(books.scene.reader().verify(true).value().clean());
}

TEST_F(bill_life, who_was_counted_is_right_over_comings_goings_and_rules_that_change) {
  give("2026-11-02T10:00:01Z", {host, record("contoso", "host", 100)});
  give_users("2026-11-03T10:00:00Z", 2);
  give_users("2026-11-10T10:00:00Z", 1);
  auto set = books.scene.how.rules->set();
  for (auto& factor : set.licences.front().factors)
    if (factor.id == "lifecycle-management") factor.id = "renamed";
  books.set_clock("2026-11-20T10:00:00Z");
  books.scene.how.rules = audit::rules_of(canonical_json(to_json(set)));
  books.scene.how.rules_automatic = true;
  ASSERT_TRUE(books.scene.office().adopt(books.scene.how, "root"));
  books.calculate("2026-12-02T00:00:00Z");
  std::vector<std::string> said;
  for (const auto& line : books.lines("/v1/bills/2026-11/subjects?tenant=contoso"))
    if (const auto one = parse_json(line).value(); one.at("kind").as_string() == "subject")
      said.push_back(std::string(one.at("subject").as_string()) + " " + std::string(one.at("factor").as_string()) +
                     " " + std::string(one.at("from").as_string()).substr(0, 13) + " " +
                     std::string(one.at("until").as_string()).substr(0, 13));
  EXPECT_THAT(said, testing::ElementsAre("u0 lifecycle-management 2026-11-03T10 2026-11-20T10",
                                         "u0 renamed 2026-11-20T10 2026-12-01T00",
                                         "u1 lifecycle-management 2026-11-03T10 2026-11-10T10"));
}

TEST_F(bill_life, the_statement_is_one_whole_page_to_print_with_a_witness) {
  count_with_a_swing();
  books.rule("2026-11", "close", "{}");
  const auto page = books.ask(api::method::get, "/v1/bills?month=2026-11&tenant=contoso", {}, "text/html").body;
  const auto answer = books.get("/v1/bills?month=2026-11&tenant=contoso");
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"));
  EXPECT_THAT(page, AllOf(HasSubstr("@page { size: A4;"), HasSubstr("@media print"), HasSubstr("closed by root on")));
  EXPECT_THAT(page, HasSubstr("up to entry " + std::to_string(answer.at("sequence").as_int64())));
  EXPECT_THAT(page, HasSubstr(std::string(answer.at("chain_head").as_string())));
  EXPECT_THAT(page, Not(HasSubstr("<script"))) << "nothing is loaded and nothing runs";
  EXPECT_THAT(page, Not(HasSubstr("http")));
  for (const char* element : {"html", "head", "body", "table", "thead", "tbody", "tr", "td", "th", "p", "footer"}) {
    const auto count = [&page](const std::string& what) {
      std::size_t found = 0;
      for (auto at = page.find(what); at != std::string::npos; at = page.find(what, at + 1)) ++found;
      return found;
    };
    const std::string name(element);
    EXPECT_EQ(count("<" + name + ">") + count("<" + name + " "), count("</" + name + ">")) << name;
  }
}

}  // namespace licaudit::app
