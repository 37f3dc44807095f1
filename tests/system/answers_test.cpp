// The forms of answers, exit statuses and the API's own description, on the sample host.
#include "tests/system/running_daemon.hpp"
#include "tests/system/socket_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace {

running_daemon& asked_host() {
  static running_daemon host;
  static const bool ready = host.start() && host.cli({"refresh"}).status == 0;
  if (!ready) throw std::runtime_error("the sample host does not start: " + host.said());
  return host;
}

using words = std::vector<std::string>;

const std::vector<words>& reading_commands() {
  static const std::vector<words> all = {{"status"},
                                         {"sources"},
                                         {"findings"},
                                         {"rules"},
                                         {"tenants"},
                                         {"show", "contoso"},
                                         {"usage", "contoso"},
                                         {"check", "contoso", "ump"},
                                         {"history", "contoso"},
                                         {"history", "contoso", "--by", "calculation"},
                                         {"history", "contoso", "--by", "day"},
                                         {"history", "contoso", "--by", "month"},
                                         {"subjects", "tailspin"},
                                         {"bill"},
                                         {"bill", "contoso"},
                                         {"log"},
                                         {"source", "runs", "teams"},
                                         {"apply", "contoso", "--dry-run"},
                                         {"order", "show", "contoso"},
                                         {"verify"}};
  return all;
}

words with(const words& options, const words& command) {
  words all = options;
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

std::string joined(const words& command) {
  std::string text;
  for (const auto& word : command) text += word + ' ';
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string sample(std::string path) {
  for (const auto& [name, value] : {std::pair{"{t}", "contoso"},
                                    {"{s}", "teams"},
                                    {"{licence}", "ump"},
                                    {"{factor}", "user-interface"},
                                    {"{id}", "x"},
                                    {"{month}", "2026-13"},
                                    {"{l}", "ump"},
                                    {"{f}", "user-interface"}})
    if (const auto at = path.find(name); at != std::string::npos) path.replace(at, std::string(name).size(), value);
  return path;
}

}  // namespace

TEST(answers, have_every_form_with_the_same_exit_status) {
  const auto& host = asked_host();
  for (const auto& command : reading_commands()) {
    const auto plain = host.cli(command);
    EXPECT_LE(plain.status, 1) << joined(command) << plain.err;
    EXPECT_EQ(plain.err, "") << joined(command);
    EXPECT_EQ(plain.out.find('\x1b'), std::string::npos) << joined(command) << "no colours without a terminal";
    const auto whole = host.cli(with({"--json"}, command));
    EXPECT_EQ(whole.status, plain.status) << joined(command);
    EXPECT_TRUE(parse_json(whole.out)) << joined(command) << whole.out;
    const auto in_lines = host.cli(with({"--jsonl"}, command));
    EXPECT_EQ(in_lines.status, plain.status) << joined(command);
    for (const auto& line : lines_of(in_lines.out)) EXPECT_TRUE(parse_json(line)) << joined(command) << line;
    const auto table = host.cli(with({"--csv"}, command));
    EXPECT_EQ(table.status, plain.status) << joined(command);
    ASSERT_FALSE(lines_of(table.out).empty()) << joined(command) << "a header line";
    EXPECT_THAT(lines_of(table.out).front(), Not(HasSubstr("{"))) << joined(command);
    const auto in_utc = host.cli(with({"--utc"}, command));
    EXPECT_EQ(in_utc.status, plain.status) << joined(command);
    // The sentences of a bill are the daemon's, on the clock of the month that they explain.
    if (command.front() != "bill") {
      EXPECT_THAT(in_utc.out, Not(HasSubstr("GMT"))) << joined(command);
    }
  }
}

TEST(answers, exit_by_the_table) {
  const auto& host = asked_host();
  const auto status = [&host](const words& command) { return host.cli(command).status; };
  EXPECT_EQ(status({"show", "tailspin"}), 0);
  EXPECT_EQ(status({"show", "adventure"}), 1) << "over-use";
  EXPECT_EQ(status({"findings"}), 1);
  EXPECT_EQ(status({"findings", "tailspin"}), 0);
  EXPECT_EQ(status({"usage", "tailspin"}), 0);
  EXPECT_EQ(status({"usage", "adventure"}), 1) << "over-use";
  EXPECT_EQ(status({"check", "tailspin", "ump"}), 0);
  EXPECT_EQ(status({"check", "tailspin", "ump", "1000000"}), 1) << "no";
  EXPECT_EQ(status({"check", "adventure", "ump"}), 1);
  for (const char* odd : {"-1", "1.5", "9223372036854775808"})
    EXPECT_EQ(status({"check", "tailspin", "ump", "--", odd}), 5) << odd;
  EXPECT_EQ(status({"check", "tailspin", "nothing"}), 5);
  EXPECT_EQ(status({"finding", "ack", "000000000000", "--until", "+1d", "--reason", "x"}), 5);
  EXPECT_EQ(status({"finding", "ack", "000000000000", "--until", "+1d"}), 2);
  EXPECT_EQ(status({}), 2);
  EXPECT_EQ(status({"show"}), 2);
  EXPECT_EQ(status({"--json", "--csv", "status"}), 2);
  EXPECT_EQ(status({"show", "nobody"}), 5);
  EXPECT_EQ(status({"source", "runs", "nothing"}), 5);
  EXPECT_EQ(status({"source", "accept", "teams"}), 5);
  EXPECT_EQ(status({"bill", "close", "--month", "2026-13"}), 5);
  EXPECT_EQ(status({"bill", "close"}), 2);
  EXPECT_EQ(status({"bill", "contoso", "--subjects"}), 2);
  EXPECT_EQ(status({"bill", "contoso", "--subjects", "--month", "2026-13"}), 5);
  EXPECT_EQ(status({"bill", "accept", "contoso", "ump", "--month", "2020-01", "--at", "2020-01-02"}), 5);
  EXPECT_EQ(status({"bill", "correct", "contoso", "ump", "3", "--month", "2020-01", "--reason", "x"}), 5);
  EXPECT_EQ(status({"bill", "--against", "/no/such/file.csv"}), 5);
  EXPECT_EQ(status({"subjects", "tailspin", "--at", "last tuesday-ish"}), 5);
  EXPECT_EQ(run_program({binary("licaudit"), "--socket", "/nonexistent/socket", "status"}, "").status, 3);
  for (const words& wrong : {words{"show", "nobody"}, words{"source", "runs", "nothing"}}) {
    const auto outcome = host.cli(wrong);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err << "one line that says what and what to do";
  }
}

TEST(answers, are_described_by_openapi_and_nothing_else_answers) {
  const auto& host = asked_host();
  const auto document = talk(host.socket(), get("/v1/openapi.json"));
  ASSERT_THAT(document, StartsWith("HTTP/1.1 200"));
  const auto parsed = parse_json(document.substr(document.find("\r\n\r\n") + 4));
  ASSERT_TRUE(parsed) << parsed.error().detail;
  std::size_t routes = 0;
  for (const auto& [path, methods] : parsed->at("paths").as_object()) {
    for (const std::string method : {"GET", "PUT", "POST", "PATCH", "DELETE"}) {
      std::string key = method;
      std::transform(key.begin(), key.end(), key.begin(), [](char c) { return static_cast<char>(c | 0x20); });
      const bool listed = methods.as_object().contains(key);
      routes += listed ? 1 : 0;
      // Listed ones that change something get a body that each of them refuses.
      const std::string body = method == "GET" ? "" : "[]";
      const auto answer =
          talk(host.socket(), method + " " + sample(path) + " HTTP/1.1\r\nHost: l\r\nConnection: close\r\n" +
                                  "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
      if (listed)
        EXPECT_THAT(answer, Not(StartsWith("HTTP/1.1 405"))) << method << path;
      else
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 405")) << method << path;
      EXPECT_THAT(answer, Not(StartsWith("HTTP/1.1 500"))) << method << path << answer;
      EXPECT_THAT(answer, Not(HasSubstr("no route"))) << method << path << answer;
    }
  }
  EXPECT_GE(routes, 25u);
  for (const char* other : {"/", "/v1", "/v1/no-such-thing", "/v2/status", "/v1/tenants/contoso/nothing"})
    EXPECT_THAT(talk(host.socket(), get(other)), StartsWith("HTTP/1.1 404")) << other;
}

TEST(answers, tell_the_documented_licence_page_to_curl) {
  const auto page = run_program({"/usr/bin/curl", "-sS", "--max-time", "20", "--unix-socket",
                                 asked_host().socket().string(), "http://localhost/v1/tenants/tailspin/licences"},
                                "");
  EXPECT_THAT(page.out, HasSubstr("\"text\":\"2 (5)\""));
  EXPECT_TRUE(parse_json(page.out));
}

}  // namespace licaudit::test
