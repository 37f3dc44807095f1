// Clocks that are set, and calendars that are not regular.
#include "daemon/api/history_buckets.hpp"
#include "daemon/audit/calculation_schedule.hpp"
#include "tests/daemon/audit/scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::test {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

const hours every{1};
// As the daemon: it looks at the clock at least so often.
const std::chrono::minutes longest_pause{1};

time_zone zone_called(const std::string& name) {
  return time_zone::find(name).value();
}

/// The audit room with the clocks of a machine: one that is set, and one that only goes.
class hourly_host {
 public:
  explicit hourly_host(instant begin) : wall_(begin), schedule_(begin, tick_) {
    scene_.set_clock(wall_);
    scene_.give_tenants({audit::host_record, audit::contoso_record});
    scene_.give("teams", audit::users_on("contoso", "sbc1.example.com", 3));
    made_.push_back(scene_.seen()->last_calculation->at);
  }

  /// Lets time pass as the daemon's loop does.
  void pass(milliseconds time) {
    const auto end = tick_ + time;
    while (tick_ < end) {
      const auto left = schedule_.left(scene_.seen()->last_calculation->at, every, wall_, tick_);
      if (left.count() <= 0) {
        calculate();
        continue;
      }
      const auto step = std::min<milliseconds>({left, longest_pause, std::chrono::ceil<milliseconds>(end - tick_)});
      tick_ += step;
      wall_ += step;
      scene_.set_clock(wall_);
    }
  }

  void set_clock_by(milliseconds time) {
    wall_ += time;
    scene_.set_clock(wall_);
  }

  /// Scheduled calculations since the last question.
  std::size_t calculated() { return std::exchange(count_, 0); }
  [[nodiscard]] std::size_t calculated_in(instant since, instant until) const {
    return static_cast<std::size_t>(
        std::count_if(made_.begin(), made_.end(), [&](instant at) { return at >= since && at < until; }));
  }
  [[nodiscard]] bool grows() const {
    return std::adjacent_find(made_.begin(), made_.end(), std::greater_equal<>()) == made_.end();
  }
  [[nodiscard]] std::vector<api::history_bucket> buckets(instant since, instant until, const time_zone& zone,
                                                         api::bucket_size size) {
    ledger::history_query query{"contoso", since, until, 0, 1000, false};
    const auto page = scene_.reader().history(query).value();
    return api::buckets_of(page.before, page.entries, {since, until}, zone, size);
  }

 private:
  void calculate() {
    made_.push_back(scene_.calculate().at);
    ++count_;
  }

  audit::scene scene_;
  instant wall_;
  audit::calculation_schedule::steady tick_{};
  audit::calculation_schedule schedule_;
  std::vector<instant> made_;
  std::size_t count_ = 0;
};

/// A local day and its neighbours: each has as many calculations as it has hours, and one place in the history.
void expect_each_hour_once(const std::string& name, std::chrono::year_month_day middle, milliseconds length) {
  SCOPED_TRACE(name + ' ' + to_text(middle));
  const auto zone = zone_called(name);
  const auto day = [&](int offset) {
    return zone.start_of(std::chrono::year_month_day(std::chrono::sys_days(middle) + days(offset)));
  };
  ASSERT_EQ(day(1) - day(0), length) << "this test is about another day";
  hourly_host host(day(-1));
  host.pass(day(2) - day(-1) - milliseconds(1));
  EXPECT_TRUE(host.grows());
  for (int offset = -1; offset <= 1; ++offset) {
    const auto of_day = host.calculated_in(day(offset), day(offset + 1));
    const auto whole_hours = static_cast<std::size_t>(std::chrono::floor<hours>(day(offset + 1) - day(offset)).count());
    EXPECT_GE(of_day, whole_hours);
    EXPECT_LE(of_day, whole_hours + 1) << "half an hour can hold one more";
  }
  const auto buckets = host.buckets(day(-1), day(2), zone, api::bucket_size::day);
  ASSERT_EQ(buckets.size(), 3u);
  for (int at = 0; at < 3; ++at) {
    const std::chrono::year_month_day expected(std::chrono::sys_days(middle) + days(at - 1));
    EXPECT_EQ(buckets.at(static_cast<std::size_t>(at)).date, to_text(expected));
  }
}

std::chrono::year_month_day on(int year, unsigned month, unsigned day) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

}  // namespace

TEST(time, makes_each_calculation_once_over_both_clock_changes_in_berlin) {
  expect_each_hour_once("Europe/Berlin", on(2027, 3, 28), hours(23));
  expect_each_hour_once("Europe/Berlin", on(2027, 10, 31), hours(25));
}

TEST(time, makes_each_calculation_once_over_both_clock_changes_in_new_york) {
  expect_each_hour_once("America/New_York", on(2027, 3, 14), hours(23));
  expect_each_hour_once("America/New_York", on(2027, 11, 7), hours(25));
}

TEST(time, makes_each_calculation_once_over_both_changes_of_half_an_hour) {
  expect_each_hour_once("Australia/Lord_Howe", on(2027, 10, 3), hours(24) - std::chrono::minutes(30));
  expect_each_hour_once("Australia/Lord_Howe", on(2027, 4, 4), hours(24) + std::chrono::minutes(30));
}

TEST(time, knows_the_leap_day) {
  expect_each_hour_once("Europe/Berlin", on(2028, 2, 29), hours(24));
}

TEST(time, goes_over_the_end_of_a_year) {
  expect_each_hour_once("America/New_York", on(2027, 12, 31), hours(24));
  const auto zone = zone_called("Europe/Berlin");
  hourly_host host(zone.start_of(on(2027, 12, 31)));
  host.pass(hours(48));
  const auto months =
      host.buckets(zone.start_of(on(2027, 12, 1)), zone.start_of(on(2028, 1, 2)), zone, api::bucket_size::month);
  ASSERT_EQ(months.size(), 2u);
  EXPECT_EQ(months.front().date, "2027-12-01");
  EXPECT_EQ(months.back().date, "2028-01-01");
}

TEST(time, goes_on_every_hour_when_the_clock_is_set_back) {
  hourly_host host(parse_rfc3339("2027-05-05T12:00:00Z").value());
  host.pass(hours(5) + milliseconds(1));
  EXPECT_EQ(host.calculated(), 5u);
  host.set_clock_by(-hours(1));
  host.pass(hours(5));
  EXPECT_EQ(host.calculated(), 5u) << "neither a gap of an hour nor one calculation twice";
  EXPECT_TRUE(host.grows());
}

TEST(time, makes_one_calculation_and_no_flood_when_the_clock_is_set_forward) {
  hourly_host host(parse_rfc3339("2027-05-05T12:00:00Z").value());
  host.pass(hours(5) + milliseconds(1));
  EXPECT_EQ(host.calculated(), 5u);
  host.set_clock_by(days(365));
  host.pass(milliseconds(1));
  EXPECT_EQ(host.calculated(), 1u);
  host.pass(hours(5));
  EXPECT_EQ(host.calculated(), 5u);
  EXPECT_TRUE(host.grows());
}

TEST(time, goes_on_when_a_clock_that_was_a_year_ahead_is_set_right) {
  hourly_host host(parse_rfc3339("2027-05-05T12:00:00Z").value());
  host.set_clock_by(days(365));
  host.pass(hours(2) + milliseconds(2));
  EXPECT_GE(host.calculated(), 3u);
  host.set_clock_by(-days(365));
  host.pass(hours(24));
  EXPECT_EQ(host.calculated(), 24u) << "not after a year of waiting";
  EXPECT_TRUE(host.grows());
}

}  // namespace licaudit::test
