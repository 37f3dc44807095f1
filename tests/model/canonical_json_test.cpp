#include "model/canonical_text.hpp"
#include "model/json.hpp"
#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace licaudit {
namespace {

std::string number_text(std::uint64_t bits) {
  return canonical_json(std::bit_cast<double>(bits));
}

TEST(canonical_json_test, writes_the_example_of_rfc_8785_section_3_2_2) {
  const auto value = parsed(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })");
  EXPECT_EQ(canonical_json(value),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\u20AC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(canonical_json_test, escapes_a_byte_wherever_it_stands) {
  for (std::size_t size = 1; size <= 17; ++size)
    for (std::size_t place = 0; place < size; ++place)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, byte < 128 ? 'x' : '\xC3');
        text[place] = static_cast<char>(byte);
        std::string one;
        append_canonical(one, std::string_view(text).substr(place, 1));
        std::string expected =
            "\"" + text.substr(0, place) + one.substr(1, one.size() - 2) + text.substr(place + 1) + "\"";
        std::string written;
        append_canonical(written, text);
        ASSERT_EQ(written, expected);
        ASSERT_EQ(one.size() > 3, byte < 0x20 || byte == '"' || byte == '\\') << byte;
      }
}

TEST(canonical_json_test, sorts_the_example_of_rfc_8785_section_3_2_3) {
  const auto value = parsed(R"({
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
  })");
  EXPECT_EQ(canonical_json(value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"\u00F6\":\"Latin Small Letter O With Diaeresis\",\"\u20AC\":\"Euro Sign\","
            "\"\U0001F600\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(canonical_json_test, writes_the_numbers_of_rfc_8785_appendix_b) {
  const std::pair<std::uint64_t, const char*> rows[] = {{0x0000000000000000, "0"},
                                                        {0x8000000000000000, "0"},
                                                        {0x0000000000000001, "5e-324"},
                                                        {0x8000000000000001, "-5e-324"},
                                                        {0x7fefffffffffffff, "1.7976931348623157e+308"},
                                                        {0xffefffffffffffff, "-1.7976931348623157e+308"},
                                                        {0x4340000000000000, "9007199254740992"},
                                                        {0xc340000000000000, "-9007199254740992"},
                                                        {0x4430000000000000, "295147905179352830000"},
                                                        {0x44b52d02c7e14af5, "9.999999999999997e+22"},
                                                        {0x44b52d02c7e14af6, "1e+23"},
                                                        {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
                                                        {0x444b1ae4d6e2ef4e, "999999999999999700000"},
                                                        {0x444b1ae4d6e2ef4f, "999999999999999900000"},
                                                        {0x444b1ae4d6e2ef50, "1e+21"},
                                                        {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
                                                        {0x3eb0c6f7a0b5ed8d, "0.000001"},
                                                        {0x41b3de4355555553, "333333333.3333332"},
                                                        {0x41b3de4355555554, "333333333.33333325"},
                                                        {0x41b3de4355555555, "333333333.3333333"},
                                                        {0x41b3de4355555556, "333333333.3333334"},
                                                        {0x41b3de4355555557, "333333333.33333343"},
                                                        {0xbecbf647612f3696, "-0.0000033333333333333333"},
                                                        {0x43143ff3c1cb0959, "1424953923781206.2"}};
  for (const auto& [bits, expected] : rows) EXPECT_EQ(number_text(bits), expected);
}

TEST(canonical_json_test, writes_integers_as_they_are) {
  EXPECT_EQ(canonical_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(canonical_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(canonical_json(9007199254740993), "9007199254740993");
  EXPECT_EQ(canonical_json(0), "0");
}

TEST(canonical_json_test, writes_equal_numbers_alike) {
  for (const auto* text : {"5", "5.0", "5e0", "0.5e1", "50E-1"}) EXPECT_EQ(canonical_json(parsed(text)), "5");
  EXPECT_EQ(canonical_json(parsed("-0")), "0");
  EXPECT_EQ(canonical_json(parsed("-0.0")), "0");
  EXPECT_EQ(canonical_json(parsed("100000000000000000000")), "100000000000000000000");
  EXPECT_EQ(canonical_json(parsed("1234.5678e-2")), "12.345678");
}

TEST(canonical_json_test, escapes_only_what_must_be) {
  std::string controls;
  for (char c = 0; c < 0x20; ++c) controls += c;
  EXPECT_EQ(canonical_json(json::string(controls)),
            "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
            "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e"
            "\\u001f\"");
  EXPECT_EQ(canonical_json("</\x7F\u2028\u00E9"), "\"</\x7F\u2028\u00E9\"");
}

TEST(canonical_json_test, writes_empty_things_and_nests) {
  EXPECT_EQ(canonical_json(json::object()), "{}");
  EXPECT_EQ(canonical_json(json::array()), "[]");
  EXPECT_EQ(canonical_json(nullptr), "null");
  EXPECT_EQ(canonical_json(parsed(R"( { "b" : [ { } , [ ] ] , "a" : { "d" : 1 , "c" : "" } } )")),
            R"({"a":{"c":"","d":1},"b":[{},[]]})");
  EXPECT_EQ(canonical_json(parsed(R"({"ab":1,"a":2,"":3,"B":4})")), R"({"":3,"B":4,"a":2,"ab":1})");
}

TEST(canonical_json_test, reads_back_every_double) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 50'000; ++i) {
    const auto number = std::bit_cast<double>(random());
    if (!std::isfinite(number)) continue;
    const auto text = canonical_json(number);
    const auto read = parsed(text);
    ASSERT_EQ(read.to_number<double>(), number) << text;
    ASSERT_EQ(canonical_json(read), text);
  }
}

json::value random_value(std::mt19937_64& random, int depth) {
  const auto text = [&] {
    constexpr std::string_view pieces[] = {"a", "Z", "\n", "\"", "\\", "\u00E9", "\u20AC", "\uE000", "\U0001F600", "7"};
    std::string out;
    for (auto left = random() % 4; left > 0; --left) out += pieces[random() % std::size(pieces)];
    return out;
  };
  switch (random() % (depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random());
    case 3:
      return static_cast<double>(random() % 1'000'000) / 1'000;
    case 4:
      return json::string(text());
    case 5: {
      json::array list;
      for (auto left = random() % 4; left > 0; --left) list.push_back(random_value(random, depth - 1));
      return list;
    }
    default: {
      json::object map;
      for (auto left = random() % 6; left > 0; --left) map[text()] = random_value(random, depth - 1);
      return map;
    }
  }
}

TEST(canonical_json_test, is_a_fixed_point) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 3'000; ++i) {
    const auto text = canonical_json(random_value(random, 4));
    ASSERT_EQ(canonical_json(parsed(text)), text);
  }
}

}  // namespace
}  // namespace licaudit
