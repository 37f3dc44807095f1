#include "daemon/sync/scheduler.hpp"

#include "daemon/sync/reading_rules.hpp"
#include "tests/daemon/sync/scheduled_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

using scheduler_test = scheduled_sources;

TEST_F(scheduler_test, runs_a_new_source_at_once_and_then_at_its_ticks) {
  auto& all = begin({folder.plan("teams", say_all())});
  EXPECT_EQ(all.state("teams")->condition, source_condition::never);
  until_runs("teams", 1);
  auto state = all.state("teams").value();
  EXPECT_EQ(state.condition, source_condition::ok);
  EXPECT_EQ(state.last_run->state, run_state::ok) << state.last_run->problem;
  EXPECT_EQ(state.last_run->id, 1);
  ASSERT_TRUE(state.next);
  EXPECT_GT(*state.next, now);
  EXPECT_LE(*state.next, now + 15min);
  pass(*state.next - now);
  until_runs("teams", 2);
  EXPECT_THAT(sink.taken[0].put, SizeIs(1));
  EXPECT_THAT(sink.taken[1].put, SizeIs(0));  // given before
  EXPECT_EQ(all.state("teams")->next, now + 15min);
}

TEST_F(scheduler_test, goes_on_where_an_earlier_daemon_left_off) {
  source_memory memory{"teams"};
  memory.last_run.emplace();
  memory.last_run->started = memory.last_run->ended = now;
  memory.last_good = now;
  auto& all = begin({folder.plan("teams", say_all())}, {memory});
  EXPECT_EQ(all.state("teams")->condition, source_condition::ok);
  EXPECT_GT(all.state("teams")->next, now);
  pass(48h);
  until_runs("teams", 1);
  EXPECT_GT(all.state("teams")->next, now);  // one run for all the missed ticks
}

TEST_F(scheduler_test, backs_off_from_a_source_that_fails) {
  auto& all = begin({folder.plan("teams", "echo 'no route to host' >&2\nexit 1\n")});
  until_runs("teams", 1);
  EXPECT_EQ(all.state("teams")->condition, source_condition::never);
  EXPECT_EQ(all.state("teams")->next, now + 1s);
  EXPECT_THAT(all.state("teams")->last_run->problem, HasSubstr("no route to host"));
  pass(1s);
  until_runs("teams", 2);
  EXPECT_EQ(all.state("teams")->next, now + 2s);
  EXPECT_EQ(all.state("teams")->failed_since_good, 2);
  (void)folder.script("teams", say_all());
  pass(2s);
  until_runs("teams", 3);
  EXPECT_EQ(all.state("teams")->failed_since_good, 0);
  EXPECT_EQ(all.state("teams")->condition, source_condition::ok);
}

TEST_F(scheduler_test, counts_what_cannot_be_stored_as_a_failure) {
  sink.broken = true;
  auto& all = begin({folder.plan("teams", say_all())});
  threads.run_until([&] { return all.state("teams")->last_run.has_value(); });
  EXPECT_EQ(all.state("teams")->last_run->problem, "what it gave cannot be stored: the disk is full");
  EXPECT_EQ(all.state("teams")->next, now + 1s);
}

TEST_F(scheduler_test, shows_a_held_source_until_it_is_accepted) {
  sink.verdict = run_state::held;
  auto& all = begin({folder.plan("teams", say_all())});
  until_runs("teams", 1);
  EXPECT_EQ(all.state("teams")->condition, source_condition::held);
  EXPECT_EQ(all.state("teams")->failed_since_good, 0);
  all.accepted("teams");
  EXPECT_EQ(all.state("teams")->condition, source_condition::ok);
}

TEST_F(scheduler_test, runs_functions_before_all_others) {
  auto& all = begin({folder.plan("csv", say_all()), folder.plan("teams", say_all()), tenants_plan(one_tenant)});
  until_runs("csv", 1);
  until_runs("teams", 1);
  EXPECT_EQ(sink.sources().at(0), "tenants");
  EXPECT_THAT(sink.taken[0].tenants, SizeIs(1));
  EXPECT_EQ(sink.taken[0].run.tenants, 1);
  EXPECT_EQ(sink.taken[0].run.stream_sha256.size(), 64U);
  EXPECT_EQ(all.state("tenants")->condition, source_condition::ok);
  const auto answer = refresh({});
  threads.run_until([&] { return answer->has_value(); });
  EXPECT_EQ(sink.sources().at(3), "tenants");
  EXPECT_THAT(answer->value().value(), SizeIs(3));
}

TEST_F(scheduler_test, runs_the_others_although_a_function_fails) {
  auto& all = begin({folder.plan("teams", say_all()), tenants_plan([]() -> result<std::vector<tenant>> {
                       return failure{errc::malformed, "tenants.d/a.yaml:3:1: id: expected a text"};
                     })});
  until_runs("teams", 1);
  EXPECT_EQ(all.state("tenants")->last_run->problem, "tenants.d/a.yaml:3:1: id: expected a text");
  EXPECT_EQ(all.state("teams")->condition, source_condition::ok);
}

TEST_F(scheduler_test, survives_a_function_that_throws) {
  auto& all = begin({tenants_plan([]() -> result<std::vector<tenant>> { throw std::runtime_error("oops"); })});
  threads.run_until([&] { return all.state("tenants")->last_run.has_value(); });
  EXPECT_THAT(all.state("tenants")->last_run->problem, HasSubstr("oops"));
}

TEST_F(scheduler_test, runs_two_at_once_and_no_more) {
  auto& all = begin({gated("a"), gated("b"), gated("c")});
  threads.run_until([&] { return folder.has("a.began") && folder.has("b.began"); });
  EXPECT_EQ(all.state("c")->condition, source_condition::never);
  EXPECT_EQ(all.state("a")->condition, source_condition::running);
  EXPECT_EQ(all.state("a")->running_since, now);
  EXPECT_EQ(all.state("a")->next, std::nullopt);
  EXPECT_FALSE(folder.has("c.began"));
  open_gate("b");
  threads.run_until([&] { return folder.has("c.began"); });
  EXPECT_EQ(sink.sources(), std::vector<std::string>{"b"});
  open_gate("a");
  open_gate("c");
  until_runs("c", 1);
}

TEST_F(scheduler_test, starts_over_without_a_cursor_when_the_source_asks_for_it) {
  const auto script =
      "read request\necho \"$request\" >> requests\n"
      "case $request in *'\"cursor\":null'*) ;; *) exit 75 ;; esac\n" +
      say_all();
  const auto plan = folder.plan("teams", script);
  sink.given_by_source["teams"].cursor = kept_cursor(fingerprint_of(plan), "after:17");
  auto& all = begin({plan});
  until_runs("teams", 1);
  EXPECT_EQ(all.state("teams")->condition, source_condition::ok) << all.state("teams")->last_run->problem;
  EXPECT_EQ(sink.taken.size(), 1U);
  EXPECT_THAT(folder.read("requests"), HasSubstr("after:17"));
}

TEST_F(scheduler_test, does_not_start_over_for_ever) {
  const auto plan = folder.plan("teams", "echo again >> requests\nexit 75\n");
  sink.given_by_source["teams"].cursor = kept_cursor(fingerprint_of(plan), "after:17");
  auto& all = begin({plan});
  until_runs("teams", 1);
  EXPECT_EQ(folder.read("requests"), "again\nagain\n");
  EXPECT_THAT(all.state("teams")->last_run->problem, HasSubstr("75"));
  EXPECT_EQ(all.state("teams")->next, now + 1s);
}

TEST_F(scheduler_test, kills_its_children_when_it_stops) {
  auto& all = begin({folder.plan("teams", "echo $$ > pid.new; mv pid.new pid\nexec sleep 600\n")});
  threads.run_until([&] { return folder.has("pid"); });
  const auto answer = refresh({"teams"});
  all.stop();
  threads.run_until([&] { return ended && answer->has_value(); });
  EXPECT_TRUE(is_dead(std::atoi(folder.read("pid").c_str())));
  EXPECT_EQ(answer->value().value().at(0).problem, "licauditd is stopping");
  EXPECT_THAT(sink.taken, SizeIs(0));
}

TEST_F(scheduler_test, stops_when_it_is_cancelled) {
  begin({folder.plan("teams", "echo $$ > pid.new; mv pid.new pid\nexec sleep 600\n")});
  threads.run_until([&] { return folder.has("pid"); });
  cancel.emit(asio::cancellation_type::terminal);
  threads.run_until([&] { return ended; });
  EXPECT_TRUE(is_dead(std::atoi(folder.read("pid").c_str())));
}

TEST_F(scheduler_test, waits_at_its_end_for_what_is_being_stored) {
  sink.closed = true;
  auto& all = begin({folder.plan("teams", say_all())});
  threads.run_until([&] { return sink.waiting == 1; });
  all.stop();
  threads.loop.restart();
  threads.loop.poll();
  EXPECT_FALSE(ended);
  sink.let_go();
  threads.run_until([&] { return ended; });
  EXPECT_THAT(sink.taken, SizeIs(1));
}

TEST_F(scheduler_test, does_not_wait_for_years_after_the_clock_was_set_back) {
  auto& all = begin({folder.plan("teams", say_all())});
  until_runs("teams", 1);
  now -= 24h * 365;
  all.reconsider();
  threads.run_until([&] { return all.state("teams")->next < now + 1h; });
  pass(*all.state("teams")->next - now);
  until_runs("teams", 2);
}

}  // namespace
}  // namespace licaudit::sync
