#include "daemon/sync/schedule_plan.hpp"

#include <gtest/gtest.h>

#include <set>

namespace licaudit::sync {
namespace {

using namespace std::chrono_literals;

const instant noon = parse_rfc3339("2026-11-21T12:00:00Z").value();

run_history completed_at(instant at) {
  return {at, at + 5s, 0};
}

run_history failed(std::int64_t times, instant at) {
  return {at - 1h, at, times};
}

TEST(schedule_plan, starts_a_source_that_never_completed_at_once) {
  EXPECT_EQ(schedule_plan("pbx-1", "teams", 15min).next(noon, {}, 0.5), noon);
}

TEST(schedule_plan, gives_each_source_of_a_host_a_stable_place_in_the_interval) {
  std::set<std::chrono::milliseconds> places;
  for (const auto* name : {"teams", "dial-plans", "csv", "local", "cx"}) {
    const schedule_plan plan("pbx-1", name, 15min);
    EXPECT_EQ(plan.splay(), schedule_plan("pbx-1", name, 15min).splay());
    EXPECT_GE(plan.splay(), 0ms);
    EXPECT_LT(plan.splay(), 15min);
    places.insert(plan.splay());
  }
  EXPECT_EQ(places.size(), 5U);
}

TEST(schedule_plan, splays_the_same_source_of_several_hosts) {
  EXPECT_NE(schedule_plan("pbx-1", "teams", 15min).splay(), schedule_plan("pbx-2", "teams", 15min).splay());
}

TEST(schedule_plan, runs_once_an_interval_at_its_place) {
  const schedule_plan plan("pbx-1", "teams", 15min);
  auto last = noon;
  auto next = plan.next(noon, completed_at(noon), 0);
  EXPECT_GT(next, noon);
  EXPECT_LE(next, noon + 15min);
  EXPECT_EQ((next.time_since_epoch() - plan.splay()) % 15min, 0ms);
  for (int tick = 0; tick < 5; ++tick) {
    last = next;
    next = plan.next(last, completed_at(last), 0);
    EXPECT_EQ(next, last + 15min);
  }
}

TEST(schedule_plan, keeps_its_ticks_when_a_run_takes_long) {
  const schedule_plan plan("pbx-1", "teams", 15min);
  const auto tick = plan.next(noon, completed_at(noon), 0);
  EXPECT_EQ(plan.next(tick + 4min, {tick + 200ms, tick + 4min, 0}, 0), tick + 15min);
}

TEST(schedule_plan, makes_one_run_of_all_ticks_that_a_suspended_machine_missed) {
  const schedule_plan plan("pbx-1", "teams", 15min);
  const auto awake = noon + 48h;
  EXPECT_EQ(plan.next(awake, completed_at(noon), 0), awake);
  const auto after = plan.next(awake + 5s, completed_at(awake), 0);
  EXPECT_GT(after, awake + 5s);
  EXPECT_LE(after, awake + 15min);
}

TEST(schedule_plan, takes_a_history_in_the_future_as_if_it_were_now) {
  const schedule_plan plan("pbx-1", "teams", 15min);
  EXPECT_LE(plan.next(noon, completed_at(noon + 24h * 365), 0), noon + 15min);
  EXPECT_LE(plan.next(noon, failed(30, noon + 24h * 365), 0), noon + 5min);
}

TEST(schedule_plan, waits_after_a_failure_from_its_end_on) {
  const schedule_plan plan("pbx-1", "teams", 15min);
  EXPECT_EQ(plan.next(noon, failed(1, noon), 0), noon + 1s);
  EXPECT_EQ(plan.next(noon, failed(4, noon), 0), noon + 8s);
  EXPECT_EQ(plan.next(noon + 1h, failed(4, noon), 0), noon + 1h);
}

TEST(back_off, doubles_from_one_second_to_five_minutes) {
  EXPECT_EQ(back_off(1, 0), 1s);
  EXPECT_EQ(back_off(2, 0), 2s);
  EXPECT_EQ(back_off(3, 0), 4s);
  EXPECT_EQ(back_off(9, 0), 256s);
  EXPECT_EQ(back_off(10, 0), 5min);
  EXPECT_EQ(back_off(1'000'000'000, 0), 5min);
}

TEST(back_off, takes_jitter_away_but_stays_within_its_bounds) {
  EXPECT_EQ(back_off(3, 0.5), 3s);
  EXPECT_EQ(back_off(10, 1), 150s);
  EXPECT_EQ(back_off(1, 0.99), 1s);
  EXPECT_EQ(back_off(2, 7), 1s);
}

}  // namespace
}  // namespace licaudit::sync
