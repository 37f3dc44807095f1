#include "daemon/sync/scheduler.hpp"

#include "tests/daemon/sync/scheduled_sources.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

using scheduler_refresh_test = scheduled_sources;

TEST_F(scheduler_refresh_test, shows_a_source_stale_that_failed_after_a_good_run) {
  auto& all = begin({folder.plan("teams", say_all())});
  until_runs("teams", 1);
  const auto good = all.state("teams")->last_good;
  (void)folder.script("teams", "exit 1\n");
  const auto answer = refresh({"teams"});
  threads.run_until([&] { return answer->has_value(); });
  const auto& said = answer->value().value().at(0);
  EXPECT_EQ(said.source, "teams");
  EXPECT_EQ(said.state(), "failed");
  EXPECT_THAT(said.problem, HasSubstr("exit status 1"));
  EXPECT_EQ(all.state("teams")->condition, source_condition::stale);
  EXPECT_EQ(all.state("teams")->last_good, good);
}

TEST_F(scheduler_refresh_test, may_be_given_new_plans_by_what_a_run_stores) {
  std::vector<source_plan> plans{tenants_plan(one_tenant), folder.plan("teams", say_all())};
  sink.on_take = [&] { running->replace_plans(plans); };
  begin(plans);
  until_runs("teams", 1);
  EXPECT_EQ(sink.runs_of("tenants"), 1);
}

TEST_F(scheduler_refresh_test, waits_for_a_run_under_way_and_runs_again) {
  begin({gated("teams")});
  threads.run_until([&] { return folder.has("teams.began"); });
  const auto answer = refresh({"teams"});
  std::filesystem::remove(folder.path() / "teams.began");
  open_gate("teams");
  threads.run_until([&] { return folder.has("teams.began"); });
  EXPECT_EQ(sink.runs_of("teams"), 1);
  EXPECT_FALSE(answer->has_value());
  open_gate("teams");
  threads.run_until([&] { return answer->has_value(); });
  EXPECT_EQ(sink.runs_of("teams"), 2);
  EXPECT_EQ(answer->value().value().at(0).run->id, 2);
  EXPECT_EQ(answer->value().value().at(0).state(), "ok");
}

TEST_F(scheduler_refresh_test, tells_a_refresh_what_happens_to_its_sources) {
  auto& all = begin({folder.plan("teams", say_all()), folder.plan("csv", say_all())});
  until_runs("teams", 1);
  until_runs("csv", 1);
  std::vector<source_event> heard;
  const auto answer = refresh({"csv"}, [&](const source_event& event) { heard.push_back(event); });
  threads.run_until([&] { return answer->has_value(); });
  ASSERT_GE(heard.size(), 2U);
  EXPECT_EQ(heard.front().kind, source_event_kind::started);
  EXPECT_EQ(heard.back().kind, source_event_kind::ended);
  EXPECT_EQ(heard.back().run->state, run_state::ok);
  for (const auto& event : heard) EXPECT_EQ(event.source, "csv");
  EXPECT_EQ(all.state("csv")->progress.lines, 3);
  EXPECT_EQ(sink.runs_of("teams"), 1);
}

TEST_F(scheduler_refresh_test, refreshes_all_instances_of_a_for_each) {
  begin({folder.plan("dial-plans.contoso", say_all()), folder.plan("dial-plans.fabrikam", say_all()),
         folder.plan("dial", say_all())});
  const auto answer = refresh({"dial-plans", "dial-plans.contoso"});
  threads.run_until([&] { return answer->has_value(); });
  EXPECT_THAT(answer->value().value(), SizeIs(2));
}

TEST_F(scheduler_refresh_test, refreshes_the_instances_that_tenants_of_the_same_refresh_bring) {
  const auto tenants = tenants_plan(one_tenant);
  const auto each = folder.plan("dial-plans.contoso", say_all());
  sink.on_take = [&] { running->replace_plans({tenants, each}); };
  begin({tenants});
  const auto answer = refresh({});
  threads.run_until([&] { return answer->has_value(); });
  const auto& said = answer->value().value();
  ASSERT_THAT(said, SizeIs(2));
  EXPECT_EQ(said.at(1).source, "dial-plans.contoso");
  EXPECT_EQ(said.at(1).state(), "ok");
  EXPECT_GE(sink.runs_of("dial-plans.contoso"), 1);
}

TEST_F(scheduler_refresh_test, refuses_to_refresh_what_it_does_not_know) {
  begin({folder.plan("teams", say_all())});
  const auto answer = refresh({"teams", "tems"});
  ASSERT_TRUE(answer->has_value());
  EXPECT_EQ(answer->value().error().code, errc::unknown);
  EXPECT_THAT(answer->value().error().detail, HasSubstr("'tems'"));
}

TEST_F(scheduler_refresh_test, lets_runs_go_on_when_the_one_who_asked_leaves) {
  begin({gated("teams")});
  asio::cancellation_signal leave;
  std::exception_ptr left;
  asio::co_spawn(threads.loop, running->refresh({"teams"}),
                 asio::bind_cancellation_slot(
                     leave.slot(), [&](const std::exception_ptr& error, const refreshed&) { left = error; }));
  threads.run_until([&] { return folder.has("teams.began"); });
  leave.emit(asio::cancellation_type::terminal);
  threads.run_until([&] { return left != nullptr; });
  open_gate("teams");
  until_runs("teams", 1);
  EXPECT_EQ(running->state("teams")->condition, source_condition::ok);
}

TEST_F(scheduler_refresh_test, keeps_the_state_of_a_source_that_stays) {
  auto& all = begin({folder.plan("teams", say_all()), folder.plan("csv", say_all())});
  until_runs("teams", 1);
  until_runs("csv", 1);
  auto slower = folder.plan("teams", say_all());
  slower.every = 1h;
  all.replace_plans({folder.plan("new", say_all()), slower});
  EXPECT_EQ(all.state("teams")->condition, source_condition::ok);
  EXPECT_EQ(all.state("teams")->every, 1h);
  EXPECT_EQ(all.state("csv"), std::nullopt);
  EXPECT_EQ(all.states().at(0).source, "new");
  until_runs("new", 1);
  EXPECT_EQ(sink.runs_of("teams"), 1);
  all.replace_plans({folder.plan("csv", say_all())});
  EXPECT_EQ(all.state("csv")->condition, source_condition::ok);  // remembered
}

TEST_F(scheduler_refresh_test, runs_a_source_again_whose_lines_now_mean_something_else) {
  auto& all = begin({folder.plan("teams", say_all())});
  until_runs("teams", 1);
  auto other = folder.plan("teams", say_all());
  other.tenant = "fabrikam";
  all.replace_plans({other});
  until_runs("teams", 2);
  EXPECT_THAT(sink.taken[1].put, SizeIs(1));
}

TEST_F(scheduler_refresh_test, kills_a_source_that_is_removed_and_takes_nothing_of_it) {
  auto& all = begin({gated("teams")});
  threads.run_until([&] { return folder.has("teams.began"); });
  const auto answer = refresh({"teams"});
  all.replace_plans({});
  threads.run_until([&] { return answer->has_value(); });
  EXPECT_EQ(answer->value().value().at(0).problem, "the source is no longer in the settings");
  all.replace_plans({folder.plan("teams", say_all())});  // the old run may still be dying
  until_runs("teams", 1);
  EXPECT_EQ(sink.taken.size(), 1U);
  EXPECT_EQ(all.state("teams")->last_run->state, run_state::ok);
}

}  // namespace
}  // namespace licaudit::sync
