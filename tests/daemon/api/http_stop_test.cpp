// What becomes of the connections when the server stops.
#include "daemon/api/http_server.hpp"

#include "daemon/api/no_throw.hpp"
#include "echo.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

TEST(http_stop_test, stops_at_once_when_all_are_silent) {
  http_limits limits;
  limits.stop_grace = std::chrono::hours(1);
  running_server server(echo, limits);
  raw_client never_spoke(server.path());
  raw_client kept(server.path());
  raw_client half(server.path());
  EXPECT_EQ(kept.ask(get_hello).status, 200);
  ASSERT_TRUE(half.send("GET /x HT"));
  ASSERT_TRUE(server.reaches_connections(3));
  server.stop();
  EXPECT_TRUE(never_spoke.is_closed());
  EXPECT_TRUE(kept.is_closed());
  EXPECT_TRUE(half.is_closed());
  EXPECT_TRUE(server.reports().empty());
}

TEST(http_stop_test, lets_a_request_in_work_finish_when_it_stops) {
  http_limits limits;
  limits.stop_grace = std::chrono::hours(1);
  std::promise<void> begun;
  asio::steady_timer* gate = nullptr;
  running_server server(
      [&](const request& asked) -> asio::awaitable<response> {
        asio::steady_timer held(co_await asio::this_coro::executor, std::chrono::seconds(30));
        gate = &held;
        begun.set_value();
        co_await held.async_wait(no_throw);
        co_return co_await echo(asked);
      },
      limits);
  raw_client client(server.path());
  ASSERT_TRUE(client.send(get_hello));
  begun.get_future().wait();
  asio::post(server.loop(), [&] { asio::post(server.loop(), [&] { gate->cancel(); }); });
  server.stop();
  const raw_answer answer = client.read_answer();
  EXPECT_EQ(answer.body, "GET|hello");
  EXPECT_TRUE(client.is_closed());
}

TEST(http_stop_test, cuts_what_is_still_in_work_after_the_grace) {
  http_limits limits;
  limits.stop_grace = std::chrono::milliseconds(50);
  std::promise<void> begun;
  running_server server(
      [&](const request&) -> asio::awaitable<response> {
        asio::steady_timer forever(co_await asio::this_coro::executor, std::chrono::hours(1));
        begun.set_value();
        co_await forever.async_wait(no_throw);
        co_return response();
      },
      limits);
  raw_client client(server.path());
  raw_client reader(server.path());
  ASSERT_TRUE(client.send(get_hello));
  begun.get_future().wait();
  server.stop();
  EXPECT_TRUE(client.is_closed());
  EXPECT_TRUE(server.reports().empty());
}

}  // namespace
}  // namespace licaudit::api
