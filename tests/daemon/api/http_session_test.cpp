// What a session does with requests that come together; http_server_test has the limits.
#include "daemon/api/http_session.hpp"

#include "raw_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

response text(std::string body) {
  response answer;
  answer.content_type = "text/plain";
  answer.body = std::move(body);
  return answer;
}

/// Answers after a turn of the loop.
asio::awaitable<response> later(std::string body) {
  const auto loop = co_await asio::this_coro::executor;
  co_await asio::post(loop, asio::use_awaitable);
  co_return text(std::move(body));
}

asio::awaitable<response> lines(std::string body) {
  response answer;
  answer.lines = [body](line_writer& out) -> asio::awaitable<void> {
    std::string line = body;
    (void)co_await out.write(std::move(line));
  };
  co_return answer;
}

/// `/at-once/7`, `/later/7`, `/lines/7`, `/kept/7`: the 7 by that way.
reply by_all_ways(const request& asked) {
  const std::string& way = asked.path.at(0);
  std::string body = asked.path.at(1) + (asked.body.empty() ? "" : " with " + asked.body);
  if (way == "later") return later(std::move(body));
  if (way == "lines") return lines(std::move(body));
  if (way != "kept") return text(std::move(body));
  response answer;
  answer.kept = std::make_shared<const std::string>(std::move(body));
  return answer;
}

TEST(http_session_test, answers_what_comes_together_in_order_however_each_is_answered) {
  running_server server(by_all_ways);
  raw_client client(server.path());
  const std::array ways{"at-once", "later", "kept", "lines", "at-once", "at-once", "later"};
  std::string all;
  for (std::size_t i = 0; i < 200; ++i) {
    all += "POST /" + std::string(ways[i % ways.size()]) + "/" + std::to_string(i) +
           " HTTP/1.1\r\nContent-Length: 2\r\n\r\nab";
  }
  ASSERT_TRUE(client.send(all));
  for (std::size_t i = 0; i < 200; ++i) {
    const std::string end = std::string(ways[i % ways.size()]) == "lines" ? "\n" : "";
    ASSERT_EQ(client.read_answer().body, std::to_string(i) + " with ab" + end) << i;
  }
}

TEST(http_session_test, lets_others_have_their_turn_among_many_requests_at_once) {
  std::vector<std::string> order;
  running_server server([&order](const request& asked) -> reply {
    order.push_back(asked.path.at(0));
    return text("");
  });
  raw_client many(server.path());
  raw_client one(server.path());
  ASSERT_TRUE(server.reaches_connections(2));
  std::string all;
  for (int i = 0; i < 150; ++i) all += "GET /many HTTP/1.1\r\n\r\n";  // fits into one read
  // The loop sees both at once: neither is ahead because its bytes came first.
  server.on_loop([&] {
    ASSERT_TRUE(many.send(all));
    ASSERT_TRUE(one.send("GET /one HTTP/1.1\r\n\r\n"));
  });
  EXPECT_EQ(one.read_answer().status, 200);
  for (int i = 0; i < 150; ++i) ASSERT_EQ(many.read_answer().status, 200);
  server.stop();
  const auto at = std::find(order.begin(), order.end(), "one");
  EXPECT_LT(at - order.begin(), 100);
}

TEST(http_session_test, ends_a_connection_whose_handler_throws_at_once) {
  running_server server([](const request&) -> reply { throw std::runtime_error("broken shelf"); });
  raw_client client(server.path());
  EXPECT_EQ(client.ask("GET /x HTTP/1.1\r\n\r\n").status, 0);
  server.stop();
  ASSERT_EQ(server.reports().size(), 1U);
  EXPECT_EQ(server.reports()[0], "a connection failed: broken shelf");
}

}  // namespace
}  // namespace licaudit::api
