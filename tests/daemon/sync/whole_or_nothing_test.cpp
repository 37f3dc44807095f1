#include "daemon/sync/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

const instant noon = parse_rfc3339("2026-11-21T12:00:00Z").value();

constexpr const char* begin = R"({"kind":"begin","protocol":1,"mode":"snapshot"})"
                              "\n";
constexpr const char* ann = R"({"kind":"user","tenant":"contoso","id":"ann"})"
                            "\n";
constexpr const char* end = R"({"kind":"end","cursor":"c"})"
                            "\n";

ledger::delivery digest(const std::string& stream, const run_ending& ending = {}) {
  source_plan plan;
  plan.name = plan.plugin = "teams";
  ledger::given_inventory given;
  given.subjects.push_back({ledger::line_hash{}, 1});
  intake in(rules_of(plan).value(), std::move(given));
  (void)in.feed(stream);
  return in.finish(ending, noon, noon);
}

/// Nothing of it takes effect, and the problem is said.
std::string problem_of_lost(const ledger::delivery& value) {
  EXPECT_EQ(value.run.state, run_state::failed);
  EXPECT_THAT(value.tenants, IsEmpty());
  EXPECT_THAT(value.put, IsEmpty());
  EXPECT_THAT(value.removed, IsEmpty());
  EXPECT_THAT(value.missing, IsEmpty());
  EXPECT_THAT(value.faulty, IsEmpty());
  EXPECT_EQ(value.cursor, "");
  EXPECT_EQ(value.run.stream_sha256.size(), 64U);
  return value.run.problem;
}

run_ending exited(int status, std::string said) {
  run_ending ending;
  ending.code = status;
  ending.stderr_tail = std::move(said);
  return ending;
}

TEST(whole_or_nothing, rejects_a_run_without_an_end) {
  EXPECT_THAT(problem_of_lost(digest(std::string(begin) + ann)), HasSubstr("end"));
}

TEST(whole_or_nothing, rejects_a_run_that_printed_nothing) {
  EXPECT_THAT(problem_of_lost(digest("")), HasSubstr("printed nothing"));
}

TEST(whole_or_nothing, rejects_garbage_and_names_the_line) {
  EXPECT_THAT(problem_of_lost(digest(std::string(begin) + ann + "Traceback (most recent call last):\n")),
              AllOf(HasSubstr("line 3"), HasSubstr("Traceback")));
}

TEST(whole_or_nothing, rejects_half_a_line) {
  EXPECT_THAT(problem_of_lost(digest(std::string(begin) + ann + R"({"kind":"user","ten)")), HasSubstr("line 3"));
}

TEST(whole_or_nothing, rejects_an_end_without_its_line_feed) {
  EXPECT_THAT(problem_of_lost(digest(std::string(begin) + R"({"kind":"end"})")), HasSubstr("line 2"));
}

TEST(whole_or_nothing, rejects_a_line_over_1_mib_as_soon_as_it_is) {
  source_plan plan;
  plan.name = "teams";
  intake in(rules_of(plan).value(), {});
  EXPECT_TRUE(in.feed(begin));
  const std::string much(std::size_t{1} << 19, 'x');
  EXPECT_TRUE(in.feed(much));
  EXPECT_TRUE(in.feed(much));
  EXPECT_FALSE(in.feed(much));
  EXPECT_FALSE(in.feed(end));
  EXPECT_THAT(problem_of_lost(in.finish({}, noon, noon)), AllOf(HasSubstr("line 2"), HasSubstr("longer than")));
}

TEST(whole_or_nothing, rejects_records_before_the_begin_and_after_the_end) {
  EXPECT_THAT(problem_of_lost(digest(std::string(ann) + begin + end)), HasSubstr("line 1"));
  EXPECT_THAT(problem_of_lost(digest(std::string(begin) + end + ann)), HasSubstr("line 3"));
}

TEST(whole_or_nothing, rejects_a_removal_in_a_snapshot) {
  const std::string gone = R"({"kind":"remove","of":"user","tenant":"contoso","id":"ann"})"
                           "\n";
  EXPECT_THAT(problem_of_lost(digest(begin + gone + end)), HasSubstr("line 2"));
}

TEST(whole_or_nothing, rejects_a_complete_stream_of_a_source_that_failed) {
  const auto value = digest(std::string(begin) + ann + end, exited(3, "warming up\n401, client secret expired\n"));
  EXPECT_EQ(problem_of_lost(value), "ended with exit status 3: \"401, client secret expired\"");
  EXPECT_EQ(value.run.exit, "exit 3");
  EXPECT_EQ(value.run.stderr_tail, "warming up\n401, client secret expired\n");
  EXPECT_EQ(value.run.users, 1);
}

TEST(whole_or_nothing, names_the_exit_rather_than_the_end_that_is_missing) {
  EXPECT_THAT(problem_of_lost(digest(std::string(begin) + ann, exited(1, "disk full"))), HasSubstr("disk full"));
}

TEST(whole_or_nothing, names_the_deadline_rather_than_what_was_printed_while_dying) {
  run_ending late;
  late.kind = exit_kind::signalled;
  late.code = 15;
  late.cut = run_cut::deadline;
  late.timeout = std::chrono::seconds(300);
  const auto value = digest(std::string(begin) + "Terminated\n", late);
  EXPECT_THAT(problem_of_lost(value), HasSubstr("timeout of 300 s"));
  EXPECT_EQ(value.run.exit, "killed at its deadline of 300 s");
}

TEST(whole_or_nothing, loses_a_run_that_cannot_be_put_aside_and_says_where) {
  source_plan plan;
  plan.name = plan.plugin = "teams";
  ledger::given_inventory given;
  given.folder = "/nowhere/at-all";
  intake in(rules_of(plan).value(), std::move(given));
  EXPECT_TRUE(in.feed(begin));
  bool sound = true;
  for (int n = 0; sound && n < 100; ++n) {
    const std::string id = "u" + std::to_string(n);
    sound = in.feed(R"({"kind":"user","tenant":"contoso","id":")" + id + R"(","fields":{"tag":")" +
                    std::string(std::size_t{100} << 10U, 'x') + "\"}}\n");
  }
  EXPECT_FALSE(sound) << "more than is held in memory";
  EXPECT_THAT(problem_of_lost(in.finish({}, noon, noon)), HasSubstr("/nowhere/at-all: no file can be made"));
}

TEST(whole_or_nothing, shows_no_control_characters_of_the_source) {
  const auto problem = problem_of_lost(digest("\x1b[2J\x07\xff\n"));
  EXPECT_EQ(problem.find('\x1b'), std::string::npos);
  EXPECT_EQ(problem.find('\xff'), std::string::npos);
}

}  // namespace
}  // namespace licaudit::sync
