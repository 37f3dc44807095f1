#include "daemon/settings/duration.hpp"

#include <gtest/gtest.h>

namespace licaudit::settings {
namespace {

using std::chrono::seconds;

TEST(duration, reads_one_number_and_one_unit) {
  EXPECT_EQ(parse_duration("90s").value(), seconds(90));
  EXPECT_EQ(parse_duration("15m").value(), seconds(900));
  EXPECT_EQ(parse_duration("1h").value(), seconds(3600));
  EXPECT_EQ(parse_duration("1d").value(), seconds(86400));
  EXPECT_EQ(parse_duration("2 weeks").value(), seconds(1209600));
}

TEST(duration, refuses_everything_else) {
  for (const char* text : {"", "15", "m", "0m", "-1m", "+1m", "1.5h", "1h30m", "15 m ", "15  m", " 15m", "1mo", "1y",
                           "999999999999999999999s", "9223372036854775807d", "11 years"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(duration, reads_months_and_years) {
  EXPECT_EQ(parse_months("25 months").value(), 25);
  EXPECT_EQ(parse_months("10 years").value(), 120);
  EXPECT_EQ(parse_months("1year").value(), 12);
  for (const char* text : {"0 months", "25", "25 m", "101 years", "-1 months", "10 days"}) {
    EXPECT_FALSE(parse_months(text)) << text;
  }
}

TEST(duration, reads_percentages_from_0_to_100) {
  EXPECT_EQ(parse_percentage("0%").value(), 0);
  EXPECT_EQ(parse_percentage("20%").value(), 20);
  EXPECT_EQ(parse_percentage("100%").value(), 100);
  for (const char* text : {"", "%", "20", "101%", "-1%", "2.5%", "20 %", "20%%"}) {
    EXPECT_FALSE(parse_percentage(text)) << text;
  }
}

TEST(duration, reads_a_day_as_its_first_instant_in_utc) {
  EXPECT_EQ(to_rfc3339(parse_expiry("2027-01-01").value()), "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(parse_expiry("2027-01-01T12:00:00+01:00").value()), "2027-01-01T11:00:00.000Z");
  for (const char* text : {"", "2027-02-29", "2027-13-01", "2027/01/01", "01.01.2027", "tomorrow", "2027-1-01x"}) {
    EXPECT_FALSE(parse_expiry(text)) << text;
  }
}

TEST(duration, reads_modes_of_permissions_alone) {
  EXPECT_EQ(parse_mode("0660").value(), 0660U);
  EXPECT_EQ(parse_mode("600").value(), 0600U);
  for (const char* text : {"", "66", "0680", "4755", "00660", "rw-rw----"}) EXPECT_FALSE(parse_mode(text)) << text;
}

}  // namespace
}  // namespace licaudit::settings
