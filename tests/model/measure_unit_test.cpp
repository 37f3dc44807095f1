#include "model/measure_unit.hpp"

#include <gtest/gtest.h>

namespace licaudit {
namespace {

std::int64_t read(std::string_view text) {
  return parse_amount(text).value().millionths;
}

TEST(amount, reads_what_it_writes) {
  for (const char* text : {"0", "7320.5", "0.000001", "999999999999.999999", "12"})
    EXPECT_EQ(to_text(parse_amount(text).value()), text);
  EXPECT_EQ(read("7.50"), 7'500'000);
  EXPECT_EQ(read("007"), 7'000'000);
}

TEST(amount, refuses_what_is_no_reading) {
  for (const char* text :
       {"", "-1", "+1", ".5", "5.", "1.0000001", "1e3", "1000000000000", "1,5", "0x1", " 1", "1.2.3"})
    EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(measure_unit, time_and_data_have_a_base) {
  EXPECT_EQ(measure_unit_of("hour"), (measure_unit{"second", 3600}));
  EXPECT_EQ(measure_unit_of("minute"), (measure_unit{"second", 60}));
  EXPECT_EQ(measure_unit_of("TB"), (measure_unit{"MB", 1'000'000}));
  EXPECT_EQ(measure_unit_of("GB"), (measure_unit{"MB", 1'000}));
  EXPECT_EQ(measure_unit_of("token"), (measure_unit{"token", 1}));
}

TEST(measure_unit, converts_within_a_base_only) {
  EXPECT_TRUE(converts("second", "hour"));
  EXPECT_TRUE(converts("TB", "MB"));
  EXPECT_TRUE(converts("token", "token"));
  EXPECT_FALSE(converts("minute", "GB"));
  EXPECT_FALSE(converts("token", "GB"));
  EXPECT_FALSE(converts("gb", "GB")) << "a unit is spelt one way";
}

TEST(measure_unit, a_reading_has_a_most_in_its_base) {
  EXPECT_TRUE(is_reading(parse_amount("999999999999.999999").value(), "token"));
  EXPECT_TRUE(is_reading(parse_amount("1000000").value(), "TB"));
  EXPECT_FALSE(is_reading(parse_amount("1000000.000001").value(), "TB"));
  EXPECT_FALSE(is_reading(parse_amount("277777778").value(), "hour"));
  EXPECT_FALSE(is_reading(amount{-1}, "MB"));
}

}  // namespace
}  // namespace licaudit
