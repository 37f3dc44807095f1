#include "plugins/sdk/source_request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sdk {
namespace {

using testing::HasSubstr;

TEST(source_request, is_read) {
  const auto request =
      parse_source_request(R"({"protocol":1,"source":"teams","cursor":null,"config":{"path":"x"}})").value();
  EXPECT_EQ(request.source, "teams");
  EXPECT_EQ(request.cursor, "");
  EXPECT_EQ(request.config.at("path").as_string(), "x");
}

TEST(source_request, carries_the_cursor) {
  EXPECT_EQ(parse_source_request(R"({"protocol":1,"source":"s","cursor":"c","config":{}})").value().cursor, "c");
}

TEST(source_request, may_have_members_of_a_later_daemon) {
  EXPECT_TRUE(parse_source_request(R"({"protocol":1,"source":"s","since":"x"})"));
}

TEST(source_request, says_what_is_wrong) {
  EXPECT_THAT(parse_source_request("").error().detail, HasSubstr("standard input"));
  EXPECT_THAT(parse_source_request("[]").error().detail, HasSubstr("standard input"));
  EXPECT_THAT(parse_source_request(R"({"source":"s"})").error().detail, HasSubstr("protocol"));
  EXPECT_THAT(parse_source_request(R"({"protocol":2})").error().detail, HasSubstr("protocol 2, this source speaks 1"));
  EXPECT_THAT(parse_source_request(R"({"protocol":1,"cursor":5})").error().detail, HasSubstr("cursor"));
  EXPECT_THAT(parse_source_request(R"({"protocol":1,"config":[]})").error().detail, HasSubstr("config"));
}

}  // namespace
}  // namespace licaudit::sdk
