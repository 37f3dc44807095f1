#include "daemon/sync/run_ending.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace licaudit::sync {
namespace {

using namespace std::chrono_literals;

run_ending ended(exit_kind kind, int code, std::string said = {}) {
  run_ending ending;
  ending.kind = kind;
  ending.code = code;
  ending.stderr_tail = std::move(said);
  return ending;
}

run_ending cut(run_cut why) {
  auto ending = ended(exit_kind::signalled, SIGKILL);
  ending.cut = why;
  ending.timeout = 300s;
  return ending;
}

TEST(run_ending, is_sound_only_with_status_0_of_its_own_accord) {
  EXPECT_TRUE(ended(exit_kind::exited, 0).sound());
  EXPECT_FALSE(ended(exit_kind::exited, 1).sound());
  EXPECT_FALSE(ended(exit_kind::signalled, SIGSEGV).sound());
  EXPECT_FALSE(ended(exit_kind::lost, 0).sound());
  auto stopped = ended(exit_kind::exited, 0);
  stopped.cut = run_cut::stopped;
  EXPECT_FALSE(stopped.sound());
  EXPECT_EQ(problem_of(ended(exit_kind::exited, 0)), "");
  EXPECT_NE(problem_of(stopped), "");
}

TEST(run_ending, says_the_exit_as_a_run_keeps_it) {
  EXPECT_EQ(to_text(ended(exit_kind::exited, 0)), "exit 0");
  EXPECT_EQ(to_text(ended(exit_kind::exited, 3)), "exit 3");
  EXPECT_EQ(to_text(ended(exit_kind::signalled, 11)), "signal 11");
  EXPECT_EQ(to_text(cut(run_cut::deadline)), "killed at its deadline of 300 s");
  EXPECT_EQ(to_text(ended(exit_kind::not_started, 0)), "not started");
}

TEST(run_ending, quotes_the_last_words) {
  EXPECT_EQ(problem_of(ended(exit_kind::exited, 3, "GET /users\n401, client secret expired\n")),
            "ended with exit status 3: \"401, client secret expired\"");
  EXPECT_EQ(problem_of(ended(exit_kind::exited, 1)), "ended with exit status 1 and said nothing on standard error");
  EXPECT_EQ(problem_of(ended(exit_kind::signalled, SIGSEGV, "boom")),
            "was ended by signal 11 (Segmentation fault): \"boom\"");
}

TEST(run_ending, names_the_timeout_that_it_missed) {
  EXPECT_EQ(problem_of(cut(run_cut::deadline)),
            "did not end within its timeout of 300 s and was killed; find out what it waits for, or raise the timeout");
  auto quick = cut(run_cut::deadline);
  quick.timeout = 250ms;
  EXPECT_EQ(to_text(quick), "killed at its deadline of 250 ms");
}

TEST(run_ending, says_why_it_did_not_start) {
  auto ending = ended(exit_kind::not_started, 0);
  ending.not_started = "/x: not executable";
  EXPECT_EQ(problem_of(ending), "/x: not executable");
}

}  // namespace
}  // namespace licaudit::sync
