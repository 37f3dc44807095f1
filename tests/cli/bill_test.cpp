#include "tests/cli/fake_daemon.hpp"
#include "tests/cli/golden.hpp"
#include "tests/cli/program_run.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli {

using testing::HasSubstr;
using testing::StartsWith;

namespace {

struct host {
  explicit host(const reaction& what) : daemon([what](const std::string&) { return what; }) {}

  program_result bill(std::vector<std::string> more) {
    more.insert(more.begin(), "bill");
    return run_licaudit(more, {{"LICAUDIT_SOCKET=" + daemon.socket()}});
  }
  std::string asked() const { return daemon.requests().at(0); }

  fake_daemon daemon;
};

}  // namespace

TEST(bill, asks_for_the_month_and_the_tenant) {
  host one(json_answer(golden_text("bill.json")));
  const auto result = one.bill({"contoso", "--month", "2026-10"});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_THAT(one.asked(), StartsWith("GET /v1/bills?month=2026-10&tenant=contoso&limit=1000 "));
  EXPECT_EQ(result.out, golden_text("bill.txt"));
}

TEST(bill, is_a_line_per_licence_for_a_spreadsheet) {
  host one(json_answer(golden_text("bill.json")));
  const auto result = one.bill({"--month", "2026-10", "--csv"});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("month,tenant,name,zone,bill,aggregated,licence,title,of,by,quantity,at,to,"));
  EXPECT_THAT(result.out,
              HasSubstr("2026-10,northwind,Northwind Partners,Europe/London,ready,true,ump,UMP user licence,"
                        "calculated,average,110.909091,,,,host,"));
  EXPECT_THAT(result.out, HasSubstr(",storage,Storage 500 GB,acquired,peak,,,,,northwind,"));
}

TEST(bill, prints_the_statement_as_the_daemon_writes_it) {
  host one(json_answer("<!DOCTYPE html>\n<p>x</p>\n", "200 OK", "text/html; charset=utf-8"));
  const auto result = one.bill({"contoso", "--month", "2026-10", "--html"});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_EQ(result.out, "<!DOCTYPE html>\n<p>x</p>\n");
  EXPECT_THAT(one.asked(), HasSubstr("Accept: text/html\r\n"));
}

TEST(bill, says_why_there_is_no_statement) {
  host one(problem(404, "there is no tenant nobody"));
  const auto result = one.bill({"nobody", "--html"});
  EXPECT_EQ(result.exit, 5);
  EXPECT_THAT(result.err, HasSubstr("there is no tenant nobody"));
  EXPECT_EQ(result.out, "");
}

TEST(bill, closes_accepts_and_corrects) {
  const auto asked = [](const std::vector<std::string>& words, const std::string& answer) {
    host one(json_answer(answer));
    const auto result = one.bill(words);
    EXPECT_EQ(result.exit, 0) << result.err;
    return std::pair(one.asked(), result.out);
  };
  const auto closed =
      asked({"close", "contoso", "--month", "2026-10"},
            R"({"month":"2026-10","tenants":["contoso"],"sequence":7,"chain_head":"c0","operation":9})");
  EXPECT_THAT(closed.first, StartsWith("POST /v1/bills/2026-10/close "));
  EXPECT_THAT(closed.first, HasSubstr(R"({"tenant":"contoso"})"));
  EXPECT_EQ(closed.second, "closed 2026-10 for 1 tenant, operation 9; up to entry 7 of the chain, head c0\n");
  EXPECT_THAT(asked({"close", "--month", "2026-10"}, R"({"month":"2026-10","tenants":[],"operation":9})").first,
              HasSubstr("\r\n\r\n{}"));
  const auto accepted =
      asked({"accept", "contoso", "ump", "--month", "2026-10", "--at", "2026-10-11"},
            R"({"month":"2026-10","tenant":"contoso","licence":"ump","from":"2026-10-10T10:00:00.000Z",)"
            R"("until":"2026-10-12T10:00:00.000Z","quantity":40,"operation":9})");
  EXPECT_THAT(accepted.first, HasSubstr(R"({"tenant":"contoso","licence":"ump","at":"2026-10-11"})"));
  EXPECT_THAT(accepted.second, StartsWith("accepted 40 of ump for contoso, held from "));
  const auto corrected = asked({"correct", "contoso", "ump", "4", "--month", "2026-10", "--reason", "tests"},
                               R"({"month":"2026-10","tenant":"contoso","licence":"ump","was":6,"quantity":4,)"
                               R"("difference":-2,"reason":"tests","operation":9})");
  EXPECT_THAT(corrected.first, HasSubstr(R"("quantity":4,"reason":"tests"})"));
  EXPECT_EQ(corrected.second, "corrected ump of contoso in 2026-10 from 6 to 4, operation 9\n");
}

TEST(bill, needs_a_month_and_a_whole_quantity_for_a_ruling) {
  host one(json_answer("{}"));
  EXPECT_EQ(one.bill({"close", "contoso"}).exit, 2);
  EXPECT_EQ(one.bill({"correct", "contoso", "ump", "2.5", "--month", "2026-10", "--reason", "x"}).exit, 2);
  EXPECT_TRUE(one.daemon.requests().empty());
}

TEST(bill, shows_what_became_of_it) {
  host one(json_answer(
      R"({"month":"2026-10","sequence":1,"chain_head":"c0","next":null,"tenants":[{"tenant":"contoso","name":"C",)"
      R"("zone":"UTC","state":"closed","revision":2,"aggregated":false,"closed":{"at":"2026-11-02T00:00:00.000Z",)"
      R"("by":"north","operation":9},"charged":[{"licence":"ump","quantity":4}],"corrections":[{"tenant":"contoso",)"
      R"("licence":"ump","was":6,"quantity":4,"difference":-2,"reason":"tests","at":"2026-11-03T00:00:00.000Z",)"
      R"("by":"north","operation":12}],"licences":[{"licence":"ump","title":"UMP","quantity":6,"accepted":[{"quantity":6,)"
      R"("at":"2026-11-01T00:00:00.000Z","by":"north","operation":8}],"explanation":[]}]}]})"));
  const auto page = one.bill({"--month", "2026-10", "--utc"}).out;
  EXPECT_THAT(page, HasSubstr("closed by north on "));
  EXPECT_THAT(page, HasSubstr("accepted: 6 of ump by north on "));
  EXPECT_THAT(page, HasSubstr("corrected: ump of contoso from 6 to 4 by north on "));
  EXPECT_THAT(page, HasSubstr("charged in all: ump 4"));
  EXPECT_THAT(one.bill({"--month", "2026-10", "--csv"}).out, HasSubstr("correction,-2,2026-11-03T00:00:00.000Z"));
}

TEST(bill, lists_who_was_counted) {
  host one(
      json_answer("{\"kind\":\"progress\",\"done\":1,\"total\":1}\n"
                  "{\"kind\":\"subject\",\"type\":\"user\",\"subject\":\"ann\",\"key\":\"k1\",\"licence\":\"ump\","
                  "\"factor\":\"dr\",\"quantity\":1,\"from\":\"2026-10-01T00:00:00.000Z\","
                  "\"until\":\"2026-10-05T00:00:00.000Z\"}\n{\"kind\":\"end\"}\n",
                  "200 OK", "application/x-ndjson"));
  const auto result = one.bill({"contoso", "--month", "2026-10", "--subjects", "--licence", "ump", "--csv"});
  EXPECT_EQ(result.exit, 0) << result.err;
  EXPECT_EQ(result.out,
            "type,subject,key,licence,factor,quantity,from,until\r\n"
            "user,ann,k1,ump,dr,1,2026-10-01T00:00:00.000Z,2026-10-05T00:00:00.000Z\r\n");
  EXPECT_THAT(one.asked(), StartsWith("GET /v1/bills/2026-10/subjects?tenant=contoso&licence=ump "));
  EXPECT_EQ(one.bill({"--subjects", "--month", "2026-10"}).exit, 2);
}

}  // namespace licaudit::cli
