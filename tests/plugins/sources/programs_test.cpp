// The real executables, spoken to as the daemon does.
#include "model/json.hpp"
#include "tests/plugins/run_program.hpp"
#include "tests/plugins/scratch_directory.hpp"
#include "tests/plugins/sources/captured_run.hpp"

#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit {
namespace {

using test::data_file;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string program(std::string_view name) {
  return std::string(LICAUDIT_BINARY_DIRECTORY "/lib/licaudit/sources/").append(name);
}

test::program_outcome run(std::string_view name, const json::object& config) {
  const json::object request{{"protocol", 1}, {"source", "x"}, {"cursor", nullptr}, {"config", config}};
  return test::run_program({program(name)}, json::serialize(request));
}

struct sample {
  const char* name;
  json::object config;
  std::size_t subjects;
};

std::vector<sample> samples() {
  return {
      {"records", {{"path", data_file("records/contoso.ndjson")}}, 2},
      {"csv", {{"path", data_file("csv/people-semicolon-crlf.csv")}, {"id", "UserPrincipalName"}}, 3},
      {"teams",
       {{"users", data_file("teams/users.json")},
        {"policies", data_file("teams/policies.json")},
        {"routes", data_file("teams/routes.json")}},
       4},
      {"audiocodes-ini", {{"path", data_file("audiocodes-ini/sbc-7.40.ini")}}, 5},
  };
}

TEST(source_programs, print_a_complete_run) {
  for (const auto& one : samples()) {
    const auto outcome = run(one.name, one.config);
    EXPECT_EQ(outcome.status, 0) << one.name << ": " << outcome.err;
    const auto printed = test::capture_text(outcome.out);
    EXPECT_TRUE(printed.complete) << one.name;
    EXPECT_EQ(printed.subjects.size(), one.subjects) << one.name;
  }
}

TEST(source_programs, exit_2_for_a_wrong_config_and_print_nothing) {
  for (const auto& one : samples()) {
    const auto outcome = run(one.name, {});
    EXPECT_EQ(outcome.status, 2) << one.name;
    EXPECT_THAT(outcome.err, StartsWith(std::string(one.name) + ": config: "));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_THAT(outcome.out, IsEmpty());
  }
}

TEST(source_programs, exit_2_for_a_request_that_is_none) {
  for (const auto& one : samples()) {
    EXPECT_EQ(test::run_program({program(one.name)}, "").status, 2) << one.name;
    EXPECT_EQ(test::run_program({program(one.name)}, "{\"protocol\":9}").status, 2) << one.name;
    EXPECT_EQ(test::run_program({program(one.name), "--fast"}, "").status, 2) << one.name;
  }
}

TEST(source_programs, exit_1_for_a_file_that_is_missing) {
  for (auto one : samples()) {
    for (auto& member : one.config) {
      if (member.key() != "id") member.value() = "/nonexistent/file";
    }
    const auto outcome = run(one.name, one.config);
    EXPECT_EQ(outcome.status, 1) << one.name;
    EXPECT_THAT(outcome.err, StartsWith(std::string(one.name) + ": /nonexistent/file: cannot be read: No such file"));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
  }
}

TEST(source_programs, never_print_end_when_they_fail) {
  const test::scratch_directory directory;
  const auto outcome = run("csv", {{"path", directory.write("f.csv", "id,n\na,1\nb\n")}, {"id", "id"}});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_FALSE(test::capture_text(outcome.out).complete);
}

TEST(source_programs, explain_themselves) {
  for (const auto& one : samples()) {
    const auto outcome = test::run_program({program(one.name), "--help"}, "");
    EXPECT_EQ(outcome.status, 0);
    for (const auto& member : one.config)
      EXPECT_THAT(outcome.out, HasSubstr("  " + std::string(member.key()) + " ")) << one.name;
  }
}

TEST(source_programs, are_quiet_when_the_reader_leaves) {
  const test::scratch_directory directory;
  std::string text = "id\n";
  for (int i = 0; i < 50'000; ++i) text += "subject-" + std::to_string(i) + "\n";
  const json::object request{
      {"protocol", 1}, {"source", "x"}, {"config", {{"path", directory.write("f.csv", text)}, {"id", "id"}}}};
  const auto outcome = test::run_program({"/bin/bash", "-o", "pipefail", "-c", program("csv") + " | head -n 1"},
                                         json::serialize(request));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, IsEmpty());
  EXPECT_THAT(outcome.out, StartsWith("{\"kind\":\"begin\""));
}

}  // namespace
}  // namespace licaudit
