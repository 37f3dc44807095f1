#include "model/stock_level.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

namespace licaudit {
namespace {

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto began = from_milliseconds(1'793'500'000'000);
constexpr auto day = std::chrono::hours(24);

licence_terms warns_at(std::int64_t available, bool percent) {
  licence_terms terms;
  terms.warn = warning_terms{available, percent};
  return terms;
}

licence_terms bears(std::int64_t percent, std::int64_t days) {
  licence_terms terms;
  terms.grace = grace_terms{percent, days};
  return terms;
}

TEST(stock_level, is_over_above_what_was_acquired_whatever_the_terms) {
  EXPECT_EQ(stock_level_of(10, 10, {}), stock_level::ok);
  EXPECT_EQ(stock_level_of(10, 11, {}), stock_level::over);
  EXPECT_EQ(stock_level_of(0, 1, warns_at(5, true)), stock_level::over);
  EXPECT_EQ(stock_level_of(std::nullopt, 1'000, warns_at(5, false)), stock_level::ok) << "nothing was acquired";
}

TEST(stock_level, is_low_at_the_percentage_or_the_number_that_is_left) {
  EXPECT_EQ(stock_level_of(200, 189, warns_at(5, true)), stock_level::ok);
  EXPECT_EQ(stock_level_of(200, 190, warns_at(5, true)), stock_level::low) << "10 of 200 are 5 %";
  EXPECT_EQ(stock_level_of(200, 200, warns_at(5, true)), stock_level::low);
  EXPECT_EQ(stock_level_of(200, 179, warns_at(20, false)), stock_level::ok);
  EXPECT_EQ(stock_level_of(200, 180, warns_at(20, false)), stock_level::low);
  EXPECT_EQ(stock_level_of(0, 0, warns_at(5, true)), stock_level::ok) << "none bought, none used";
  EXPECT_EQ(stock_level_of(most, most / 2, warns_at(100, true)), stock_level::low) << "without overflow";
}

TEST(stock_level, over_use_without_grace_warns) {
  EXPECT_EQ(over_use_alarm_of(10, 1'000, {}, began, began + 365 * day), over_use_alarm{});
}

TEST(stock_level, over_use_within_the_grace_pages_after_its_days) {
  const over_use_alarm soon{severity::warn, began + 14 * day}, now{severity::page, {}};
  EXPECT_EQ(over_use_alarm_of(100, 110, bears(10, 14), began, began), soon);
  EXPECT_EQ(over_use_alarm_of(100, 110, bears(10, 14), began, began + 14 * day - std::chrono::milliseconds(1)), soon);
  EXPECT_EQ(over_use_alarm_of(100, 110, bears(10, 14), began, began + 14 * day), now);
}

TEST(stock_level, over_use_beyond_the_grace_pages_at_once) {
  EXPECT_EQ(over_use_alarm_of(100, 111, bears(10, 14), began, began).level, severity::page);
  EXPECT_EQ(over_use_alarm_of(9, 10, bears(10, 14), began, began).level, severity::page) << "10 % of 9 is less than 1";
  EXPECT_EQ(over_use_alarm_of(100, 101, bears(0, 0), began, began).level, severity::page);
  EXPECT_EQ(over_use_alarm_of(most - 1, most, bears(most, most), began, began).level, severity::warn)
      << "without overflow";
}

}  // namespace
}  // namespace licaudit
