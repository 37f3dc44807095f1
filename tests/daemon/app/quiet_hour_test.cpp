#include "daemon/app/quiet_hour.hpp"

#include <gtest/gtest.h>

namespace licaudit::app {
namespace {

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

TEST(quiet_hour, is_due_once_a_local_day_from_half_past_three_on) {
  const auto athens = time_zone::find("Europe/Athens").value();  // two hours ahead
  quiet_hour hour(at("2026-11-20T12:00:00Z"));
  EXPECT_TRUE(hour.is_due(at("2026-11-20T12:10:00Z"), athens)) << "the host did not run at half past three";
  hour.done(at("2026-11-20T12:10:00Z"), athens);
  EXPECT_FALSE(hour.is_due(at("2026-11-20T21:59:00Z"), athens));
  EXPECT_FALSE(hour.is_due(at("2026-11-20T22:00:00Z"), athens))
      << "the next day has begun, it is not yet half past three";
  EXPECT_FALSE(hour.is_due(at("2026-11-21T01:29:59Z"), athens));
  EXPECT_TRUE(hour.is_due(at("2026-11-21T01:30:00Z"), athens));
}

TEST(quiet_hour, leaves_a_start_ten_minutes) {
  quiet_hour hour(at("2026-11-20T12:00:00Z"));
  EXPECT_FALSE(hour.is_due(at("2026-11-20T12:09:59Z"), time_zone()));
  EXPECT_TRUE(hour.is_due(at("2026-11-20T12:10:00Z"), time_zone()));
}

TEST(quiet_hour, comes_on_days_whose_clock_is_set) {
  // On 29 March 2026 the clock of London skips from 01:00 to 02:00, on 25 October it shows 01:00 twice.
  const auto london = time_zone::find("Europe/London").value();
  for (const char* day : {"2026-03-29T02:30:00Z", "2026-10-25T03:30:00Z"}) {
    quiet_hour hour(at("2026-01-01T00:00:00Z"));
    EXPECT_FALSE(hour.is_due(at(day) - std::chrono::seconds(1), london)) << day;
    EXPECT_TRUE(hour.is_due(at(day), london)) << day;
  }
}

}  // namespace
}  // namespace licaudit::app
