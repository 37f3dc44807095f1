// Orders of real people at the real daemon.
#include "tests/system/running_daemon.hpp"
#include "tests/system/socket_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>
#include <thread>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace {

constexpr uid_t somebody = 12345;

std::string post(const std::string& target, const std::string& body) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: l\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

constexpr const char* confirm = "/v1/tenants/tailspin/order/confirm";

/// Somebody is a reseller here; everybody reaches the socket.
void open_to_somebody(const running_daemon& host) {
  std::filesystem::permissions(host.folder(), std::filesystem::perms(0755));
  std::string text = host.read("licauditd.yaml");
  const std::string mode = "mode: '0600'";
  text.replace(text.find(mode), mode.size(), "mode: '0666'");
  host.write("licauditd.yaml", text + "\naccess:\n  - { user: 12345, role: reseller, tenant: northwind }\n");
}

std::int64_t acquired(const running_daemon& host, const std::string& tenant) {
  return host.ask({"show", tenant}).at("licences").at(0).at("acquired").as_int64();
}

}  // namespace

TEST(orders, from_the_cart_to_the_licence_page_and_over_a_restart) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const auto before = acquired(host, "tailspin");
  EXPECT_EQ(host.cli({"order", "add", "tailspin", "ump", "4"}).status, 0);
  ASSERT_EQ(host.stop(), 0);
  ASSERT_TRUE(host.start()) << host.said();
  const auto shown = host.cli({"order", "show", "tailspin"});
  EXPECT_THAT(shown.out, HasSubstr(std::to_string(before) + " -> " + std::to_string(before + 4))) << shown.err;
  const auto done = host.cli({"order", "confirm", "tailspin"});
  EXPECT_EQ(done.status, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("ordered for tailspin: ump "));
  EXPECT_EQ(acquired(host, "tailspin"), before + 4);
  EXPECT_THAT(host.cli({"findings", "tailspin"}).out, HasSubstr("acquired-differs"));
  const auto blocked_add = host.cli({"order", "drop", "tailspin", "ump", std::to_string(before + 4)});
  EXPECT_THAT(blocked_add.out, HasSubstr("! blocked  2 of ump are licensed: free 2 first")) << blocked_add.err;
  const auto blocked = host.cli({"order", "confirm", "tailspin"});
  EXPECT_EQ(blocked.status, 5);
  EXPECT_THAT(blocked.err, HasSubstr("nothing was ordered for tailspin; 2 of ump are licensed: free 2 first"));
  EXPECT_EQ(acquired(host, "tailspin"), before + 4);
  const auto log = host.cli({"log"}).out;
  EXPECT_THAT(log, HasSubstr("order ump +4"));
  EXPECT_THAT(log, HasSubstr("POST /v1/tenants/{t}/order/confirm: nothing was ordered for tailspin"));
  EXPECT_EQ(host.cli({"limit", "tailspin", "ump", "5"}).status, 5) << "ump has no limit";
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
}

TEST(orders, confirmed_by_two_people_at_once_are_one_of_them) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to be somebody else";
  running_daemon host;
  open_to_somebody(host);
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const auto before = acquired(host, "fabrikam");
  const auto cart = std::string("/v1/tenants/fabrikam/order");
  const std::string line = R"({"licence":"ump","change":20})";
  ASSERT_THAT(talk(host.socket(), post(cart, line)), HasSubstr(R"("version":1)"));
  ASSERT_THAT(talk_as(somebody, host.socket(), post(cart, line)), HasSubstr(R"("version":1)"));
  std::string root_heard, somebody_heard;
  const std::string confirmation = post(cart + "/confirm", R"({"version":1})");
  std::thread root([&] { root_heard = talk(host.socket(), confirmation); });
  somebody_heard = talk_as(somebody, host.socket(), confirmation);
  root.join();
  const bool root_won = root_heard.starts_with("HTTP/1.1 200");
  const auto& won = root_won ? root_heard : somebody_heard;
  const auto& lost = root_won ? somebody_heard : root_heard;
  EXPECT_THAT(won, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(lost, StartsWith("HTTP/1.1 409"));
  EXPECT_THAT(lost, HasSubstr("what it rests on (quantities, pools or rules) has changed since version 1"));
  EXPECT_EQ(acquired(host, "fabrikam"), before + 20) << "one of the two";
}

TEST(orders, confirmed_twice_at_once_are_ordered_once) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const auto before = acquired(host, "tailspin");
  ASSERT_EQ(host.cli({"order", "add", "tailspin", "ump", "7"}).status, 0);
  std::string first, second;
  const std::string confirmation = post(confirm, R"({"version":1})");
  std::thread one([&] { first = talk(host.socket(), confirmation); });
  second = talk(host.socket(), confirmation);
  one.join();
  EXPECT_NE(first.starts_with("HTTP/1.1 200"), second.starts_with("HTTP/1.1 200"));
  EXPECT_NE(first.starts_with("HTTP/1.1 409"), second.starts_with("HTTP/1.1 409"));
  EXPECT_EQ(acquired(host, "tailspin"), before + 7);
}

}  // namespace licaudit::test
