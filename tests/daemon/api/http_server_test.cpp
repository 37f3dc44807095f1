#include "daemon/api/http_server.hpp"

#include "daemon/api/no_throw.hpp"
#include "daemon/api/problem.hpp"
#include "model/json.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

constexpr auto get = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

/// Says what it was asked.
asio::awaitable<response> echo(const request& asked) {
  response answer;
  answer.content_type = "text/plain";
  answer.body = std::string(to_text(asked.method));
  for (const auto& segment : asked.path) answer.body += "|" + segment;
  for (const auto& one : asked.query) answer.body += "?" + one.first + "=" + one.second;
  if (!asked.body.empty()) answer.body += "\n" + asked.body;
  co_return answer;
}

asio::awaitable<response> huge(const request&) {
  response answer;
  answer.body = std::string(std::size_t{32} * 1024 * 1024, 'x');
  co_return answer;
}

std::string problem_detail(const raw_answer& answer) {
  const auto body = parse_json(answer.body);
  EXPECT_TRUE(body.has_value()) << answer.body;
  if (!body) return {};
  EXPECT_EQ(answer.headers.at("Content-Type"), "application/problem+json");
  EXPECT_EQ(body->at("status").as_int64(), answer.status);
  return std::string(body->at("detail").as_string());
}

TEST(http_server_test, answers_and_keeps_the_connection) {
  running_server server(echo);
  raw_client client(server.path());
  for (int i = 0; i < 3; ++i) {
    const raw_answer answer = client.ask(get);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "GET|hello");
    EXPECT_EQ(answer.headers.at("Content-Type"), "text/plain");
    EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
  }
  EXPECT_TRUE(server.reaches_connections(1));
}

TEST(http_server_test, answers_pipelined_requests_in_order) {
  running_server server(echo);
  raw_client client(server.path());
  std::string many;
  for (int i = 0; i < 50; ++i) many += "GET /" + std::to_string(i) + " HTTP/1.1\r\n\r\n";
  ASSERT_TRUE(client.send(many));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client.read_answer().body, "GET|" + std::to_string(i));
}

TEST(http_server_test, decodes_path_query_and_body) {
  running_server server(echo);
  raw_client client(server.path());
  const raw_answer answer =
      client.ask("PUT http://localhost/v1/numbers/Plan%2F%2B44?a=x+y&b=%26 HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody");
  EXPECT_EQ(answer.body, "PUT|v1|numbers|Plan/+44?a=x y?b=&\nbody");
}

TEST(http_server_test, reads_chunked_bodies) {
  running_server server(echo);
  raw_client client(server.path());
  const raw_answer answer =
      client.ask("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(answer.body, "POST|x\nabcde");
}

TEST(http_server_test, answers_head_without_a_body_and_goes_on) {
  running_server server(echo);
  raw_client client(server.path());
  ASSERT_TRUE(client.send("HEAD /x HTTP/1.1\r\n\r\n"));
  const raw_answer head = client.read_answer(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("Content-Length"), "6");
  EXPECT_EQ(client.ask(get).body, "GET|hello");
}

TEST(http_server_test, refuses_what_is_not_http_and_closes) {
  running_server server(echo);
  for (const std::string& bytes :
       {std::string("hello licaudit\r\n\r\n"), std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8) + "\r\n\r\n",
        std::string("GET /x HTTP/1.1\r\nbad header\r\n\r\n"), std::string("GET  HTTP/1.1\r\n\r\n")}) {
    raw_client client(server.path());
    const raw_answer answer = client.ask(bytes);
    EXPECT_EQ(answer.status, 400) << bytes;
    EXPECT_NE(problem_detail(answer).find("not an HTTP/1.1 request"), std::string::npos);
    EXPECT_EQ(answer.headers.at("Connection"), "close");
    EXPECT_TRUE(client.is_closed());
  }
}

TEST(http_server_test, refuses_a_bad_address_and_goes_on) {
  running_server server(echo);
  raw_client client(server.path());
  const raw_answer answer = client.ask("GET /a%zz HTTP/1.1\r\n\r\n");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(problem_detail(answer).find('%'), std::string::npos);
  EXPECT_EQ(client.ask(get).status, 200);
}

TEST(http_server_test, refuses_headers_over_the_limit) {
  running_server server(echo);
  raw_client client(server.path());
  client.send("GET /x HTTP/1.1\r\nX: " + std::string(std::size_t{17} * 1024, 'a') + "\r\n\r\n");
  const raw_answer answer = client.read_answer();
  EXPECT_EQ(answer.status, 431);
  EXPECT_TRUE(client.is_closed());
  raw_client endless(server.path());
  endless.send("GET /" + std::string(std::size_t{64} * 1024, 'a'));
  EXPECT_EQ(endless.read_answer().status, 431);
  raw_client within(server.path());
  EXPECT_EQ(within.ask("GET /x HTTP/1.1\r\nX: " + std::string(std::size_t{15} * 1024, 'a') + "\r\n\r\n").status, 200);
}

TEST(http_server_test, refuses_bodies_over_the_limit_also_without_announcement) {
  running_server server(echo);
  raw_client announced(server.path());
  EXPECT_EQ(announced.ask("POST /x HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n").status, 413);
  raw_client chunked(server.path());
  std::string body = "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 17; ++i) body += "10000\r\n" + std::string(65536, 'x') + "\r\n";
  chunked.send(body);
  EXPECT_EQ(chunked.read_answer().status, 413);
  raw_client exact(server.path());
  const raw_answer most = exact.ask("POST /x HTTP/1.1\r\nContent-Length: 1048576\r\n\r\n" + std::string(1048576, 'x'));
  EXPECT_EQ(most.status, 200);
}

TEST(http_server_test, lets_a_client_that_is_still_sending_read_the_refusal) {
  running_server server(echo);
  raw_client client(server.path());
  client.send("POST /x HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n" + std::string(3000000, 'x'));
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_TRUE(client.is_closed());
}

TEST(http_server_test, refuses_odd_transfers) {
  running_server server(echo);
  const auto status_of_request = [&server](std::string_view text) {
    return raw_client(server.path()).ask(text).status;
  };
  EXPECT_EQ(status_of_request("POST /x HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"), 501);
  EXPECT_EQ(status_of_request("BREW /pot HTTP/1.1\r\n\r\n"), 501);
  EXPECT_EQ(status_of_request("GET /x HTTP/1.1\r\nExpect: miracles\r\n\r\n"), 417);
  EXPECT_EQ(status_of_request("POST /x HTTP/1.0\r\n\r\n"), 411);
  EXPECT_EQ(status_of_request("POST /x HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(status_of_request("POST /x HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"), 400);
  EXPECT_EQ(status_of_request("GET /x HTTP/3.0\r\n\r\n"), 505);
}

TEST(http_server_test, tells_a_careful_client_to_go_on) {
  running_server server(echo);
  raw_client client(server.path());
  ASSERT_TRUE(client.send("POST /x HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.read_answer().status, 100);
  EXPECT_EQ(client.ask("abc").body, "POST|x\nabc");
}

TEST(http_server_test, closes_after_http_1_0_and_connection_close) {
  running_server server(echo);
  raw_client old(server.path());
  EXPECT_EQ(old.ask("GET /x HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old.is_closed());
  raw_client last(server.path());
  EXPECT_EQ(last.ask("GET /x HTTP/1.1\r\nConnection: close\r\n\r\n").status, 200);
  EXPECT_TRUE(last.is_closed());
}

TEST(http_server_test, cuts_a_request_that_takes_too_long_and_serves_others_meanwhile) {
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
    ASSERT_EQ(other.ask(get).status, 200);
  }
  EXPECT_TRUE(slow.is_closed());
  EXPECT_TRUE(server.reaches_connections(1));
}

TEST(http_server_test, keeps_a_silent_connection_until_room_is_needed) {
  http_limits limits;
  limits.request_time = std::chrono::milliseconds(1);
  running_server server(echo, limits);
  raw_client silent(server.path());
  ASSERT_TRUE(server.reaches_connections(1));
  EXPECT_EQ(raw_client(server.path()).ask(get).status, 200);
  EXPECT_FALSE(silent.has_something());
}

TEST(http_server_test, makes_room_in_a_crowd_of_silent_clients) {
  http_limits limits;
  limits.connections = 8;
  running_server server(echo, limits);
  std::vector<raw_client> crowd;
  for (int i = 0; i < 8; ++i) {
    crowd.emplace_back(server.path());
    ASSERT_TRUE(server.reaches_connections(static_cast<std::size_t>(i) + 1));
  }
  // The first has been silent longest but for its request; the second is the one to go.
  EXPECT_EQ(crowd[0].ask(get).status, 200);
  raw_client late(server.path());
  EXPECT_EQ(late.ask(get).status, 200);
  EXPECT_TRUE(crowd[1].is_closed());
  EXPECT_FALSE(crowd[0].has_something());
  EXPECT_FALSE(crowd[2].has_something());
  EXPECT_TRUE(server.reaches_connections(8));
}

TEST(http_server_test, serves_one_who_speaks_in_a_crowd_far_over_the_cap) {
  http_limits limits;
  limits.connections = 16;
  running_server server(echo, limits);
  std::vector<raw_client> crowd;
  for (int i = 0; i < 300; ++i) crowd.emplace_back(server.path());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(raw_client(server.path()).ask(get).status, 200);
  EXPECT_LE(server.connections(), 16U);
}

TEST(http_server_test, does_not_send_away_a_request_in_work) {
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
  EXPECT_EQ(raw_client(server.path()).ask(get).status, 200);
  EXPECT_TRUE(idle.is_closed());
  for (bool there = false; !there;) server.on_loop([&] { there = gate != nullptr; });
  server.on_loop([&] { gate->cancel(); });
  EXPECT_EQ(working.read_answer().body, "GET|wait");
}

TEST(http_server_test, cuts_a_reader_that_moves_no_byte) {
  http_limits limits;
  limits.write_pause = std::chrono::milliseconds(100);
  running_server server(huge, limits);
  raw_client slow(server.path());
  ASSERT_TRUE(slow.send(get));
  EXPECT_TRUE(server.reaches_connections(1));
  EXPECT_TRUE(server.reaches_connections(0));
}

TEST(http_server_test, gives_a_steady_reader_all_the_time_it_needs) {
  http_limits limits;
  limits.write_pause = std::chrono::milliseconds(500);
  limits.request_time = std::chrono::milliseconds(1);
  running_server server(huge, limits);
  raw_client steady(server.path());
  ASSERT_TRUE(steady.send(get));
  EXPECT_EQ(steady.read_answer().body.size(), std::size_t{32} * 1024 * 1024);
}

TEST(http_server_test, makes_room_among_stalled_readers_when_nobody_is_silent) {
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
  EXPECT_EQ(raw_client(server.path()).ask(get).status, 200);
}

TEST(http_server_test, streams_lines_in_chunks_and_keeps_the_connection) {
  running_server server([](const request&) -> asio::awaitable<response> {
    response answer;
    answer.lines = [](line_writer& out) -> asio::awaitable<void> {
      for (int i = 0; i < 3; ++i) {
        std::string line = "{\"n\":" + std::to_string(i) + "}";
        const bool written = co_await out.write(std::move(line));
        if (!written) co_return;
      }
    };
    co_return answer;
  });
  raw_client client(server.path());
  for (int i = 0; i < 2; ++i) {
    const raw_answer answer = client.ask("POST /x HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.headers.at("Content-Type"), "application/x-ndjson");
    EXPECT_EQ(answer.body, "{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
  }
  raw_client old(server.path());
  EXPECT_EQ(old.ask("POST /x HTTP/1.0\r\nContent-Length: 0\r\n\r\n").body, "{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
  EXPECT_TRUE(old.is_closed());
}

TEST(http_server_test, tells_a_stream_that_its_client_has_left) {
  std::promise<void> left;
  running_server server([&left](const request&) -> asio::awaitable<response> {
    response answer;
    answer.lines = [&left](line_writer& out) -> asio::awaitable<void> {
      for (bool open = true; open;) {
        std::string line(100, 'x');
        open = co_await out.write(std::move(line));
      }
      left.set_value();
    };
    co_return answer;
  });
  {
    raw_client client(server.path());
    ASSERT_TRUE(client.send(get));
    EXPECT_EQ(client.read_exactly(12), "HTTP/1.1 200");
  }
  EXPECT_EQ(left.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(http_server_test, closes_a_connection_whose_handler_throws_and_reports_it) {
  running_server server([](const request&) -> asio::awaitable<response> {
    throw std::runtime_error("broken shelf");
    co_return response();
  });
  raw_client client(server.path());
  EXPECT_EQ(client.ask(get).status, 0);
  server.stop();
  ASSERT_EQ(server.reports().size(), 1U);
  EXPECT_EQ(server.reports()[0], "a connection failed: broken shelf");
}

TEST(http_server_test, stops_at_once_when_all_are_silent) {
  http_limits limits;
  limits.stop_grace = std::chrono::hours(1);
  running_server server(echo, limits);
  raw_client never_spoke(server.path());
  raw_client kept(server.path());
  raw_client half(server.path());
  EXPECT_EQ(kept.ask(get).status, 200);
  ASSERT_TRUE(half.send("GET /x HT"));
  ASSERT_TRUE(server.reaches_connections(3));
  server.stop();
  EXPECT_TRUE(never_spoke.is_closed());
  EXPECT_TRUE(kept.is_closed());
  EXPECT_TRUE(half.is_closed());
  EXPECT_TRUE(server.reports().empty());
}

TEST(http_server_test, lets_a_request_in_work_finish_when_it_stops) {
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
  ASSERT_TRUE(client.send(get));
  begun.get_future().wait();
  asio::post(server.loop(), [&] { asio::post(server.loop(), [&] { gate->cancel(); }); });
  server.stop();
  const raw_answer answer = client.read_answer();
  EXPECT_EQ(answer.body, "GET|hello");
  EXPECT_TRUE(client.is_closed());
}

TEST(http_server_test, cuts_what_is_still_in_work_after_the_grace) {
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
  ASSERT_TRUE(client.send(get));
  begun.get_future().wait();
  server.stop();
  EXPECT_TRUE(client.is_closed());
  EXPECT_TRUE(server.reports().empty());
}

TEST(http_server_test, sends_the_silent_away_when_it_runs_out_of_descriptors) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "UBSan looks at memory through a pipe and takes the lack of descriptors for a broken object";
#endif
  http_limits limits;
  limits.accept_pause = std::chrono::milliseconds(5);
  running_server server(echo, limits);
  raw_client silent(server.path());
  EXPECT_EQ(silent.ask(get).status, 200);
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
  EXPECT_EQ(speaking.ask(get).status, 200);
  EXPECT_TRUE(silent.is_closed());
  for (const int fd : taken) close(fd);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(speaking.ask(get).status, 200);
  server.stop();
  ASSERT_FALSE(server.reports().empty());
  EXPECT_NE(server.reports()[0].find("out of descriptors"), std::string::npos) << server.reports()[0];
  EXPECT_EQ(server.reports().size(), 1U) << "what lasts is not said again and again";
}

}  // namespace
}  // namespace licaudit::api
