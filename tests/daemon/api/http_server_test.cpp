#include "daemon/api/http_server.hpp"

#include "daemon/api/problem.hpp"
#include "echo.hpp"
#include "model/json.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

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
    const raw_answer answer = client.ask(get_hello);
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
  EXPECT_EQ(client.ask(get_hello).body, "GET|hello");
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
  EXPECT_EQ(client.ask(get_hello).status, 200);
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
    ASSERT_TRUE(client.send(get_hello));
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
  EXPECT_EQ(client.ask(get_hello).status, 0);
  server.stop();
  ASSERT_EQ(server.reports().size(), 1U);
  EXPECT_EQ(server.reports()[0], "a connection failed: broken shelf");
}

}  // namespace
}  // namespace licaudit::api
