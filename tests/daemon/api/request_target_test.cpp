#include "daemon/api/request_target.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> path_of(std::string_view target) {
  return parse_request_target(target).value().path;
}

std::string wrong(std::string_view target) {
  const auto parsed = parse_request_target(target);
  if (parsed) return "it was accepted";
  EXPECT_EQ(parsed.error().code, errc::malformed);
  return parsed.error().detail;
}

TEST(request_target_test, takes_a_path_apart) {
  EXPECT_THAT(path_of("/v1/tenants/contoso"), ElementsAre("v1", "tenants", "contoso"));
  EXPECT_THAT(path_of("/"), IsEmpty());
  EXPECT_THAT(path_of("/v1/tenants/"), ElementsAre("v1", "tenants"));
  EXPECT_THAT(path_of("/v1//x"), ElementsAre("v1", "", "x"));
}

TEST(request_target_test, takes_the_absolute_form) {
  EXPECT_THAT(path_of("http://localhost/v1/status"), ElementsAre("v1", "status"));
  EXPECT_THAT(path_of("http://localhost"), IsEmpty());
  EXPECT_THAT(path_of("http://localhost?x=1"), IsEmpty());
  EXPECT_THAT(path_of("https://[::1]:80/v1"), ElementsAre("v1"));
}

TEST(request_target_test, decodes_segments_after_they_were_separated) {
  EXPECT_THAT(path_of("/a%2Fb/c"), ElementsAre("a/b", "c"));
  EXPECT_THAT(path_of("/CustDialPlan%2F%2B442079460100"), ElementsAre("CustDialPlan/+442079460100"));
  EXPECT_THAT(path_of("/a+b"), ElementsAre("a+b"));
  EXPECT_THAT(path_of("/%c3%a4"), ElementsAre("\xc3\xa4"));
  EXPECT_THAT(path_of("/%2e%2e/x"), ElementsAre("..", "x"));
}

TEST(request_target_test, reads_the_query) {
  const auto query = parse_request_target("/x?since=2026-11-01+13%3A00&by=day&&empty=&flag").value().query;
  EXPECT_THAT(query,
              ElementsAre(Pair("by", "day"), Pair("empty", ""), Pair("flag", ""), Pair("since", "2026-11-01 13:00")));
  EXPECT_THAT(parse_request_target("/x?a=b=c").value().query, ElementsAre(Pair("a", "b=c")));
  EXPECT_THAT(parse_request_target("/x?a=1#part").value().query, ElementsAre(Pair("a", "1")));
}

TEST(request_target_test, refuses_what_it_cannot_read) {
  EXPECT_THAT(wrong("/a%"), HasSubstr("hexadecimal"));
  EXPECT_THAT(wrong("/a%4"), HasSubstr("hexadecimal"));
  EXPECT_THAT(wrong("/a%zz"), HasSubstr("hexadecimal"));
  EXPECT_THAT(wrong("/x?a=%g0"), HasSubstr("hexadecimal"));
  EXPECT_THAT(wrong("/a%00b"), HasSubstr("control"));
  EXPECT_THAT(wrong("/a%0d%0aX"), HasSubstr("control"));
  EXPECT_THAT(wrong("/x?a=%0a"), HasSubstr("control"));
  EXPECT_THAT(wrong("/x?a=1&a=2"), HasSubstr("a is given twice"));
  EXPECT_THAT(wrong("x/y"), HasSubstr("slash"));
  EXPECT_THAT(wrong("*"), HasSubstr("slash"));
}

TEST(request_target_test, decodes_once_only) {
  EXPECT_THAT(parse_request_target("/%2541").value().path, ElementsAre("%41"));
  EXPECT_THAT(parse_request_target("/x?a=%252B").value().query, ElementsAre(Pair("a", "%2B")));
}

TEST(request_target_test, tells_a_plus_from_a_blank_in_a_query) {
  EXPECT_THAT(parse_request_target("/x?a=1+2%2B3").value().query, ElementsAre(Pair("a", "1 2+3")));
}

TEST(request_target_test, takes_encoded_separators_of_a_query_as_text) {
  EXPECT_THAT(parse_request_target("/x?a=1%26b%3D2%3F%23").value().query, ElementsAre(Pair("a", "1&b=2?#")));
  EXPECT_THAT(parse_request_target("/a%3Fb=1").value().path, ElementsAre("a?b=1"));
}

TEST(request_target_test, knows_a_name_as_given_twice_however_it_is_encoded) {
  EXPECT_TRUE(parse_request_target("/x?limit=1&l%69mit=2").has_error());
}

TEST(request_target_test, reads_a_question_without_anything_after_it) {
  EXPECT_THAT(parse_request_target("/x?").value().query, IsEmpty());
  EXPECT_THAT(parse_request_target("/x?&&").value().query, IsEmpty());
  EXPECT_THAT(parse_request_target("").value().path, IsEmpty());
}

TEST(request_target_test, forgives_one_slash_at_the_end_and_not_two) {
  EXPECT_THAT(parse_request_target("/v1/x//").value().path, ElementsAre("v1", "x", ""));
}

TEST(request_target_test, refuses_the_byte_of_delete_and_takes_those_above) {
  EXPECT_TRUE(parse_request_target("/%7f").has_error());
  EXPECT_THAT(parse_request_target("/%80").value().path, ElementsAre("\x80"));
}

}  // namespace
}  // namespace licaudit::api
