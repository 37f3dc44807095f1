#include "daemon/sync/source_state.hpp"

#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using namespace std::chrono_literals;

const instant noon = parse_rfc3339("2026-11-21T12:00:00Z").value();

source_memory remember(run_state last, std::optional<instant> good) {
  source_memory memory{"teams"};
  memory.last_run.emplace();
  memory.last_run->state = last;
  memory.last_good = good;
  return memory;
}

TEST(condition_of, is_never_until_a_run_completed) {
  EXPECT_EQ(condition_of(source_memory{"teams"}, 15min, noon), source_condition::never);
  EXPECT_EQ(condition_of(remember(run_state::failed, std::nullopt), 15min, noon), source_condition::never);
}

TEST(condition_of, is_ok_for_three_intervals) {
  EXPECT_EQ(condition_of(remember(run_state::ok, noon - 45min), 15min, noon), source_condition::ok);
  EXPECT_EQ(condition_of(remember(run_state::ok, noon - 45min - 1ms), 15min, noon), source_condition::stale);
}

TEST(condition_of, is_stale_as_soon_as_a_run_failed) {
  EXPECT_EQ(condition_of(remember(run_state::failed, noon - 1min), 15min, noon), source_condition::stale);
}

TEST(condition_of, is_held_while_a_guard_holds_the_last_run) {
  EXPECT_EQ(condition_of(remember(run_state::held, noon - 24h), 15min, noon), source_condition::held);
}

TEST(source_condition, has_the_words_of_the_api) {
  EXPECT_EQ(to_text(source_condition::ok), "ok");
  EXPECT_EQ(to_text(source_condition::running), "running");
  EXPECT_EQ(to_text(source_condition::stale), "stale");
  EXPECT_EQ(to_text(source_condition::held), "held");
  EXPECT_EQ(to_text(source_condition::never), "never");
}

}  // namespace
}  // namespace licaudit::sync
