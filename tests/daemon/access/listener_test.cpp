// The listener of the real daemon: who is let in by a token, for how long, and what the daemon says of the rest.
#include "tests/daemon/access/guarded_host.hpp"

#include "model/digest.hpp"
#include "model/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::test {
namespace {

using testing::HasSubstr;

using listener = guarded_host;

TEST_F(listener, tells_whoever_shows_no_good_token_why_and_how) {
  const auto refused = [this](const std::string& header) {
    api::raw_client client(port);
    const api::raw_answer answer = client.ask("GET /v1/status HTTP/1.1\r\n" + header + "\r\n");
    EXPECT_EQ(answer.status, 401) << header;
    return answer.headers.at("WWW-Authenticate") + " " + std::string(parse_json(answer.body)->at("detail").as_string());
  };
  EXPECT_THAT(refused("Authorization: Bearer expired\r\n"),
              HasSubstr("invalid_token\" this token expired on 2020-01-0"));
  EXPECT_THAT(refused("Authorization: Bearer wrong\r\n"), HasSubstr("invalid_token\" this token is not known here"));
  for (const char* none :
       {"", "Authorization: Bearer\r\n", "Authorization: Basic cm9vdDo=\r\n", "Authorization: Bearer two words\r\n"}) {
    EXPECT_THAT(refused(none), HasSubstr("Bearer realm=\"licaudit\" send the header `Authorization: Bearer TOKEN`"));
  }
}

TEST_F(listener, a_reload_ends_a_token_on_a_connection_that_is_open) {
  api::raw_client client(port);
  const std::string question = "GET /v1/status HTTP/1.1\r\nAuthorization: Bearer token-of-customer\r\n\r\n";
  EXPECT_EQ(client.ask(question).status, 200);
  std::string without = settings();
  const std::string digest = to_hex(sha256("token-of-customer"));
  without.replace(without.find(digest), digest.size(), to_hex(sha256("another")));
  host.write("licauditd.yaml", without);
  ASSERT_EQ(host.cli({"reload"}).status, 0);
  EXPECT_EQ(client.ask(question).status, 401);
  without.replace(without.find("127.0.0.1:0"), 11, "127.0.0.1:1");
  host.write("licauditd.yaml", without);
  EXPECT_THAT(host.cli({"reload"}).err, HasSubstr("http.listen: changes only with a restart"));
}

TEST_F(listener, a_place_that_is_taken_stops_the_start_with_its_name) {
  running_daemon second;
  std::string taken = settings();
  const std::string place = "127.0.0.1:" + std::to_string(port);
  taken.replace(taken.find("127.0.0.1:0"), 11, place);
  second.write("licauditd.yaml", taken);
  EXPECT_FALSE(second.start());
  EXPECT_THAT(second.said(), HasSubstr("http.listen " + place + ": Address already in use"));
}

TEST_F(listener, a_silent_client_of_the_listener_does_not_hold_up_the_end) {
  api::raw_client silent(port);
  api::raw_client spoke(port);
  EXPECT_EQ(spoke.ask("GET /v1/status HTTP/1.1\r\n\r\n").status, 401);
  EXPECT_EQ(host.stop(), 0) << host.said();
  EXPECT_TRUE(silent.is_closed());
}

}  // namespace
}  // namespace licaudit::test
