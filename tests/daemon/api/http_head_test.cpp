#include "daemon/api/http_head.hpp"

#include "daemon/api/problem.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

std::string http_head(const response& of, unsigned version) {
  std::string head;
  append_http_head(head, of, version);
  return head;
}

TEST(http_head_test, says_what_the_answer_is_and_how_long) {
  response answer;
  answer.body = "{}";
  EXPECT_EQ(
      http_head(answer, 11),
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: 2\r\n\r\n");
}

TEST(http_head_test, counts_a_body_that_is_shared) {
  response answer;
  answer.kept = std::make_shared<const std::string>("[1,2]");
  EXPECT_NE(http_head(answer, 11).find("Content-Length: 5\r\n"), std::string::npos);
}

TEST(http_head_test, carries_the_status_and_further_headers) {
  response answer = problem(405, "no");
  answer.headers.emplace_back("Allow", "GET, HEAD");
  const std::string head = http_head(answer, 11);
  EXPECT_EQ(head.substr(0, head.find('\r')), "HTTP/1.1 405 Method Not Allowed");
  EXPECT_NE(head.find("\r\nContent-Type: application/problem+json\r\n"), std::string::npos);
  EXPECT_NE(head.find("\r\nAllow: GET, HEAD\r\n"), std::string::npos);
}

TEST(http_head_test, announces_what_becomes_of_the_connection_where_the_version_leaves_it_open) {
  response answer;
  EXPECT_EQ(http_head(answer, 11).find("Connection"), std::string::npos);
  EXPECT_NE(http_head(answer, 10).find("HTTP/1.0 200 OK\r\n"), std::string::npos);
  EXPECT_NE(http_head(answer, 10).find("Connection: keep-alive\r\n"), std::string::npos);
  answer.close = true;
  EXPECT_NE(http_head(answer, 11).find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(http_head(answer, 10).find("Connection"), std::string::npos);
}

TEST(http_head_test, streams_in_chunks_without_a_length_and_to_old_clients_until_the_end) {
  response answer;
  answer.lines = [](line_writer&) -> boost::asio::awaitable<void> { co_return; };
  const std::string head = http_head(answer, 11);
  EXPECT_NE(head.find("Content-Type: application/x-ndjson\r\n"), std::string::npos);
  EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  EXPECT_EQ(http_head(answer, 10).find("Transfer-Encoding"), std::string::npos);
}

}  // namespace
}  // namespace licaudit::api
