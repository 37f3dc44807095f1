#include "model/json.hpp"

#include "tests/model/written.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(json_test, parses_one_document_with_blanks_around) {
  EXPECT_EQ(canonical_json(parsed(" \r\n\t{\"a\": [1, 2.5, \"\\u00e9\", true, null]} \n")),
            "{\"a\":[1,2.5,\"\u00E9\",true,null]}");
  EXPECT_EQ(canonical_json(parsed("\"a\"")), "\"a\"");
  EXPECT_EQ(canonical_json(parsed("18446744073709551615")), "18446744073709551615");
}

TEST(json_test, says_what_is_wrong_and_where) {
  EXPECT_EQ(problem_of(parse_json("")), "not valid JSON: it ends too early at byte 0");
  EXPECT_EQ(problem_of(parse_json("{\"a\":1")), "not valid JSON: it ends too early at byte 6");
  EXPECT_EQ(problem_of(parse_json("[1,]")), "not valid JSON: syntax error at byte 3");
  EXPECT_EQ(problem_of(parse_json("{} {}")), "not valid JSON: something follows the document at byte 3");
  EXPECT_EQ(parse_json("nul").error().code, errc::malformed);
}

TEST(json_test, refuses_what_is_no_json) {
  for (const auto* text :
       {"{a:1}", "{'a':1}", "[1,,2]", "01", "+1", ".5", "1.", "NaN", "Infinity", "\"a", "\"\t\"", "\"\\x\"", "// x\n1",
        "\"\xFF\"", "\"\xC0\x80\"", "\"\\ud800\"", "tru", "1 2", "\xEF\xBB\xBF{}"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(json_test, stops_at_32_levels) {
  EXPECT_TRUE(parse_json(nested(32)));
  EXPECT_THAT(problem_of(parse_json(nested(33))), ::testing::HasSubstr("too deep"));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
}

TEST(json_test, refuses_a_key_that_comes_twice) {
  EXPECT_EQ(problem_of(parse_json(R"([{"a":{"b":1,"c":2,"b":3}}])")), "not valid JSON: a map has one key twice");
  EXPECT_TRUE(parse_json(R"([{"a":{"a":1}},{"a":2}])"));
}

TEST(json_test, refuses_numbers_beyond_doubles) {
  EXPECT_THAT(problem_of(parse_json("[1e999]")), ::testing::HasSubstr("too large"));
  EXPECT_FALSE(parse_json("-1e400"));
  EXPECT_EQ(canonical_json(parsed("1e-999")), "0");
  EXPECT_EQ(canonical_json(parsed("1.7976931348623157e308")), "1.7976931348623157e+308");
  EXPECT_EQ(canonical_json(parsed("0." + std::string(400, '0') + "1")), "0");
}

TEST(json_test, describes_what_was_found) {
  EXPECT_EQ(description_of(parsed("[]")), "a list");
  EXPECT_EQ(description_of(parsed("{}")), "a map");
  EXPECT_EQ(description_of(parsed("null")), "null");
  EXPECT_EQ(description_of(parsed("true")), "true");
  EXPECT_EQ(description_of(parsed("-1.50")), "-1.5");
  EXPECT_EQ(description_of(parsed("\"abc\"")), "'abc'");
}

}  // namespace
}  // namespace licaudit
