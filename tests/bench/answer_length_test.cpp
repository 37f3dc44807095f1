#include "bench/serve/load_client.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace licaudit::bench {
namespace {

TEST(answer_length, is_nothing_until_the_last_byte_is_there) {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello";
  const std::string resp = "$5\r\nhello\r\n";
  for (std::size_t i = 0; i < http.size(); ++i) EXPECT_EQ(answer_length(protocol::http, http.substr(0, i)), 0u) << i;
  for (std::size_t i = 0; i < resp.size(); ++i) EXPECT_EQ(answer_length(protocol::resp, resp.substr(0, i)), 0u) << i;
  EXPECT_EQ(answer_length(protocol::http, http), http.size());
  EXPECT_EQ(answer_length(protocol::resp, resp), resp.size());
}

TEST(answer_length, leaves_the_next_answer_alone) {
  const std::string one = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab";
  EXPECT_EQ(answer_length(protocol::http, one + one), one.size());
  EXPECT_EQ(answer_length(protocol::resp, "+OK\r\n$1\r\na\r\n"), 5u);
  EXPECT_EQ(answer_length(protocol::resp, "$-1\r\n$1\r\na\r\n"), 5u);
}

TEST(answer_length, refuses_an_answer_without_a_length) {
  EXPECT_THROW((void)answer_length(protocol::http, "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"), std::runtime_error);
}

TEST(is_success, tells_a_page_from_a_problem_and_a_value_from_none) {
  EXPECT_TRUE(is_success(protocol::http, "HTTP/1.1 200 OK\r\n"));
  EXPECT_FALSE(is_success(protocol::http, "HTTP/1.1 404 Not Found\r\n"));
  EXPECT_TRUE(is_success(protocol::resp, "$1\r\na\r\n"));
  EXPECT_TRUE(is_success(protocol::resp, "+OK\r\n"));
  EXPECT_FALSE(is_success(protocol::resp, "$-1\r\n"));
  EXPECT_FALSE(is_success(protocol::resp, "-ERR unknown command\r\n"));
}

TEST(load_outcome, takes_percentiles_by_rank) {
  load_outcome some;
  for (int i = 1; i <= 100; ++i) some.latency_seconds.push_back(i);
  EXPECT_EQ(some.percentile(0.5), 50);
  EXPECT_EQ(some.percentile(0.99), 99);
  EXPECT_EQ(some.percentile(1), 100);
  EXPECT_EQ(load_outcome().percentile(0.99), 0);
}

}  // namespace
}  // namespace licaudit::bench
