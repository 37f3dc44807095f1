#include "model/time_span.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

using namespace std::chrono_literals;

TEST(time_span_test, reads_every_unit_of_systemd) {
  const std::pair<const char*, std::chrono::milliseconds> rows[] = {{"2000us", 2ms},
                                                                    {"2000usec", 2ms},
                                                                    {"2000\u00B5s", 2ms},
                                                                    {"2000\u03BCs", 2ms},
                                                                    {"7ms", 7ms},
                                                                    {"7msec", 7ms},
                                                                    {"90", 90s},
                                                                    {"5s", 5s},
                                                                    {"5sec", 5s},
                                                                    {"1second", 1s},
                                                                    {"2 seconds", 2s},
                                                                    {"3m", 3min},
                                                                    {"3min", 3min},
                                                                    {"1 minute", 1min},
                                                                    {"2 minutes", 2min},
                                                                    {"4h", 4h},
                                                                    {"4hr", 4h},
                                                                    {"1 hour", 1h},
                                                                    {"2 hours", 2h},
                                                                    {"7d", 168h},
                                                                    {"1 day", 24h},
                                                                    {"3 days", 72h},
                                                                    {"1w", 168h},
                                                                    {"2 weeks", 336h},
                                                                    {"1 week", 168h},
                                                                    {"1M", 2629800s},
                                                                    {"1 month", 2629800s},
                                                                    {"12 months", 31557600s},
                                                                    {"1y", 31557600s},
                                                                    {"1 year", 31557600s},
                                                                    {"10 years", 315576000s}};
  for (const auto& [text, expected] : rows) {
    const auto read = parse_time_span(text);
    ASSERT_TRUE(read) << problem_of(read);
    EXPECT_EQ(*read, expected) << text;
  }
}

TEST(time_span_test, adds_parts_and_takes_fractions) {
  EXPECT_EQ(parse_time_span("1h30min").value(), 90min);
  EXPECT_EQ(parse_time_span("1h 30min 5").value(), 90min + 5s);
  EXPECT_EQ(parse_time_span(" 2 d 1 h ").value(), 49h);
  EXPECT_EQ(parse_time_span("1.5h").value(), 90min);
  EXPECT_EQ(parse_time_span("0.001s").value(), 1ms);
  EXPECT_EQ(parse_time_span("0.3s").value(), 300ms);
  EXPECT_EQ(parse_time_span("999us").value(), 0ms);
  EXPECT_EQ(parse_time_span("0d").value(), 0ms);
}

TEST(time_span_test, refuses_nonsense) {
  for (const auto* text :
       {"", " ", "d", "7q", "-7d", "1 2", "1.h", ".5h", "1..5h", "1h,30min", "1h-", "1.1234567890s", "7D"}) {
    const auto read = parse_time_span(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, errc::malformed);
  }
  EXPECT_EQ(problem_of(parse_time_span("7q")),
            "'7q' is no time span of at most 10000 years: write it as 7d, 1h30min or 2 weeks");
}

TEST(time_span_test, refuses_what_would_overflow) {
  EXPECT_TRUE(parse_time_span("10000y"));
  for (const auto* text : {"10001y", "9223372036854775807", "9223372036854775808s", "99999999999999999999999999d",
                           "9999y 9999y", "10000y 1s", "9223372036854775807us 9223372036854775807us"}) {
    EXPECT_FALSE(parse_time_span(text)) << text;
  }
}

}  // namespace
}  // namespace licaudit
