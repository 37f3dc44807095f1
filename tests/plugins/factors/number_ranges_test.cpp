#include "plugins/factors/number-range/number_ranges.hpp"

#include "plugins/factors/number-range/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace licaudit::number_range {
namespace {

using testing::HasSubstr;

block read(std::string_view text) {
  return std::get<block>(parse_block(text));
}
std::string wrong(std::string_view text) {
  const auto parsed = parse_block(text);
  const auto* sentence = std::get_if<std::string>(&parsed);
  return sentence == nullptr ? "accepted" : *sentence;
}

TEST(parse_block, reads_the_three_forms) {
  for (const auto* text : {"+442079460000-0999", "+442079460000-+442079460999", "+442079460000-999"}) {
    EXPECT_EQ(read(text).length, 12U) << text;
    EXPECT_EQ(read(text).first, 442079460000U) << text;
    EXPECT_EQ(read(text).last, 442079460999U) << text;
  }
  EXPECT_EQ(read("+4930123450").first, read("+4930123450").last);
}

TEST(parse_block, says_what_is_wrong) {
  EXPECT_THAT(wrong("+442079460000-+44207946099"), HasSubstr("differ in length"));
  EXPECT_THAT(wrong("+442079460999-0000"), HasSubstr("ends before it begins"));
  EXPECT_THAT(wrong("+4420-99999999"), HasSubstr("more digits"));
  EXPECT_THAT(wrong("+4420-"), HasSubstr("expected"));
  EXPECT_THAT(wrong("+4420-9x"), HasSubstr("expected"));
  EXPECT_THAT(wrong("442079460000"), HasSubstr("expected"));
  EXPECT_THAT(wrong("+1234567890123456"), HasSubstr("expected"));
  EXPECT_THAT(wrong(""), HasSubstr("expected"));
  EXPECT_THAT(wrong("+44 20"), HasSubstr("expected"));
}

TEST(number_ranges, includes_both_ends) {
  const number_ranges ranges({read("+442079460100-0199"), read("+49301")});
  const auto holds = [&ranges](std::string_view text) { return ranges.contains(*parse_e164(text)); };
  EXPECT_TRUE(holds("+442079460100"));
  EXPECT_TRUE(holds("+442079460199"));
  EXPECT_FALSE(holds("+442079460099"));
  EXPECT_FALSE(holds("+442079460200"));
  EXPECT_TRUE(holds("+49301"));
  EXPECT_FALSE(holds("+493010")) << "another length is another number";
}

TEST(number_ranges, agrees_with_looking_at_every_block) {
  std::mt19937 random(7);
  const auto any = [&random](std::uint64_t below) {
    return std::uniform_int_distribution<std::uint64_t>(0, below - 1)(random);
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<block> blocks;
    for (std::uint64_t i = 0, count = 1 + any(6); i < count; ++i) {
      const auto first = any(60);
      blocks.push_back({2 + static_cast<std::size_t>(any(2)), first, first + any(12)});
    }
    const number_ranges ranges(blocks);
    for (std::size_t length = 1; length <= 4; ++length) {
      for (std::uint64_t digits = 0; digits < 80; ++digits) {
        bool expected = false;
        for (const auto& one : blocks) expected |= one.length == length && one.first <= digits && digits <= one.last;
        ASSERT_EQ(ranges.contains({length, digits}), expected) << round << " " << length << " " << digits;
      }
    }
  }
}

std::string refusal(std::string_view options) {
  const auto parsed = parse_options(options);
  const auto* sentence = std::get_if<std::string>(&parsed);
  return sentence == nullptr ? "accepted" : *sentence;
}

TEST(number_range_options, are_read) {
  EXPECT_EQ(refusal(R"({"ranges":["+44-5","+4930123450"]})"), "accepted");
}

TEST(number_range_options, are_refused_by_name) {
  EXPECT_THAT(refusal(R"({"ranges":["+44",442079460000]})"),
              HasSubstr("ranges[1]: expected a text; put the number between quotes"));
  EXPECT_THAT(refusal(R"({"ranges":["+44","0049"]})"), HasSubstr("ranges[1]: '0049'"));
  EXPECT_THAT(refusal(R"({"ranges":[]})"), HasSubstr("ranges: expected a list"));
  EXPECT_THAT(refusal(R"({"ranges":"+44"})"), HasSubstr("ranges: expected a list"));
  EXPECT_THAT(refusal("{}"), HasSubstr("ranges: expected a list"));
  EXPECT_THAT(refusal(R"({"ranges":["+44"],"range":[]})"), HasSubstr("range: unknown option"));
  EXPECT_THAT(refusal("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(refusal("{"), HasSubstr("no JSON object"));
}

}  // namespace
}  // namespace licaudit::number_range
