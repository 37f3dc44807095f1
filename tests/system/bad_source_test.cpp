// Sources that misbehave: whatever they print, what was given last stays, and the message names the line.
#include "tests/system/scripted_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr const char* begin_line = "echo '{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"snapshot\"}'\n";

/// A host whose source `people` has given twelve users of contoso.
class bad_source : public ::testing::Test {
 protected:
  void SetUp() override {
    host.script("people", snapshot(users(12)));
    host.source("people.yaml", "people", ", tenant: contoso, timeout: 20s");
    ASSERT_TRUE(host.start()) << host.said();
    const auto first = host.cli({"refresh"});
    ASSERT_EQ(first.status, 0) << first.out << first.err;
    ASSERT_EQ(host.shown("contoso", "direct-routing"), "12 (12)");
  }

  /// Runs it with this body, and expects that all of it is refused, in these words.
  void expect_rejected(const std::string& name, const std::string& body, const char* says) {
    host.script("people", body);
    const auto outcome = host.cli({"refresh", "people"});
    EXPECT_EQ(outcome.status, 6) << name << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr(says)) << name;
    EXPECT_EQ(host.shown("contoso", "direct-routing"), "12 (12)") << name;
    EXPECT_EQ(host.shown("contoso", "state"), "degraded") << name;
    EXPECT_THAT(host.findings(), HasSubstr("stale")) << name;
    const auto page = host.cli({"show", "contoso"});
    EXPECT_EQ(page.status, 6) << name;
    EXPECT_THAT(page.out, HasSubstr(says)) << name << ": the page explains itself";
  }

  void TearDown() override {
    host.script("people", snapshot(users(12)));
    EXPECT_EQ(host.cli({"refresh"}).status, 0) << "mended, and all is well again";
    EXPECT_EQ(host.shown("contoso", "state"), "ok");
    EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
    EXPECT_EQ(host.stop(), 0);
  }

  scripted_host host;
};

}  // namespace

TEST_F(bad_source, that_prints_what_is_not_of_the_protocol) {
  expect_rejected("garbage", "echo 'Traceback (most recent call last):'\n", "line 1: not JSON");
  expect_rejected("no object", "echo '[1, 2]'\n", "line 1: not a JSON object");
  expect_rejected("no begin", "echo '{\"kind\":\"user\",\"id\":\"u\",\"fields\":{}}'\n", "line 1");
  expect_rejected("unknown kind", std::string(begin_line) + "echo '{\"kind\":\"banana\"}'\n", "line 2: unknown kind");
  expect_rejected("after the end", snapshot("") + "echo '{\"kind\":\"progress\",\"done\":1}'\n", "line 3");
  expect_rejected("zeroes", "head -c 4000 /dev/zero\n", "line 1");
}

TEST_F(bad_source, that_is_cut_off_or_says_nothing) {
  expect_rejected("half a line", std::string(begin_line) + "printf '{\"kind\":\"user\",\"id\":\"u\",\"fie'\n",
                  "line 2: cut off");
  expect_rejected("no end", std::string(begin_line) + "echo '{\"kind\":\"user\",\"id\":\"u\",\"fields\":{}}'\n",
                  "without an end");
  expect_rejected("nothing", "exit 0\n", "printed nothing");
  expect_rejected("a failure", snapshot(users(12)) + "echo 'disk on fire' >&2\nexit 3\n", "disk on fire");
  expect_rejected("a crash", snapshot(users(12)) + "kill -SEGV $$\n", "signal 11");
}

TEST_F(bad_source, that_prints_a_line_beyond_all_bounds) {
  // The beginning of a line of 1 GiB: what reads on would need all of it.
  expect_rejected("a long line", std::string(begin_line) + "head -c 1073741824 /dev/zero | tr '\\0' 'a'\n",
                  "line 2: longer than 1048576 bytes");
}

TEST_F(bad_source, that_never_ends) {
  host.source("people.yaml", "people", ", tenant: contoso, timeout: 1s");
  ASSERT_EQ(host.cli({"reload"}).status, 0);
  expect_rejected("silent", "exec sleep 1000\n", "did not end within its timeout of 1 s");
  expect_rejected("chatty",
                  std::string(begin_line) + "while :; do echo '{\"kind\":\"progress\",\"done\":1}'; sleep 0.05; done\n",
                  "did not end within its timeout of 1 s");
  expect_rejected("deaf", "trap '' TERM\nwhile :; do sleep 1; done\n", "did not end within its timeout of 1 s");
  host.source("people.yaml", "people", ", tenant: contoso, timeout: 20s");
  ASSERT_EQ(host.cli({"reload"}).status, 0);
}

TEST_F(bad_source, whose_records_of_an_unknown_tenant_are_set_aside) {
  host.script("people", snapshot(users(13) + R"({"kind":"user","tenant":"nobody","id":"x","fields":{}})"
                                             "\n"));
  EXPECT_EQ(host.cli({"refresh", "people"}).status, 0);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "13 (13)") << "all other tenants' take effect";
  const auto told = host.cli({"findings"});
  EXPECT_THAT(told.out, HasSubstr("line 15: tenant nobody is not known; its record was set aside"));
  host.script("people", snapshot(users(13)));
  EXPECT_EQ(host.cli({"refresh", "people"}).status, 0);
  EXPECT_THAT(host.findings(), Not(HasSubstr("unknown-tenant")));
}

TEST_F(bad_source, whose_tenant_with_a_faulty_record_keeps_what_it_had) {
  const std::string other = R"({"kind":"number","tenant":"tailspin","id":"p/1","fields":{"tag":"t"}})"
                            "\n";
  host.script("people", snapshot(users(13) + user("u3", R"({"upn":"another"})") + other));
  EXPECT_EQ(host.cli({"refresh", "people"}).status, 0);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "12 (12)");
  EXPECT_EQ(host.shown("tailspin", "service-numbers"), "1 (1)");
  EXPECT_THAT(host.cli({"show", "contoso"}).out, HasSubstr("line 15: user u3 stands in the run twice"));

  host.script("people", snapshot(users(13) +
                                 R"({"kind":"user","id":"ann","fields":{},"quantity":-1})"
                                 "\n" +
                                 other));
  EXPECT_EQ(host.cli({"refresh", "people"}).status, 0);
  EXPECT_EQ(host.shown("contoso", "direct-routing"), "12 (12)");
  EXPECT_THAT(host.cli({"findings", "contoso"}).out, HasSubstr("line 15"));
  host.script("people", snapshot(users(12) + other));
  EXPECT_EQ(host.cli({"refresh", "people"}).status, 0);
  EXPECT_THAT(host.findings(), Not(HasSubstr("set-aside")));
}

}  // namespace licaudit::test
