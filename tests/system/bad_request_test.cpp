// Requests that are wrong, and callers without the right.
#include "tests/system/running_daemon.hpp"
#include "tests/system/socket_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

constexpr uid_t somebody = 12345;  // no account needs to have it

running_daemon& refreshed() {
  static running_daemon host;
  static const bool ready = host.start() && host.cli({"refresh"}).status == 0;
  if (!ready) throw std::runtime_error("the sample host does not start: " + host.said());
  return host;
}

std::string post(const std::string& target, const std::string& body, const std::string& length) {
  return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n" +
         "Content-Length: " + length + "\r\n\r\n" + body;
}

}  // namespace

TEST(bad_request, that_is_no_http_is_refused_and_the_daemon_goes_on) {
  const auto& host = refreshed();
  EXPECT_THAT(talk(host.socket(), "\x16\x03\x01 hello?\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(talk(host.socket(), "status\n\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_EQ(host.cli({"status"}).status, 0);
}

TEST(bad_request, that_is_too_large_is_refused) {
  const auto& host = refreshed();
  const std::string large(2'000'000, ' ');
  EXPECT_THAT(talk(host.socket(), post("/v1/refresh", large, std::to_string(large.size()))),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(talk(host.socket(), "GET /v1/status HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431"));
  EXPECT_EQ(host.cli({"status"}).status, 0);
}

TEST(bad_request, names_what_is_wrong_with_it) {
  const auto& host = refreshed();
  EXPECT_THAT(talk(host.socket(), get("/v1/tenants/nobody/licences")), HasSubstr("there is no tenant nobody"));
  EXPECT_THAT(talk(host.socket(), get("/v1/no-such-thing")), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(talk(host.socket(), get("/v1/tenants?colour=red")), HasSubstr("colour"));
  EXPECT_THAT(talk(host.socket(), post("/v1/apply", "{\"all\":", "7")), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(talk(host.socket(), post("/v1/apply", "{\"everything\":true}", "19")), HasSubstr("everything"));
  EXPECT_THAT(talk(host.socket(), post("/v1/status", "{}", "2")), StartsWith("HTTP/1.1 405"));
  const auto history = host.cli({"history", "contoso", "--since", "the day before the flood"});
  EXPECT_EQ(history.status, 5);
  EXPECT_THAT(history.err, HasSubstr("the day before the flood"));
  const auto nobody = host.cli({"show", "nobody"});
  EXPECT_EQ(nobody.status, 5);
  EXPECT_THAT(nobody.err, HasSubstr("there is no tenant nobody"));
  EXPECT_EQ(host.cli({"factor", "off", "contoso", "ump/direct-routing"}).status, 5) << "not switchable";
  EXPECT_EQ(host.cli({"apply", "--plan", "0123456789abcdef"}).status, 5) << "no such plan";
}

TEST(bad_request, to_apply_a_plan_that_is_out_of_date_changes_nothing) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  ASSERT_EQ(host.cli({"factor", "off", "contoso", "lifecycle-management"}).status, 0);
  const auto plan = host.ask({"apply", "contoso", "--dry-run"});
  ASSERT_TRUE(plan.is_object());
  ASSERT_EQ(host.cli({"factor", "off", "contoso", "user-interface"}).status, 0);
  const auto refused = host.cli({"apply", "--plan", std::string(plan.at("plan").as_string())});
  EXPECT_EQ(refused.status, 5);
  EXPECT_THAT(refused.err, HasSubstr("out of date"));
  EXPECT_THAT(host.cli({"show", "contoso"}).out, HasSubstr("20 (80)"));
  // What is told to look at is what can be applied.
  const auto fresh = host.ask({"apply", "contoso", "--dry-run"});
  EXPECT_EQ(host.cli({"apply", "--plan", std::string(fresh.at("plan").as_string())}).status, 0);
  EXPECT_THAT(host.cli({"show", "contoso"}).out, HasSubstr("0 (80) (n/a)"));
}

TEST(bad_request, by_a_caller_without_the_right) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can speak as somebody else";
  running_daemon host;
  std::filesystem::permissions(host.folder(), std::filesystem::perms(0755));
  std::string settings = host.read("licauditd.yaml");
  settings.replace(settings.find("'0600'"), 6, "'0666'");
  host.write("licauditd.yaml", settings);
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const auto stranger = talk_as(somebody, host.socket(), get("/v1/tenants"));
  EXPECT_THAT(stranger, StartsWith("HTTP/1.1 403"));
  // It is logged behind the answer.
  std::string log;
  const auto begun = std::chrono::steady_clock::now();
  while (log.empty() && std::chrono::steady_clock::now() - begun < std::chrono::seconds(50))
    log = host.cli({"log", "--type", "refused"}).out;
  EXPECT_THAT(log, HasSubstr("uid 12345"));

  host.write("licauditd.yaml", settings + "access:\n  - { user: 12345, role: customer, tenant: tailspin }\n");
  ASSERT_EQ(host.cli({"reload"}).status, 0);
  const auto ask = [&host](const std::string& target) { return talk_as(somebody, host.socket(), get(target)); };
  EXPECT_THAT(ask("/v1/tenants/tailspin/licences"), HasSubstr("2 (5)"));
  EXPECT_THAT(ask("/v1/tenants/contoso/licences"), StartsWith("HTTP/1.1 404")) << "as if it did not exist";
  EXPECT_THAT(ask("/v1/tenants"), Not(HasSubstr("contoso")));
  EXPECT_THAT(ask("/v1/findings"), Not(HasSubstr("adventure")));
  EXPECT_THAT(ask("/v1/sources"), StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(ask("/metrics"), StartsWith("HTTP/1.1 403"));
  const auto status = ask("/v1/status");
  EXPECT_THAT(status, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(status, Not(HasSubstr("dial-plans"))) << "what feeds others is not his";
  EXPECT_THAT(talk_as(somebody, host.socket(), post("/v1/refresh", "{}", "2")), StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(talk_as(somebody, host.socket(), post("/v1/apply", "{\"tenants\":[\"tailspin\"]}", "24")),
              StartsWith("HTTP/1.1 403"));
}

}  // namespace licaudit::test
