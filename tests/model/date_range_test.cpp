#include "model/date_range.hpp"

#include "model/names.hpp"
#include "tests/model/written.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

using namespace std::chrono_literals;

// A Saturday; in London 15:30 GMT.
const instant now = at("2026-11-21T15:30:00.250Z");

std::string since(std::string_view text, const char* where = "Europe/London") {
  const auto read = parse_date(text, range_end::since, zone(where), now);
  return read ? to_rfc3339(*read) : read.error().detail;
}

std::string until(std::string_view text, const char* where = "Europe/London") {
  const auto read = parse_date(text, range_end::until, zone(where), now);
  return read ? to_rfc3339(*read) : read.error().detail;
}

TEST(date_range_test, reads_days_clocks_and_both) {
  EXPECT_EQ(since("2026-07-01"), "2026-06-30T23:00:00.000Z");
  EXPECT_EQ(since("2026-07-01 13:00"), "2026-07-01T12:00:00.000Z");
  EXPECT_EQ(since("2026-07-01 13:00:05"), "2026-07-01T12:00:05.000Z");
  EXPECT_EQ(since("2026-07-01T13:00:05"), "2026-07-01T12:00:05.000Z");
  EXPECT_EQ(since("2026-07-01  13:00:05.0078"), "2026-07-01T12:00:05.007Z");
  EXPECT_EQ(since("13:00"), "2026-11-21T13:00:00.000Z");
  EXPECT_EQ(since("23:59:59"), "2026-11-21T23:59:59.000Z");
  EXPECT_EQ(since("  2026-07-01\n"), "2026-06-30T23:00:00.000Z");
}

TEST(date_range_test, takes_time_alone_on_the_day_of_the_zone) {
  EXPECT_EQ(since("13:00", "Pacific/Auckland"), "2026-11-22T00:00:00.000Z");  // there it is Sunday already
  EXPECT_EQ(since("01:00", "America/New_York"), "2026-11-21T06:00:00.000Z");
}

TEST(date_range_test, reads_words) {
  EXPECT_EQ(since("now"), "2026-11-21T15:30:00.250Z");
  EXPECT_EQ(until("now"), "2026-11-21T15:30:00.250Z");
  EXPECT_EQ(since("today"), "2026-11-21T00:00:00.000Z");
  EXPECT_EQ(since("yesterday"), "2026-11-20T00:00:00.000Z");
  EXPECT_EQ(since("tomorrow"), "2026-11-22T00:00:00.000Z");
  EXPECT_EQ(since("yesterday", "Pacific/Auckland"), "2026-11-20T11:00:00.000Z");
}

TEST(date_range_test, includes_a_bare_day_as_until) {
  EXPECT_EQ(until("2026-11-20"), "2026-11-21T00:00:00.000Z");
  EXPECT_EQ(until("2026-12-31"), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(until("2028-02-28"), "2028-02-29T00:00:00.000Z");
  EXPECT_EQ(until("2028-02-29"), "2028-03-01T00:00:00.000Z");
  EXPECT_EQ(until("today"), "2026-11-22T00:00:00.000Z");
  EXPECT_EQ(until("yesterday"), "2026-11-21T00:00:00.000Z");
  EXPECT_EQ(until("tomorrow"), "2026-11-23T00:00:00.000Z");
  EXPECT_EQ(until("2026-11-20 00:00"), "2026-11-20T00:00:00.000Z");
  EXPECT_EQ(until("13:00"), "2026-11-21T13:00:00.000Z");
}

TEST(date_range_test, gives_days_of_23_and_25_hours) {
  EXPECT_EQ(since("2026-03-29"), "2026-03-29T00:00:00.000Z");
  EXPECT_EQ(until("2026-03-29"), "2026-03-29T23:00:00.000Z");
  EXPECT_EQ(since("2026-10-25"), "2026-10-24T23:00:00.000Z");
  EXPECT_EQ(until("2026-10-25"), "2026-10-26T00:00:00.000Z");
  EXPECT_EQ(since("2026-03-29 01:30"), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(since("2026-10-25 01:30"), "2026-10-25T00:30:00.000Z");
  EXPECT_EQ(until("2018-11-03", "America/Sao_Paulo"), "2018-11-04T03:00:00.000Z");
  EXPECT_EQ(since("2018-11-04 00:00", "America/Sao_Paulo"), "2018-11-04T03:00:00.000Z");
}

TEST(date_range_test, reads_exact_spans_from_now) {
  EXPECT_EQ(since("-7d"), "2026-11-14T15:30:00.250Z");
  EXPECT_EQ(until("-7d"), "2026-11-14T15:30:00.250Z");
  EXPECT_EQ(since("+2d"), "2026-11-23T15:30:00.250Z");
  EXPECT_EQ(since("-1h30min"), "2026-11-21T14:00:00.250Z");
  EXPECT_EQ(since("- 1 h 30 min"), "2026-11-21T14:00:00.250Z");
  EXPECT_EQ(since("3 days ago"), "2026-11-18T15:30:00.250Z");
  EXPECT_EQ(since("2 weeks ago"), "2026-11-07T15:30:00.250Z");
  EXPECT_EQ(since("2h left"), "2026-11-21T17:30:00.250Z");
  EXPECT_EQ(since("-90"), "2026-11-21T15:28:30.250Z");
  EXPECT_EQ(since("-30d"), "2026-10-22T15:30:00.250Z");  // exact, though London's clocks changed in between
}

TEST(date_range_test, reads_seconds_since_1970) {
  EXPECT_EQ(since("@1793500000"), "2026-11-01T02:26:40.000Z");
  EXPECT_EQ(since("@0"), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(since("@-1.5"), "1969-12-31T23:59:58.500Z");
  EXPECT_EQ(since("@1793500000.0789"), "2026-11-01T02:26:40.078Z");
}

TEST(date_range_test, reads_offsets_and_zones) {
  EXPECT_EQ(since("2026-07-01T13:00:00Z"), "2026-07-01T13:00:00.000Z");
  EXPECT_EQ(since("2026-07-01T13:00:00+02:00"), "2026-07-01T11:00:00.000Z");
  EXPECT_EQ(since("2026-07-01 13:00+02:00"), "2026-07-01T11:00:00.000Z");
  EXPECT_EQ(since("2026-07-01T13:00Z"), "2026-07-01T13:00:00.000Z");
  EXPECT_EQ(since("2026-07-01 13:00 UTC"), "2026-07-01T13:00:00.000Z");
  EXPECT_EQ(since("2026-07-01 13:00 America/New_York"), "2026-07-01T17:00:00.000Z");
  EXPECT_EQ(since("2026-07-01 Asia/Kathmandu"), "2026-06-30T18:15:00.000Z");
  EXPECT_EQ(until("2026-07-01 UTC"), "2026-07-02T00:00:00.000Z");
  EXPECT_EQ(since("tomorrow Pacific/Auckland"), "2026-11-22T11:00:00.000Z");
  EXPECT_EQ(since("now UTC"), "2026-11-21T15:30:00.250Z");
  EXPECT_EQ(since("01:00+14:00"), "2026-11-21T11:00:00.000Z");  // of the day that is there
}

TEST(date_range_test, checks_a_weekday) {
  EXPECT_EQ(since("Fri 2026-11-20 09:00"), "2026-11-20T09:00:00.000Z");
  EXPECT_EQ(since("friday 2026-11-20"), "2026-11-20T00:00:00.000Z");
  EXPECT_EQ(until("FRI 2026-11-20 Europe/London"), "2026-11-21T00:00:00.000Z");
  EXPECT_THAT(since("Sat 2026-11-20"),
              ::testing::StartsWith("'Sat 2026-11-20' names a weekday that is not the day's;"));
}

TEST(date_range_test, refuses_nonsense_and_quotes_it) {
  for (const auto* text : {"",
                           " ",
                           "-",
                           "+",
                           "@",
                           "13/45/2026",
                           "2026-02-30",
                           "2026-13-01",
                           "2026-11-00",
                           "25:00",
                           "24:00",
                           "12:60",
                           "12:00:60",
                           "1:00",
                           "12",
                           "12:",
                           "noon",
                           "Today",
                           "2026-11",
                           "2026",
                           "20261101",
                           "21-11-26",
                           "21.11.2026",
                           "2026-11-01 25:00",
                           "2026-11-01 13",
                           "2026-11-01 13:00 Mars/Olympus",
                           "2026-11-01 13:00 +02:00 UTC",
                           "2026-11-01 13:00Z UTC",
                           "2026-11-01Z",
                           "2026-11-01x",
                           "7d",
                           "-7q",
                           "--7d",
                           "+-7d",
                           "-7d ago",
                           "ago",
                           " ago",
                           "days ago",
                           "3 days ag",
                           "@x",
                           "@1 d",
                           "@1.",
                           "@.5",
                           "Fri",
                           "Fri 13:00",
                           "Fri today",
                           "yesterday 13:00",
                           "now now",
                           "2026-11-01 13:00:00.1234567890",
                           "2026-11-0113:00"}) {
    for (const auto end : {range_end::since, range_end::until}) {
      const auto read = parse_date(text, end, zone("Europe/London"), now);
      ASSERT_FALSE(read) << text;
      EXPECT_EQ(read.error().code, errc::malformed);
      EXPECT_THAT(read.error().detail, ::testing::HasSubstr(std::string(trimmed(text))));
      EXPECT_THAT(read.error().detail, ::testing::HasSubstr("understood are 2026-11-01, "));
    }
  }
}

TEST(date_range_test, says_what_is_wrong) {
  EXPECT_THAT(since("2026-02-30"), ::testing::StartsWith("'2026-02-30' is no day of the calendar; understood are"));
  EXPECT_THAT(since("13/45/2026"), ::testing::StartsWith("'13/45/2026' is no date or time; understood are"));
  EXPECT_THAT(since("13:00 Mars/Olympus"),
              ::testing::StartsWith("'13:00 Mars/Olympus' names no time zone with 'Mars/Olympus';"));
}

TEST(date_range_test, refuses_what_leaves_the_calendar) {
  for (const auto* text : {"-9999999999999999999999d", "+99999999999999999999", "-9000y", "+9000y", "@999999999999",
                           "@-99999999999", "@99999999999999999999999", "100000000000 weeks ago"}) {
    EXPECT_FALSE(parse_date(text, range_end::since, zone("Europe/London"), now)) << text;
  }
  EXPECT_TRUE(parse_date("9999-12-31", range_end::since, zone("UTC"), now));
  EXPECT_FALSE(parse_date("9999-12-31", range_end::until, zone("UTC"), now));
  EXPECT_THAT(since("+9000y"), ::testing::HasSubstr("lies outside the years 0000 to 9999"));
}

TEST(date_range_test, is_this_month_until_now_unless_told) {
  const auto range = parse_date_range(std::nullopt, std::nullopt, zone("America/New_York"), now).value();
  EXPECT_EQ(to_rfc3339(range.since), "2026-11-01T04:00:00.000Z");
  EXPECT_EQ(range.until, now);
}

TEST(date_range_test, takes_the_month_of_the_zone) {
  const instant new_year = at("2026-12-31T23:30:00Z");
  EXPECT_EQ(parse_date_range(std::nullopt, std::nullopt, zone("Europe/Paris"), new_year).value().since,
            at("2026-12-31T23:00:00Z"));
  EXPECT_EQ(parse_date_range(std::nullopt, std::nullopt, zone("Europe/London"), new_year).value().since,
            at("2026-12-01T00:00:00Z"));
}

TEST(date_range_test, reads_both_ends) {
  const auto range = parse_date_range("2026-10-25", "2026-10-25", zone("Europe/London"), now).value();
  EXPECT_EQ(range.until - range.since, 25h);
}

TEST(date_range_test, refuses_a_range_that_ends_before_it_begins) {
  const auto range = parse_date_range("2026-11-20", "2026-11-01", zone("UTC"), now);
  EXPECT_EQ(problem_of(range),
            "the range ends before it begins: since '2026-11-20' is 2026-11-20T00:00:00.000Z, until '2026-11-01' is "
            "2026-11-02T00:00:00.000Z");
  EXPECT_FALSE(parse_date_range("tomorrow", std::nullopt, zone("UTC"), now));
  EXPECT_FALSE(parse_date_range(std::nullopt, "2026-10-30", zone("UTC"), now));
  EXPECT_TRUE(parse_date_range("now", "now", zone("UTC"), now));
  EXPECT_THAT(problem_of(parse_date_range("x", "now", zone("UTC"), now)), ::testing::StartsWith("'x' "));
  EXPECT_THAT(problem_of(parse_date_range("now", "y", zone("UTC"), now)), ::testing::StartsWith("'y' "));
}

}  // namespace
}  // namespace licaudit
