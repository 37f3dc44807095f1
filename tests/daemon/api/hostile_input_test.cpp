// Bytes that nobody would send on purpose: whatever comes, the server answers or closes, and serves the next client.
#include "daemon/api/request_target.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"
#include "sample_api.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

/// The same bytes in every run.
class byte_source {
 public:
  explicit byte_source(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string bytes(std::size_t n) {
    std::string made;
    for (std::size_t i = 0; i < n; ++i) made += static_cast<char>(below(256));
    return made;
  }
  template <class Container>
  const typename Container::value_type& one_of(const Container& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937 random_;
};

class hostile_input_test : public testing::Test {
 protected:
  hostile_input_test() {
    access::grant me;
    me.uid = ::getuid();
    me.role = access::role::provider;
    api.grants.push_back(me);
  }
  ~hostile_input_test() override {
    EXPECT_EQ(raw_client(server.path()).ask("GET /v1/status HTTP/1.1\r\n\r\n").status, 200)
        << "it must serve the next one";
    server.stop();
    EXPECT_TRUE(server.reports().empty()) << server.reports().front();
  }
  static http_limits limits() {
    http_limits shortened;
    shortened.request_time = std::chrono::milliseconds(50);
    return shortened;
  }

  sample_api api;
  running_server server{[this](const request& asked) { return api.routes().answer(asked); }, limits()};
};

/// Sends, then reads answers until the other side closes; each must be one of ours.
void expect_sound(const std::filesystem::path& socket, const std::string& bytes) {
  raw_client client(socket);
  client.send(bytes);
  client.finish_sending();
  for (raw_answer answer = client.read_answer(); answer.status != 0; answer = client.read_answer()) {
    EXPECT_GE(answer.status, 100);
    EXPECT_LE(answer.status, 505);
    EXPECT_NE(answer.status, 500) << bytes;
  }
}

TEST_F(hostile_input_test, survives_random_bytes) {
  byte_source random(1);
  for (int i = 0; i < 200; ++i) expect_sound(server.path(), random.bytes(1 + random.below(400)));
}

TEST_F(hostile_input_test, survives_requests_with_broken_parts) {
  byte_source random(2);
  const std::vector<std::string> methods{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "", "G E T"};
  const std::vector<std::string> targets{"/v1/status",
                                         "/v1/tenants/%",
                                         "/v1/tenants/..%2f..",
                                         "*",
                                         "",
                                         "//",
                                         "/v1/apply",
                                         "/v1/tenants/contoso/history?since=%ff",
                                         "http://",
                                         "/?&&==&%3d"};
  const std::vector<std::string> versions{"HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.12", "http/1.1", ""};
  const std::vector<std::string> headers{"",
                                         "Content-Length: 5\r\n",
                                         "Content-Length: -5\r\n",
                                         "Content-Length: 5,5\r\n",
                                         "Content-Length: 99999999999999999999\r\n",
                                         "Transfer-Encoding: chunked\r\n",
                                         "Transfer-Encoding: chunked, chunked\r\n",
                                         "Connection: close, keep-alive\r\n",
                                         " folded: x\r\n",
                                         "No-Colon\r\n",
                                         ": empty\r\n",
                                         "Expect: 100-continue\r\n",
                                         "X: \x01\x02\r\n",
                                         "Accept: text/csv\r\n"};
  const std::vector<std::string> bodies{"",        "{}", "{\"a\"", "5\r\nhello\r\n0\r\n\r\n", "ffffffffffffffffff\r\n",
                                        "\xff\xfe"};
  for (int i = 0; i < 600; ++i) {
    std::string text = random.one_of(methods) + " " + random.one_of(targets) + " " + random.one_of(versions) + "\r\n";
    for (std::size_t n = random.below(4); n > 0; --n) text += random.one_of(headers);
    expect_sound(server.path(), text + "\r\n" + random.one_of(bodies));
  }
}

TEST_F(hostile_input_test, survives_requests_that_are_cut_anywhere) {
  const std::string whole =
      "PUT /v1/tenants/contoso/factors/ump/x HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n{\"on\":false}";
  for (std::size_t length = 0; length < whole.size(); ++length) expect_sound(server.path(), whole.substr(0, length));
}

TEST_F(hostile_input_test, survives_deep_and_odd_json) {
  const std::vector<std::string> bodies{std::string(5000, '['),
                                        "{\"tenants\":" + std::string(40, '[') + std::string(40, ']') + "}",
                                        R"({"all":true,"all":false})",
                                        R"({"tenants":["\ud800"]})",
                                        R"({"all":1e999})",
                                        "{\"tenants\":[\"" + std::string(1000, 'x') + "\"]}",
                                        std::string("{\"plan\":\"\0\"}", 12),
                                        "\xef\xbb\xbf{}"};
  for (const std::string& body : bodies) {
    expect_sound(server.path(),
                 "POST /v1/apply HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
}

TEST_F(hostile_input_test, survives_clients_that_come_and_go) {
  for (int i = 0; i < 300; ++i) {
    raw_client client(server.path());
    if (i % 3 == 1) client.send("GET /v1/st");
    if (i % 3 == 2) client.send("GET /v1/status HTTP/1.1\r\n\r\n");
  }
}

TEST(hostile_target_test, is_either_refused_or_read_without_control_characters) {
  byte_source random(3);
  const std::string alphabet = "/%?&=+#ab0f2FzZ. \x01\x7f\xff";
  for (int i = 0; i < 20'000; ++i) {
    std::string target = "/";
    for (std::size_t n = random.below(20); n > 0; --n) target += random.one_of(alphabet);
    const auto parsed = parse_request_target(target);
    if (!parsed) {
      EXPECT_EQ(parsed.error().code, errc::malformed);
      EXPECT_FALSE(parsed.error().detail.empty());
      continue;
    }
    for (const std::string& segment : parsed->path) {
      for (const char byte : segment) EXPECT_TRUE(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f) << target;
    }
  }
}

TEST(hostile_target_test, gives_back_what_was_percent_encoded) {
  byte_source random(4);
  static const char* const digits = "0123456789ABCDEF";
  for (int i = 0; i < 2'000; ++i) {
    std::string plain, encoded;
    for (std::size_t n = 1 + random.below(12); n > 0; --n) {
      const auto byte = static_cast<unsigned char>(0x20 + random.below(0x5f));
      plain += static_cast<char>(byte);
      encoded += std::string("%") + digits[byte / 16] + digits[byte % 16];
    }
    const auto parsed = parse_request_target("/v1/" + encoded + "?" + encoded + "=" + encoded);
    ASSERT_TRUE(parsed.has_value()) << encoded;
    EXPECT_EQ(parsed->path.at(1), plain);
    EXPECT_EQ(parsed->query.at(plain), plain);
  }
}

}  // namespace
}  // namespace licaudit::api
