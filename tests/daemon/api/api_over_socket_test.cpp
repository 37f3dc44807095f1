#include "model/digest.hpp"
#include "raw_client.hpp"
#include "running_server.hpp"
#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace asio = boost::asio;

namespace licaudit::api {
namespace {

using testing::HasSubstr;

/// The routes behind the real server: what a client sees on the wire.
class api_over_socket_test : public testing::Test {
 protected:
  api_over_socket_test() {
    // Whoever runs the tests may use them, root or not.
    access::grant me;
    me.uid = ::getuid();
    me.role = access::role::provider;
    me.subjects = true;
    me.name = "tester";
    api.grants.push_back(me);
    sync::source_state teams;
    teams.source = "teams";
    api.rooms.sources.push_back(teams);
  }
  raw_answer ask(const std::string& text) { return raw_client(server.path()).ask(text); }

  sample_api api;
  running_server server{[this](const request& asked) { return api.routes().answer(asked); }};
};

TEST_F(api_over_socket_test, answers_the_licence_page) {
  const raw_answer page = ask("GET /v1/tenants/contoso/licences HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("Content-Type"), "application/json");
  EXPECT_THAT(page.body, HasSubstr(R"x("text":"200 (212)")x"));
}

TEST_F(api_over_socket_test, answers_head_with_the_length_of_get) {
  const raw_answer page = ask("GET /v1/status HTTP/1.1\r\n\r\n");
  raw_client client(server.path());
  ASSERT_TRUE(client.send("HEAD /v1/status HTTP/1.1\r\n\r\n"));
  const raw_answer head = client.read_answer(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("Content-Length"), std::to_string(page.body.size()));
}

TEST_F(api_over_socket_test, sends_allow_and_problems) {
  const raw_answer wrong = ask("DELETE /v1/status HTTP/1.1\r\n\r\n");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.headers.at("Allow"), "GET, HEAD");
  EXPECT_EQ(wrong.headers.at("Content-Type"), "application/problem+json");
  EXPECT_EQ(ask("GET /v1/nothing HTTP/1.1\r\n\r\n").status, 404);
  EXPECT_EQ(ask("GET /v1/tenants/nosuch HTTP/1.1\r\n\r\n").status, 404);
  EXPECT_EQ(ask("POST /v1/apply HTTP/1.1\r\n\r\n").status, 411);
  EXPECT_EQ(ask("POST /v1/apply HTTP/1.1\r\nContent-Length: 0\r\n\r\n").status, 400);
  EXPECT_EQ(ask("GET /v1/tenants?limit=0 HTTP/1.1\r\n\r\n").status, 400);
}

TEST_F(api_over_socket_test, reads_the_headers_that_routes_need) {
  api.rooms.known_facts.deletion_secret_sha256 = to_hex(sha256("sesame"));
  EXPECT_EQ(ask("DELETE /v1/tenants/contoso HTTP/1.1\r\n\r\n").status, 403);
  EXPECT_EQ(ask("DELETE /v1/tenants/contoso HTTP/1.1\r\nlicaudit-deletion-secret: sesame\r\n\r\n").status, 200);
  const raw_answer csv = ask("GET /v1/operations HTTP/1.1\r\nAccept: text/csv\r\n\r\n");
  EXPECT_THAT(csv.headers.at("Content-Type"), HasSubstr("text/csv"));
  EXPECT_THAT(csv.body, HasSubstr("operation,at,type"));
}

TEST_F(api_over_socket_test, reaches_subjects_with_slashes_in_their_ids) {
  const raw_answer put =
      ask("PUT /v1/tenants/contoso/numbers/CustDialPlan%2F%2B442079460100 HTTP/1.1\r\nContent-Length: 14\r\n\r\n"
          R"({"quantity":2})");
  EXPECT_EQ(put.status, 200) << put.body;
  ASSERT_EQ(api.rooms.asked.size(), 1U);
  EXPECT_THAT(api.rooms.asked[0], HasSubstr("CustDialPlan/+442079460100 {} x2"));
}

TEST_F(api_over_socket_test, knows_the_peer) {
  EXPECT_EQ(ask("PUT /v1/tenants/contoso/factors/ump/x HTTP/1.1\r\nContent-Length: 12\r\n\r\n{\"on\":false}").status,
            200);
  ASSERT_EQ(api.rooms.asked.size(), 1U);
  EXPECT_THAT(api.rooms.asked[0], HasSubstr(::getuid() == 0 ? "by root" : "by tester"));
}

TEST_F(api_over_socket_test, serves_metrics_as_open_metrics) {
  const raw_answer metrics = ask("GET /metrics HTTP/1.1\r\n\r\n");
  EXPECT_EQ(metrics.headers.at("Content-Type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_THAT(metrics.body, testing::EndsWith("# EOF\n"));
}

}  // namespace
}  // namespace licaudit::api
