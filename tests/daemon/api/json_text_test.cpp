#include "daemon/api/json_text.hpp"

#include "model/json.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

TEST(json_text_test, writes_members_in_order_with_commas) {
  json_text out;
  out.begin_object().member("a", 1).member("b", true).member("c", "x").member("d", std::optional<std::int64_t>());
  out.member("e", std::optional<bool>(false)).key("f").begin_array().add(1).add("two").add(nullptr).end_array();
  out.key("g").begin_object().end_object().key("h").begin_array().end_array().end_object();
  EXPECT_EQ(out.take(), R"({"a":1,"b":true,"c":"x","d":null,"e":false,"f":[1,"two",null],"g":{},"h":[]})");
}

TEST(json_text_test, escapes_texts) {
  json_text out;
  out.begin_array().add("quote\" back\\slash").add("line\nfeed\ttab").add(std::string("\x01\0x", 3)).add("\xc3\xa4");
  out.add("ends with {").add("[").add(":").end_array();
  const auto read = parse_json(out.take()).value();
  const auto& all = read.as_array();
  EXPECT_EQ(all.at(0).as_string(), "quote\" back\\slash");
  EXPECT_EQ(all.at(1).as_string(), "line\nfeed\ttab");
  EXPECT_EQ(std::string(all.at(2).as_string()), std::string("\x01\0x", 3));
  EXPECT_EQ(all.at(3).as_string(), "\xc3\xa4");
  EXPECT_EQ(all.size(), 7U);
}

TEST(json_text_test, escapes_keys_too) {
  json_text out;
  out.begin_object().member("a\"b", 1).end_object();
  EXPECT_EQ(parse_json(out.take()).value().at("a\"b").as_int64(), 1);
}

TEST(json_text_test, writes_instants_and_lists) {
  json_text out;
  out.begin_object().member("at", from_milliseconds(0)).member("list", std::vector<std::string>(2, "x"));
  out.member("none", std::vector<std::string>()).text_or_null("blank", "").text_or_null("text", "t").end_object();
  EXPECT_EQ(out.take(), R"({"at":"1970-01-01T00:00:00.000Z","list":["x","x"],"none":[],"blank":null,"text":"t"})");
}

TEST(json_text_test, takes_finished_json_as_it_stands) {
  json_text out;
  out.begin_array().raw("{\"x\":1}").raw("2").end_array();
  EXPECT_EQ(out.take(), R"([{"x":1},2])");
}

TEST(json_text_test, writes_large_and_negative_numbers) {
  json_text out;
  out.begin_array().add(std::int64_t{-9'007'199'254'740'993}).add(std::uint64_t{18'446'744'073'709'551'615U}).add(0);
  EXPECT_EQ(out.end_array().take(), "[-9007199254740993,18446744073709551615,0]");
}

TEST(json_text_test, writes_control_characters_so_that_they_come_back) {
  for (int code = 0; code < 0x80; ++code) {
    const std::string text = "a" + std::string(1, static_cast<char>(code)) + "b";
    json_text out;
    out.begin_object().member(text, text).end_object();
    const std::string written = out.take();
    for (const char byte : written) EXPECT_GE(static_cast<unsigned char>(byte), 0x20) << code;
    const json::object read = parse_json(written).value().as_object();
    ASSERT_TRUE(read.contains(text)) << code;
    EXPECT_EQ(std::string(read.at(text).as_string()), text) << code;
  }
}

TEST(json_text_test, separates_after_a_text_that_ends_like_an_opening) {
  json_text out;
  out.begin_array().add("{").add("[").add(":").begin_object().end_object().add(std::vector<std::string>()).end_array();
  EXPECT_EQ(out.take(), R"(["{","[",":",{},[]])");
}

}  // namespace
}  // namespace licaudit::api
