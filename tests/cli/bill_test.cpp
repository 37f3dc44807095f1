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

}  // namespace licaudit::cli
