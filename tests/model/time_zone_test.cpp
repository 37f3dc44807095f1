#include "model/time_zone.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace licaudit {
namespace {

using namespace std::chrono;
using std::chrono::October;

instant wall(const time_zone& where, year_month_day day, milliseconds clock) {
  return where.at(local_days{day} + clock);
}

std::string clock_text(const time_zone& where, std::string_view moment) {
  const auto civil = where.civil(at(moment));
  std::string text = to_text(civil.day) + " " + std::to_string(civil.clock.hours().count()) + ":" +
                     std::to_string(civil.clock.minutes().count()) + " " + civil.abbreviation;
  return text;
}

TEST(time_zone_test, is_utc_unless_told) {
  const licaudit::time_zone utc;
  EXPECT_EQ(utc.name(), "UTC");
  EXPECT_EQ(clock_text(utc, "2026-11-21T23:05:00Z"), "2026-11-21 23:5 UTC");
  EXPECT_EQ(utc.start_of(2026y / November / 21), at("2026-11-21T00:00:00Z"));
  EXPECT_EQ(wall(utc, 2026y / November / 21, 5ms), at("2026-11-21T00:00:00.005Z"));
}

TEST(time_zone_test, finds_iana_names_and_nothing_else) {
  EXPECT_EQ(zone("Europe/London").name(), "Europe/London");
  EXPECT_EQ(zone("UTC").name(), "UTC");
  for (const auto* name :
       {"", "Mars/Olympus", "europe/london", "localtime", "../../etc/passwd", "Europe", "zone.tab"}) {
    const auto found = licaudit::time_zone::find(name);
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().code, errc::unknown);
  }
  EXPECT_EQ(problem_of(licaudit::time_zone::find("Mars/Olympus")),
            "'Mars/Olympus' is no time zone: write an IANA name like Europe/London");
}

TEST(time_zone_test, shows_the_clock_with_its_abbreviation_and_offset) {
  const auto london = zone("Europe/London");
  EXPECT_EQ(clock_text(london, "2026-06-30T23:30:00Z"), "2026-07-01 0:30 BST");
  EXPECT_EQ(clock_text(london, "2026-12-31T23:30:00Z"), "2026-12-31 23:30 GMT");
  EXPECT_EQ(london.civil(at("2026-06-30T23:30:00Z")).offset, 1h);
  EXPECT_EQ(clock_text(zone("Asia/Kathmandu"), "2026-06-30T23:30:00Z"), "2026-07-01 5:15 +0545");
  EXPECT_EQ(london.civil(at("2026-06-30T23:30:07.089Z")).clock.subseconds(), 89ms);
}

TEST(time_zone_test, takes_the_first_instant_after_the_hour_that_spring_skips) {
  const auto london = zone("Europe/London");  // 01:00 GMT -> 02:00 BST
  const auto day = 2026y / March / 29;
  EXPECT_EQ(wall(london, day, 59min), at("2026-03-29T00:59:00Z"));
  EXPECT_EQ(wall(london, day, 1h), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(wall(london, day, 90min), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(wall(london, day, 2h), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(wall(london, day, 3h), at("2026-03-29T02:00:00Z"));

  const auto new_york = zone("America/New_York");  // 02:00 EST -> 03:00 EDT
  EXPECT_EQ(wall(new_york, 2026y / March / 8, 150min), at("2026-03-08T07:00:00Z"));
  EXPECT_EQ(wall(new_york, 2026y / March / 8, 3h), at("2026-03-08T07:00:00Z"));

  const auto lord_howe = zone("Australia/Lord_Howe");  // half an hour: 02:00 -> 02:30
  EXPECT_EQ(wall(lord_howe, 2026y / October / 4, 2h + 15min), at("2026-10-03T15:30:00Z"));
  EXPECT_EQ(wall(lord_howe, 2026y / October / 4, 2h + 30min), at("2026-10-03T15:30:00Z"));
  EXPECT_EQ(wall(lord_howe, 2026y / October / 4, 2h + 45min), at("2026-10-03T15:45:00Z"));
}

TEST(time_zone_test, takes_the_earlier_of_the_hour_that_autumn_repeats) {
  const auto london = zone("Europe/London");  // 02:00 BST -> 01:00 GMT
  const auto day = 2026y / October / 25;
  EXPECT_EQ(wall(london, day, 59min), at("2026-10-24T23:59:00Z"));
  EXPECT_EQ(wall(london, day, 90min), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(wall(london, day, 2h), at("2026-10-25T02:00:00Z"));

  EXPECT_EQ(wall(zone("America/New_York"), 2026y / November / 1, 90min), at("2026-11-01T05:30:00Z"));
  EXPECT_EQ(wall(zone("America/New_York"), 2026y / November / 1, 2h), at("2026-11-01T07:00:00Z"));

  const auto lord_howe = zone("Australia/Lord_Howe");  // 02:00 -> 01:30
  EXPECT_EQ(wall(lord_howe, 2026y / April / 5, 1h + 45min), at("2026-04-04T14:45:00Z"));
  EXPECT_EQ(wall(lord_howe, 2026y / April / 5, 2h), at("2026-04-04T15:30:00Z"));
}

TEST(time_zone_test, begins_a_day_at_its_first_instant) {
  EXPECT_EQ(zone("Europe/London").start_of(2026y / June / 1), at("2026-05-31T23:00:00Z"));
  EXPECT_EQ(zone("Europe/London").start_of(2028y / February / 29), at("2028-02-29T00:00:00Z"));
  EXPECT_EQ(zone("America/New_York").start_of(2027y / January / 1), at("2027-01-01T05:00:00Z"));
}

TEST(time_zone_test, begins_a_day_without_midnight_at_one) {
  const auto sao_paulo = zone("America/Sao_Paulo");
  EXPECT_EQ(sao_paulo.start_of(2018y / November / 4), at("2018-11-04T03:00:00Z"));
  EXPECT_EQ(clock_text(sao_paulo, "2018-11-04T03:00:00Z"), "2018-11-04 1:0 -02");
}

TEST(time_zone_test, begins_a_day_after_the_repeated_hour_before_midnight) {
  const auto sao_paulo = zone("America/Sao_Paulo");  // 24:00 -> 23:00 of 16 February
  EXPECT_EQ(sao_paulo.start_of(2019y / February / 17), at("2019-02-17T03:00:00Z"));
}

TEST(time_zone_test, begins_a_day_at_the_earlier_of_two_midnights) {
  EXPECT_EQ(zone("America/Havana").start_of(2026y / November / 1), at("2026-11-01T04:00:00Z"));
}

TEST(time_zone_test, begins_a_day_that_never_was_at_the_next_one) {
  const auto apia = zone("Pacific/Apia");  // went from 29 to 31 December 2011
  EXPECT_EQ(apia.start_of(2011y / December / 30), at("2011-12-30T10:00:00Z"));
  EXPECT_EQ(apia.start_of(2011y / December / 31), at("2011-12-30T10:00:00Z"));
}

TEST(time_zone_test, finds_back_from_the_clock_to_the_instant) {
  std::mt19937_64 random(2);
  std::uniform_int_distribution<std::int64_t> any(0, to_milliseconds(at("2036-12-31T00:00:00Z")));
  for (const auto* name :
       {"Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"}) {
    const auto where = zone(name);
    for (int i = 0; i < 2'000; ++i) {
      const instant moment = from_milliseconds(any(random));
      const auto civil = where.civil(moment);
      const instant back = wall(where, civil.day, civil.clock.to_duration());
      // In a repeated hour the earlier instant comes back, which shows the same clock.
      if (back != moment) {
        ASSERT_LT(back, moment) << name;
        const auto again = where.civil(back);
        ASSERT_EQ(again.day, civil.day);
        ASSERT_EQ(again.clock.to_duration(), civil.clock.to_duration());
      }
      ASSERT_LE(where.start_of(civil.day), moment) << name << " " << to_rfc3339(moment);
      ASSERT_EQ(where.civil(where.start_of(civil.day)).day, civil.day) << name << " " << to_rfc3339(moment);
    }
  }
}

TEST(time_zone_test, writes_and_reads_days) {
  EXPECT_EQ(to_text(2026y / November / 1), "2026-11-01");
  EXPECT_EQ(parse_day("2028-02-29").value(), 2028y / February / 29);
  for (const auto* text : {"2026-02-29", "2026-02-30", "2026-13-01", "2026-11-1", "21.11.2026", "", "2026-11-01T"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
  EXPECT_EQ(problem_of(parse_day("2026-02-30")), "'2026-02-30' is no day: write it as 2026-11-21");
}

}  // namespace
}  // namespace licaudit
