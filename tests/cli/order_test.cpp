#include "tests/cli/fake_daemon.hpp"
#include "tests/cli/program_run.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

namespace {

constexpr const char* cart = R"({"tenant":"contoso","version":3,"state":"ok","lines":[
  {"licence":"voice","title":"Voice","now":10,"change":4,"then":14,"of":"acquired","by":"peak","month_now":10,
   "month_then":14,"blocked":null},
  {"licence":"outbound","title":"Outbound","now":null,"change":-2,"then":-2,"of":"calculated","by":"average",
   "month_now":null,"month_then":1.5,"blocked":"only 0 of outbound are acquired: at most 0 can be dropped"}]})";
constexpr const char* sound_cart = R"({"tenant":"contoso","version":3,"state":"degraded","lines":[
  {"licence":"voice","now":10,"change":4,"then":14,"of":"acquired","by":"peak","month_now":10,"month_then":14,
   "blocked":null}]})";
constexpr const char* ordered = R"({"tenant":"contoso","version":3,"lines":[
  {"licence":"voice","now":10,"change":4,"then":14,"of":"acquired","by":"peak","month_now":10,"month_then":14,
   "blocked":null}],"operation":88,"calculation":{"sequence":89,"at":"2026-11-21T12:00:00.000Z"}})";

struct host {
  explicit host(const std::string& answer) : daemon([answer](const std::string&) { return json_answer(answer); }) {}
  explicit host(fake_daemon::behaviour react) : daemon(std::move(react)) {}

  program_result run(const std::vector<std::string>& words) {
    return run_licaudit(words, {{"LICAUDIT_SOCKET=" + daemon.socket()}});
  }
  fake_daemon daemon;
};

}  // namespace

TEST(order, adds_and_drops_on_top_of_what_is_staged) {
  host one(cart);
  EXPECT_EQ(one.run({"order", "add", "contoso", "voice", "4"}).exit, 0);
  EXPECT_EQ(one.run({"order", "drop", "contoso", "voice", "2"}).exit, 0);
  EXPECT_EQ(one.run({"order", "cancel", "contoso", "voice"}).exit, 0);
  EXPECT_EQ(one.run({"order", "cancel", "contoso"}).exit, 0);
  const auto asked = one.daemon.requests();
  ASSERT_THAT(asked, SizeIs(4));
  EXPECT_THAT(asked[0], StartsWith("POST /v1/tenants/contoso/order "));
  EXPECT_THAT(asked[0], HasSubstr(R"({"licence":"voice","change":4})"));
  EXPECT_THAT(asked[1], HasSubstr(R"({"licence":"voice","change":-2})"));
  EXPECT_THAT(asked[2], StartsWith("DELETE /v1/tenants/contoso/order?licence=voice "));
  EXPECT_THAT(asked[3], StartsWith("DELETE /v1/tenants/contoso/order "));
}

TEST(order, shows_now_then_the_month_and_what_blocks) {
  host one(cart);
  const auto shown = one.run({"order", "show", "contoso"});
  EXPECT_EQ(shown.exit, 0) << shown.err;
  EXPECT_EQ(shown.out,
            "contoso  cart, version 3\n"
            "licence   change  acquired  this month  billed\n"
            "voice         +4  10 -> 14    10 -> 14  peak of acquired\n"
            "outbound      -2   - -> -2    - -> 1.5  average of calculated\n"
            " ! blocked  only 0 of outbound are acquired: at most 0 can be dropped\n"
            "do:  what is blocked first, or: licaudit order cancel contoso LICENCE\n");
  EXPECT_EQ(one.run({"order", "show", "contoso", "--csv"}).out,
            "licence,now,change,then,month_now,month_then,blocked\r\n"
            "voice,10,4,14,10,14,\r\n"
            "outbound,,-2,-2,,1.5,only 0 of outbound are acquired: at most 0 can be dropped\r\n");
}

TEST(order, says_that_nothing_is_staged) {
  host one(R"({"tenant":"contoso","version":4,"lines":[]})");
  EXPECT_EQ(one.run({"order", "show", "contoso"}).out,
            "nothing is staged for contoso; licaudit order add contoso LICENCE CHANGE\n");
}

TEST(order, confirms_the_version_that_it_shows) {
  host one([](const std::string& request) {
    return json_answer(request.find("/confirm") == std::string::npos ? sound_cart : ordered);
  });
  const auto done = one.run({"--utc", "order", "confirm", "contoso"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("voice"));
  EXPECT_THAT(done.out, HasSubstr("ordered for contoso: voice 10 -> 14, calculation 89 of "));
  EXPECT_THAT(done.out, HasSubstr("operation 88\n"));
  const auto asked = one.daemon.requests();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_THAT(asked[0], StartsWith("GET /v1/tenants/contoso/order "));
  EXPECT_THAT(asked[1], StartsWith("POST /v1/tenants/contoso/order/confirm "));
  EXPECT_THAT(asked[1], HasSubstr(R"({"version":3})"));
  EXPECT_THAT(one.run({"--json", "order", "confirm", "contoso"}).out, StartsWith(R"({"tenant":"contoso")"));
}

TEST(order, says_why_it_was_not_confirmed) {
  host one([](const std::string& request) {
    if (request.find("/confirm") == std::string::npos) return json_answer(sound_cart);
    return problem(409, "the cart has changed since version 3");
  });
  const auto lost = one.run({"order", "confirm", "contoso"});
  EXPECT_EQ(lost.exit, 5);
  EXPECT_EQ(lost.err, "licaudit: the cart has changed since version 3\n");
}

TEST(order, takes_digits_alone) {
  host one(cart);
  for (const char* change : {"-1", "1.5", "9223372036854775808", "1000000000001", "$5", "5 EUR", "x", "+5"}) {
    const auto wrong = one.run({"order", "add", "contoso", "voice", "--", change});
    EXPECT_EQ(wrong.exit, 2) << change;
    EXPECT_THAT(wrong.err, HasSubstr("a whole number from 0 to 1000000000000")) << change;
    EXPECT_EQ(one.run({"limit", "contoso", "voice", "--", change}).exit, 2) << change;
  }
  EXPECT_EQ(one.run({"order", "add", "contoso", "voice"}).exit, 2);
  EXPECT_EQ(one.run({"order"}).exit, 2);
  EXPECT_THAT(one.daemon.requests(), IsEmpty());
}

TEST(show, tells_limits_and_what_is_handed_out) {
  host one(R"({"tenant":"north","state":"ok","licences":[
    {"licence":"agents","title":"Agents","acquired":100,"licensed":70,"available":30,"handed_out":100,"factors":[]},
    {"licence":"speech","title":"Speech","acquired":null,"licensed":0,"available":null,"limit":2000,"factors":[]},
    {"licence":"video","title":"Video","acquired":null,"licensed":4,"available":null,"limit":null,"factors":[]}]})");
  const auto page = one.run({"show", "north"});
  EXPECT_EQ(page.exit, 0) << page.err;
  EXPECT_THAT(page.out, HasSubstr("available 30   handed out 100"));
  EXPECT_THAT(page.out, HasSubstr("available -   limit 2000"));
  EXPECT_THAT(page.out, HasSubstr("available -   limit none"));
}

TEST(limit, is_a_number_or_none) {
  host one(R"({"tenant":"contoso","licence":"speech","limit":2000,"included":5000,"allowed":7000,"unit":"minute",
    "period":"month","operation":7,"calculation":{"sequence":8,"at":"2026-11-21T12:00:00.000Z"}})");
  const auto set = one.run({"--utc", "limit", "contoso", "speech", "2000"});
  EXPECT_EQ(set.exit, 0) << set.err;
  EXPECT_THAT(set.out, StartsWith("limit of speech for contoso: 2000 above the 5000 included, 7000 minute allowed a "
                                  "month, calculation 8 of "));
  EXPECT_EQ(one.run({"limit", "contoso", "speech", "none"}).exit, 0);
  const auto asked = one.daemon.requests();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_THAT(asked[0], StartsWith("PUT /v1/tenants/contoso/limits/speech "));
  EXPECT_THAT(asked[0], HasSubstr(R"({"limit":2000})"));
  EXPECT_THAT(asked[1], HasSubstr(R"({"limit":null})"));
  EXPECT_EQ(one.run({"limit", "contoso", "speech", "2000", "--csv"}).out,
            "tenant,licence,limit,included,allowed,unit,period\r\ncontoso,speech,2000,5000,7000,minute,month\r\n");
}

}  // namespace licaudit::cli
