#include "daemon/api/no_throw.hpp"
#include "house_over_socket.hpp"
#include "raw_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using testing::HasSubstr;

/// One loop for server and routes, as in the daemon, so that the stream and its work share it.
class refresh_over_socket_test : public house_over_socket {
 protected:
  refresh_over_socket_test() {
    sync::source_state teams;
    teams.source = "teams";
    rooms.sources.push_back(teams);
    sync::refresh_result one;
    one.source = "teams";
    one.problem = "401, client secret expired";
    rooms.refreshed.push_back(one);
  }
};

TEST_F(refresh_over_socket_test, streams_until_the_result_and_keeps_the_connection) {
  raw_client client(server.path());
  const raw_answer answer = client.ask("POST /v1/refresh HTTP/1.1\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("Content-Type"), "application/x-ndjson");
  EXPECT_THAT(answer.body, HasSubstr(R"("kind":"result")"));
  EXPECT_THAT(answer.body, HasSubstr("client secret expired"));
  EXPECT_EQ(client.ask("GET /v1/status HTTP/1.1\r\n\r\n").status, 200);
}

TEST_F(refresh_over_socket_test, goes_on_when_the_client_has_left) {
  asio::steady_timer* gate = nullptr;
  rooms.while_refreshing = [&gate](const sync::source_listener&) -> asio::awaitable<void> {
    asio::steady_timer held(co_await asio::this_coro::executor, std::chrono::seconds(30));
    gate = &held;
    co_await held.async_wait(no_throw);
  };
  {
    raw_client client(server.path());
    ASSERT_TRUE(client.send("POST /v1/refresh HTTP/1.1\r\n\r\n"));
    EXPECT_EQ(client.read_exactly(12), "HTTP/1.1 200");
  }
  // A breath after it left, the connection is gone; the work is not.
  EXPECT_TRUE(server.reaches_connections(0));
  for (bool there = false; !there;) server.on_loop([&] { there = gate != nullptr; });
  server.on_loop([&gate] { gate->cancel(); });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  bool done = false;
  while (!done && std::chrono::steady_clock::now() < deadline) {
    server.on_loop([&] { done = rooms.asked.size() == 3; });
  }
  EXPECT_EQ(rooms.asked.back(), "calculate refresh operation 4711 by " +
                                    std::string(::getuid() == 0 ? "root" : "uid " + std::to_string(::getuid())));
}

TEST_F(refresh_over_socket_test, refuses_before_the_stream_begins_with_a_status) {
  raw_client client(server.path());
  const raw_answer unknown =
      client.ask("POST /v1/refresh HTTP/1.1\r\nContent-Length: 22\r\n\r\n{\"sources\":[\"nosuch\"]}");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.headers.at("Content-Type"), "application/problem+json");
}

}  // namespace
}  // namespace licaudit::api
