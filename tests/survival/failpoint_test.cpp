// A kill before and after every commit, rename and checkpoint that the sources name.
#include "tests/survival/any_seed.hpp"
#include "tests/survival/crash_host.hpp"
#include "tests/survival/failpoint_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

namespace licaudit::test {

namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

// Far more than any failpoint of the traffic needs to be reached. Checkpoints are made some time after commits, so that
// many commits share one.
constexpr int most_answers = 200, most_answers_between_checkpoints = 20'000;

using variables = std::vector<std::pair<std::string, std::string>>;

variables order_to_die_at(const std::string& name, int time) {
  return {{"LICAUDIT_FAILPOINT", name + ':' + std::to_string(time)}};
}

/// What is wrong once the daemon runs again, and once more after that has died too; empty: nothing.
std::string life_after(crash_host& host) {
  host.run_as("licauditd", {});
  if (!host.start() || !host.wait_for_tenants()) return "it does not start again: " + host.said();
  auto problems = host.verify();
  host.kill_hard();
  return problems + host.inspect();
}

/// Kills a new host under traffic at the N-th time that it comes there. Somebody wants a backup meanwhile, too.
std::string die_at(const std::string& name, int time) {
  crash_host host;
  host.run_as("licauditd-for-tests", order_to_die_at(name, time));
  bool died = !host.start() || !host.wait_for_tenants();
  if (!died && name.find("backup") != std::string::npos) (void)host.back_up("backup");
  const bool rare = name.find("checkpoint") != std::string::npos;
  if (!died) died = host.dies_under_traffic(rare ? time * most_answers_between_checkpoints : most_answers, any_seed());
  if (!died) return "nothing that the daemon did came there: " + host.said();
  const auto problems = std::filesystem::exists(host.state() / "licaudit.db") ? host.inspect() : std::string();
  return problems + life_after(host);
}

/// Kills `licauditd --restore` there: the state is then that of before or that of the backup, and whole.
std::string die_restoring_at(const std::string& name) {
  crash_host host;
  if (!host.start() || !host.wait_for_tenants() || !host.back_up("backup")) return "no backup: " + host.said();
  host.stop();
  const std::vector<std::string> restore{binary("licauditd-for-tests"), "--config", host.config().string(), "--restore",
                                         (host.folder() / "backup").string()};
  std::vector<std::string> command{"/usr/bin/env", "LICAUDIT_FAILPOINT=" + name};
  command.insert(command.end(), restore.begin(), restore.end());
  if (const auto died = run_program(command, ""); died.status != 128 + SIGKILL)
    return "the restoring did not come there: " + died.out + died.err;
  auto problems = life_after(host);
  const auto again = run_program(restore, "");
  if (again.status != 0) problems += "a second try fails: " + again.out + again.err;
  return problems + life_after(host);
}

}  // namespace

TEST(failpoint, stands_before_and_after_each_commit_rename_and_checkpoint) {
  EXPECT_THAT(steps_without_failpoints(), IsEmpty());
  EXPECT_THAT(failpoints(), IsSupersetOf({"before-commit", "after-commit", "before-checkpoint", "after-checkpoint"}));
}

TEST(failpoint, leaves_what_was_acknowledged_wherever_the_daemon_dies) {
  for (const auto& name : failpoints()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(name.find("restore") != std::string::npos ? die_restoring_at(name) : die_at(name, 1), "");
  }
}

TEST(failpoint, leaves_what_was_acknowledged_when_the_daemon_dies_later) {
  for (const auto& name : {"before-commit", "after-commit", "before-checkpoint", "after-checkpoint"}) {
    for (const int time : {2, 5, 11}) {
      SCOPED_TRACE(name + (':' + std::to_string(time)));
      EXPECT_EQ(die_at(name, time), "");
    }
  }
}

TEST(failpoint, is_nothing_to_the_daemon_that_is_installed) {
  crash_host host;
  host.run_as("licauditd", order_to_die_at("before-commit", 1));
  ASSERT_TRUE(host.start()) << host.said();
  EXPECT_TRUE(host.wait_for_tenants());
}

}  // namespace licaudit::test
