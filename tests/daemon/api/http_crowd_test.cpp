// More clients than there is room for, and some that are silent, slow or do not read.
#include "daemon/api/http_server.hpp"

#include "daemon/api/no_throw.hpp"
#include "echo.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>
#include <boost/asio/steady_timer.hpp>

#include <string>
#include <vector>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

asio::awaitable<response> huge(const request&) {
  response answer;
  answer.body = std::string(std::size_t{32} * 1024 * 1024, 'x');
  co_return answer;
}

TEST(http_crowd_test, cuts_a_request_that_takes_too_long_and_serves_others_meanwhile) {
  http_limits limits;
  limits.request_time = std::chrono::milliseconds(200);
  running_server server(echo, limits);
  raw_client slow(server.path());
  raw_client other(server.path());
  // One byte at a time; each costs a whole exchange of another client, so that no time is slept away.
  const std::string text = "GET /" + std::string(1'000'000, 'a');
  bool open = true;
  for (std::size_t i = 0; i < text.size() && open && !slow.has_something(); ++i) {
    open = slow.send(std::string_view(text).substr(i, 1));
    ASSERT_EQ(other.ask(get_hello).status, 200);
  }
  EXPECT_TRUE(slow.is_closed());
  EXPECT_TRUE(server.reaches_connections(1));
}

TEST(http_crowd_test, keeps_a_silent_connection_until_room_is_needed) {
  http_limits limits;
  limits.request_time = std::chrono::milliseconds(1);
  running_server server(echo, limits);
  raw_client silent(server.path());
  ASSERT_TRUE(server.reaches_connections(1));
  EXPECT_EQ(raw_client(server.path()).ask(get_hello).status, 200);
  EXPECT_FALSE(silent.has_something());
}

TEST(http_crowd_test, makes_room_in_a_crowd_of_silent_clients) {
  http_limits limits;
  limits.connections = 8;
  running_server server(echo, limits);
  std::vector<raw_client> crowd;
  for (int i = 0; i < 8; ++i) {
    crowd.emplace_back(server.path());
    ASSERT_TRUE(server.reaches_connections(static_cast<std::size_t>(i) + 1));
  }
  // The first has been silent longest but for its request; the second is the one to go.
  EXPECT_EQ(crowd[0].ask(get_hello).status, 200);
  raw_client late(server.path());
  EXPECT_EQ(late.ask(get_hello).status, 200);
  EXPECT_TRUE(crowd[1].is_closed());
  EXPECT_FALSE(crowd[0].has_something());
  EXPECT_FALSE(crowd[2].has_something());
  EXPECT_TRUE(server.reaches_connections(8));
}

TEST(http_crowd_test, serves_one_who_speaks_in_a_crowd_far_over_the_cap) {
  http_limits limits;
  limits.connections = 16;
  running_server server(echo, limits);
  std::vector<raw_client> crowd;
  crowd.reserve(300);
  for (int i = 0; i < 300; ++i) crowd.emplace_back(server.path());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(raw_client(server.path()).ask(get_hello).status, 200);
  EXPECT_LE(server.connections(), 16U);
}

TEST(http_crowd_test, does_not_send_away_a_request_in_work) {
  http_limits limits;
  limits.connections = 2;
  asio::steady_timer* gate = nullptr;
  running_server server(
      [&gate](const request& asked) -> asio::awaitable<response> {
        if (!asked.path.empty() && asked.path[0] == "wait") {
          asio::steady_timer held(co_await asio::this_coro::executor, std::chrono::seconds(30));
          gate = &held;
          co_await held.async_wait(no_throw);
          gate = nullptr;
        }
        co_return co_await echo(asked);
      },
      limits);
  raw_client working(server.path());
  ASSERT_TRUE(working.send("GET /wait HTTP/1.1\r\n\r\n"));
  raw_client idle(server.path());
  ASSERT_TRUE(server.reaches_connections(2));
  EXPECT_EQ(raw_client(server.path()).ask(get_hello).status, 200);
  EXPECT_TRUE(idle.is_closed());
  for (bool there = false; !there;) server.on_loop([&] { there = gate != nullptr; });
  server.on_loop([&] { gate->cancel(); });
  EXPECT_EQ(working.read_answer().body, "GET|wait");
}

TEST(http_crowd_test, cuts_a_reader_that_moves_no_byte) {
  http_limits limits;
  limits.write_pause = std::chrono::milliseconds(100);
  running_server server(huge, limits);
  raw_client slow(server.path());
  ASSERT_TRUE(slow.send(get_hello));
  EXPECT_TRUE(server.reaches_connections(1));
  EXPECT_TRUE(server.reaches_connections(0));
}

TEST(http_crowd_test, gives_a_steady_reader_all_the_time_it_needs) {
  http_limits limits;
  limits.write_pause = std::chrono::milliseconds(500);
  limits.request_time = std::chrono::milliseconds(1);
  running_server server(huge, limits);
  raw_client steady(server.path());
  ASSERT_TRUE(steady.send(get_hello));
  EXPECT_EQ(steady.read_answer().body.size(), std::size_t{32} * 1024 * 1024);
}

TEST(http_crowd_test, makes_room_among_stalled_readers_when_nobody_is_silent) {
  http_limits limits;
  limits.connections = 2;
  limits.stalled_reader = std::chrono::milliseconds(1);
  limits.accept_pause = std::chrono::milliseconds(5);
  running_server server(
      [](const request& asked) -> asio::awaitable<response> {
        if (asked.path[0] == "huge") co_return co_await huge(asked);
        co_return co_await echo(asked);
      },
      limits);
  std::vector<raw_client> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back(server.path());
    ASSERT_TRUE(readers.back().send("GET /huge HTTP/1.1\r\n\r\n"));
    EXPECT_EQ(readers.back().read_exactly(12), "HTTP/1.1 200");
  }
  EXPECT_EQ(raw_client(server.path()).ask(get_hello).status, 200);
}

TEST(http_crowd_test, sends_the_silent_away_when_it_runs_out_of_descriptors) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "UBSan looks at memory through a pipe and takes the lack of descriptors for a broken object";
#endif
  http_limits limits;
  limits.accept_pause = std::chrono::milliseconds(5);
  running_server server(echo, limits);
  raw_client silent(server.path());
  EXPECT_EQ(silent.ask(get_hello).status, 200);
  std::vector<int> taken;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit tight = before;
  tight.rlim_cur = 64;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &tight), 0);
  for (int fd = open("/dev/null", O_RDONLY | O_CLOEXEC); fd >= 0; fd = open("/dev/null", O_RDONLY | O_CLOEXEC)) {
    taken.push_back(fd);
  }
  ASSERT_FALSE(taken.empty());
  close(taken.back());
  taken.pop_back();
  raw_client speaking(server.path());  // takes the last descriptor: the server has none to accept it with
  EXPECT_EQ(speaking.ask(get_hello).status, 200);
  EXPECT_TRUE(silent.is_closed());
  for (const int fd : taken) close(fd);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(speaking.ask(get_hello).status, 200);
  server.stop();
  ASSERT_FALSE(server.reports().empty());
  EXPECT_NE(server.reports()[0].find("out of descriptors"), std::string::npos) << server.reports()[0];
  EXPECT_EQ(server.reports().size(), 1U) << "what lasts is not said again and again";
}

}  // namespace
}  // namespace licaudit::api
