#include "cli/client.hpp"
#include "tests/cli/fake_daemon.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli {

using testing::ElementsAre;
using testing::HasSubstr;

namespace {

constexpr std::chrono::milliseconds plenty{10'000};
constexpr std::chrono::milliseconds short_while{150};

outcome<answer> ask(const fake_daemon& daemon, std::chrono::milliseconds timeout = plenty) {
  return client(daemon.socket(), timeout).ask({"GET", "/v1/status"});
}

std::string chunk(const std::string& text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  return std::string{digits[text.size() / 16], digits[text.size() % 16]} + "\r\n" + text + "\r\n";
}

constexpr auto stream_head =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

}  // namespace

TEST(client, gets_the_answer_whatever_its_status) {
  fake_daemon daemon([](const std::string&) { return problem(404, "no such tenant"); });
  const auto reply = ask(daemon).value();
  EXPECT_EQ(reply.status, 404U);
  EXPECT_EQ(reply.content_type, "application/problem+json");
  EXPECT_THAT(reply.body, HasSubstr("no such tenant"));
}

TEST(client, sends_method_body_and_secret) {
  fake_daemon daemon([](const std::string&) { return json_answer("{}"); });
  request question{"PUT", "/v1/x", R"({"on":false})"};
  question.secret = "s3cret";
  ASSERT_TRUE(client(daemon.socket(), plenty).ask(question));
  const auto sent = daemon.requests().at(0);
  EXPECT_THAT(sent, testing::StartsWith("PUT /v1/x HTTP/1.1\r\n"));
  EXPECT_THAT(sent, HasSubstr("Host: localhost\r\n"));
  EXPECT_THAT(sent, HasSubstr("Licaudit-Deletion-Secret: s3cret\r\n"));
  EXPECT_THAT(sent, testing::EndsWith("\r\n\r\n{\"on\":false}"));
}

TEST(client, hands_over_the_lines_of_a_stream) {
  // A line may come in several chunks, and several lines in one.
  fake_daemon daemon([](const std::string&) {
    return reaction{stream_head + chunk("{\"a\":1}\n{\"b\"") + chunk(":2}\n") + "0\r\n\r\n", false};
  });
  std::vector<std::string> lines;
  const auto reply = client(daemon.socket(), plenty).ask({"POST", "/v1/refresh"}, [&](std::string_view line) {
    lines.emplace_back(line);
  });
  EXPECT_EQ(reply.value().body, "{\"a\":1}\n{\"b\":2}\n");
  EXPECT_THAT(lines, ElementsAre("{\"a\":1}", "{\"b\":2}"));
}

TEST(client, says_that_nobody_is_there) {
  const auto reply = client("/nonexistent/licaudit.sock", plenty).ask({"GET", "/v1/status"});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().status, exit_status::no_daemon);
  EXPECT_THAT(reply.error().text, HasSubstr("/nonexistent/licaudit.sock"));
  EXPECT_THAT(reply.error().text, HasSubstr("--socket"));
}

TEST(client, says_that_a_path_is_too_long) {
  EXPECT_EQ(client("/" + std::string(200, 'x'), plenty).ask({}).error().status, exit_status::usage);
}

TEST(client, gives_up_on_silence) {
  fake_daemon daemon([](const std::string&) { return reaction{"", true}; });
  const auto reply = ask(daemon, short_while);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().status, exit_status::timed_out);
  EXPECT_THAT(reply.error().text, HasSubstr("150 ms"));
}

TEST(client, gives_up_on_silence_in_the_middle_of_an_answer) {
  fake_daemon daemon([](const std::string&) {
    auto half = json_answer(R"({"tenant":"contoso"})");
    half.bytes.resize(half.bytes.size() - 5);
    half.stays_silent = true;
    return half;
  });
  EXPECT_EQ(ask(daemon, short_while).error().status, exit_status::timed_out);
}

TEST(client, never_takes_half_an_answer_for_a_whole_one) {
  fake_daemon daemon([](const std::string&) {
    auto half = json_answer(R"({"tenant":"contoso"})");
    half.bytes.resize(half.bytes.size() - 5);
    return half;
  });
  EXPECT_EQ(ask(daemon).error().status, exit_status::no_daemon);
}

TEST(client, never_takes_half_a_stream_for_a_whole_one) {
  fake_daemon daemon([](const std::string&) { return reaction{stream_head + chunk("{\"a\":1}\n"), false}; });
  EXPECT_EQ(ask(daemon).error().status, exit_status::no_daemon);
}

TEST(client, warns_that_a_lost_change_may_have_happened) {
  fake_daemon daemon([](const std::string&) { return reaction{}; });
  EXPECT_THAT(client(daemon.socket(), plenty).ask({"POST", "/v1/apply", "{}"}).error().text,
              HasSubstr("it may have taken effect"));
  EXPECT_THAT(ask(daemon).error().text, HasSubstr("ask again"));
}

TEST(client, recognises_what_is_no_daemon_of_ours) {
  fake_daemon daemon([](const std::string&) { return reaction{"220 mail.example ESMTP\r\n", false}; });
  const auto reply = ask(daemon);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().status, exit_status::internal);
  EXPECT_THAT(reply.error().text, HasSubstr("is --socket right?"));
}

}  // namespace licaudit::cli
