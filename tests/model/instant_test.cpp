#include "model/instant.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace licaudit {
namespace {

TEST(instant_test, is_written_in_utc_with_milliseconds) {
  EXPECT_EQ(to_rfc3339(from_milliseconds(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(from_milliseconds(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(from_milliseconds(1'795'302'000'007)), "2026-11-21T23:00:00.007Z");
}

TEST(instant_test, reads_any_offset) {
  const instant expected = from_milliseconds(1'795'302'000'000);
  for (const auto* text :
       {"2026-11-21T23:00:00Z", "2026-11-21t23:00:00z", "2026-11-21 23:00:00Z", "2026-11-21T23:00:00-00:00",
        "2026-11-22T01:00:00+02:00", "2026-11-21T17:30:00.000-05:30", "2026-11-22T22:59:00+23:59"}) {
    const auto read = parse_rfc3339(text);
    ASSERT_TRUE(read) << problem_of(read);
    EXPECT_EQ(*read, expected) << text;
  }
}

TEST(instant_test, cuts_decimals_to_milliseconds) {
  EXPECT_EQ(to_rfc3339(at("2026-11-21T23:00:00.5Z")), "2026-11-21T23:00:00.500Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-21T23:00:00.123456789Z")), "2026-11-21T23:00:00.123Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-21T23:00:00.999999999Z")), "2026-11-21T23:00:00.999Z");
  EXPECT_EQ(to_rfc3339(at("1969-12-31T23:59:59.9999Z")), "1969-12-31T23:59:59.999Z");
}

TEST(instant_test, knows_leap_days) {
  EXPECT_EQ(to_rfc3339(at("2028-02-29T12:00:00Z")), "2028-02-29T12:00:00.000Z");
  EXPECT_FALSE(parse_rfc3339("2026-02-29T12:00:00Z"));
  EXPECT_TRUE(parse_rfc3339("2000-02-29T12:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("1900-02-29T12:00:00Z"));
}

TEST(instant_test, takes_a_leap_second_as_the_next_second_and_only_at_midnight_utc) {
  EXPECT_EQ(at("2016-12-31T23:59:60Z"), at("2017-01-01T00:00:00Z"));
  EXPECT_EQ(at("2017-01-01T00:59:60+01:00"), at("2017-01-01T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("2016-12-31T22:59:60Z"));
}

TEST(instant_test, refuses_what_is_no_instant) {
  for (const auto* text : {"",
                           "2026-11-21",
                           "2026-11-21T23:00Z",
                           "2026-11-21T23:00:00",
                           "2026-11-21T23:00:00.Z",
                           "2026-11-21T23:00:00.1234567890Z",
                           "2026-11-21T24:00:00Z",
                           "2026-11-21T23:60:00Z",
                           "2026-11-21T23:00:61Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-11-31T00:00:00Z",
                           "2026-11-21T23:00:00+24:00",
                           "2026-11-21T23:00:00+0100",
                           "2026-11-21T23:00:00Z ",
                           " 2026-11-21T23:00:00Z",
                           "26-11-21T23:00:00Z",
                           "2026-1-21T23:00:00Z",
                           "12026-11-21T23:00:00Z",
                           "2026-11-21X23:00:00Z",
                           "-026-11-21T23:00:00Z",
                           "0000-01-01T00:00:00+00:01",
                           "9999-12-31T23:59:59-00:01"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(instant_test, names_the_text_that_is_wrong) {
  const auto read = parse_rfc3339("yesterday");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, errc::malformed);
  EXPECT_EQ(read.error().detail,
            "'yesterday' is no instant: write it as 2026-11-21T23:00:00Z or 2026-11-21T23:00:00+01:00");
}

TEST(instant_test, reads_what_it_writes) {
  std::mt19937_64 random(1);
  std::uniform_int_distribution<std::int64_t> any(to_milliseconds(at("0000-01-01T00:00:00Z")),
                                                  to_milliseconds(at("9999-12-31T23:59:59.999Z")));
  for (int i = 0; i < 20'000; ++i) {
    const instant moment = from_milliseconds(any(random));
    ASSERT_EQ(at(to_rfc3339(moment)), moment) << to_milliseconds(moment);
  }
}

}  // namespace
}  // namespace licaudit
