#include "daemon/api/tcp_listener.hpp"

#include "daemon/api/http_server.hpp"
#include "raw_client.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <charconv>
#include <thread>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

std::uint16_t port_of(const tcp_listener& of) {
  const std::string port = of.place().substr(of.place().rfind(':') + 1);
  std::uint16_t number = 0;
  std::from_chars(port.data(), port.data() + port.size(), number);
  return number;
}

TEST(tcp_listener_test, says_where_it_listens) {
  const auto made = tcp_listener::open("127.0.0.1", 0);
  ASSERT_TRUE(made.has_value()) << made.error().detail;
  EXPECT_EQ(made->place().rfind("127.0.0.1:", 0), 0U);
  EXPECT_NE(port_of(*made), 0);
  EXPECT_TRUE(made->is_loopback());
}

TEST(tcp_listener_test, names_the_place_that_it_cannot_have) {
  const auto first = tcp_listener::open("127.0.0.1", 0);
  ASSERT_TRUE(first.has_value());
  const auto second = tcp_listener::open("127.0.0.1", port_of(*first));
  ASSERT_TRUE(second.has_error());
  EXPECT_EQ(second.error().detail.rfind("http.listen " + first->place() + ": Address already in use; choose", 0), 0U)
      << second.error().detail;
  EXPECT_EQ(tcp_listener::open("here", 1).error().code, errc::malformed);
}

TEST(tcp_listener_test, the_listener_knows_tokens_and_no_users) {
  auto listener = tcp_listener::open("127.0.0.1", 0);
  ASSERT_TRUE(listener.has_value());
  const std::uint16_t port = port_of(*listener);
  asio::io_context loop{1};
  const auto who = [](const request& asked) -> reply {
    response answer;
    answer.content_type = "text/plain";
    answer.body = asked.caller.token ? to_hex(*asked.caller.token) : "nobody";
    answer.body += asked.caller.uid == access::no_id ? "" : " with an id";
    return answer;
  };
  http_server server(
      loop.get_executor(), {}, who, [](std::string_view) {}, access::door::listener);
  asio::co_spawn(loop, server.serve(listener->release()), [](const std::exception_ptr&) {});
  std::thread running([&loop] { loop.run(); });
  {
    raw_client client(port);
    EXPECT_EQ(client.ask("GET /x HTTP/1.1\r\nAuthorization: Bearer abc\r\n\r\n").body, to_hex(sha256("abc")));
    EXPECT_EQ(client.ask("GET /x HTTP/1.1\r\n\r\n").body, "nobody") << "a request does not inherit the one before";
    EXPECT_EQ(client.ask("GET /x HTTP/1.1\r\nAuthorization: Basic abc\r\n\r\n").body, "nobody");
  }
  asio::post(loop, [&server] { server.stop(); });
  running.join();
}

}  // namespace
}  // namespace licaudit::api
