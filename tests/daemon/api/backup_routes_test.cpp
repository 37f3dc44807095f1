#include "house_over_socket.hpp"
#include "raw_client.hpp"
#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

class backup_routes_test : public testing::Test {
 protected:
  sample_api api;
};

TEST_F(backup_routes_test, hands_the_file_over_where_no_path_is_given) {
  const response answer = api.ask(method::post, "/v1/backup");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "application/vnd.sqlite3");
  EXPECT_TRUE(answer.bytes);
  EXPECT_THAT(answer.headers, Contains(std::pair<std::string, std::string>("Licaudit-Bytes", "5")));
  EXPECT_THAT(answer.headers, Contains(std::pair<std::string, std::string>("Licaudit-Head", "abc")));
  EXPECT_THAT(api.lines(answer), ElementsAre("bytes"));
  EXPECT_THAT(api.rooms.asked, ElementsAre("make backup", "record backup: backup, handed to the caller by root"));
}

TEST_F(backup_routes_test, stops_reading_when_the_client_has_left) {
  const response answer = api.ask(method::post, "/v1/backup");
  EXPECT_TRUE(api.lines(answer, [] { return false; }).empty());
}

TEST_F(backup_routes_test, writes_where_a_path_is_given) {
  const json::value answer = api.ask_json(method::post, "/v1/backup", R"({"path":"/srv/backup/l.db"})");
  EXPECT_EQ(answer.at("path").as_string(), "/srv/backup/l.db");
  EXPECT_EQ(answer.at("bytes").to_number<int>(), 5);
  EXPECT_EQ(answer.at("sequence").to_number<int>(), 88);
  EXPECT_EQ(answer.at("operation").to_number<int>(), 4711);
  EXPECT_THAT(api.rooms.asked,
              ElementsAre("write backup /srv/backup/l.db", "record backup: backup to /srv/backup/l.db by root"));
}

TEST_F(backup_routes_test, says_why_it_could_not_and_logs_nothing) {
  api.rooms.fails = failure{errc::unreachable, "/srv: needs 9 MiB and has room for 2 MiB; free space"};
  EXPECT_EQ(api.problem_of(method::post, "/v1/backup"), "503 /srv: needs 9 MiB and has room for 2 MiB; free space");
  api.rooms.fails = failure{errc::conflict, "/srv/l.db: is there already"};
  EXPECT_THAT(api.problem_of(method::post, "/v1/backup", R"({"path":"/srv/l.db"})"), HasSubstr("409"));
  EXPECT_THAT(api.rooms.asked, ElementsAre("make backup", "write backup /srv/l.db"));
}

TEST_F(backup_routes_test, refuses_other_bodies) {
  for (const char* body : {"[]", "{", R"({"file":"/x"})", R"({"path":7})", R"({"path":null,"x":1})"})
    EXPECT_EQ(api.status(method::post, "/v1/backup", body), 400) << body;
  EXPECT_EQ(api.status(method::get, "/v1/backup"), 405);
  EXPECT_TRUE(api.rooms.asked.empty());
}

TEST_F(backup_routes_test, is_for_operators_alone) {
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, "/v1/backup"), 403);
  api.grants.clear();
  api.become(access::role::auditor, "");
  EXPECT_EQ(api.status(method::post, "/v1/backup"), 403);
  api.grants.clear();
  api.become(access::role::provider, "");
  EXPECT_EQ(api.status(method::post, "/v1/backup"), 200);
}

/// The bytes as a client sees them.
using backup_over_socket_test = house_over_socket;

TEST_F(backup_over_socket_test, comes_byte_for_byte_and_keeps_the_connection) {
  rooms.copied_bytes = std::string("SQLite\0\r\n0\r\n\r\n\xff", 14);
  raw_client client(server.path());
  const raw_answer answer = client.ask("POST /v1/backup HTTP/1.1\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("Content-Type"), "application/vnd.sqlite3");
  EXPECT_EQ(answer.body, rooms.copied_bytes) << "nothing added, as a line end would be";
  EXPECT_EQ(client.ask("GET /v1/status HTTP/1.1\r\n\r\n").status, 200);
}

}  // namespace
}  // namespace licaudit::api
