// The source that docs/writing-a-source.md teaches, cut out of the page and run.
#include "plugins/sdk/text_file.hpp"
#include "tests/plugins/run_program.hpp"
#include "tests/plugins/scratch_directory.hpp"
#include "tests/plugins/sources/captured_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace licaudit {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The first block of the page that is marked with a language.
std::string code_block(const std::string& page, const std::string& language) {
  const auto mark = "```" + language + "\n";
  const auto begin = page.find(mark);
  if (begin == std::string::npos) return {};
  const auto text = page.substr(begin + mark.size());
  return text.substr(0, text.find("```"));
}

std::string page() {
  return sdk::read_text_file(LICAUDIT_SOURCE_DIRECTORY "/docs/writing-a-source.md").value();
}

test::program_outcome run_taught_source(const test::scratch_directory& directory, std::string_view people) {
  const auto script = directory.write("people", code_block(page(), "sh"));
  const auto path = directory.write("people.txt", people);
  return test::run_program({"/bin/sh", script},
                           R"({"protocol":1,"source":"people","cursor":null,"config":{"path":")" + path + R"("}})");
}

TEST(writing_a_source, takes_ten_lines_of_shell) {
  const auto script = code_block(page(), "sh");
  ASSERT_THAT(script, Not(IsEmpty()));
  EXPECT_LE(std::count(script.begin(), script.end(), '\n'), 10);
}

TEST(writing_a_source, gives_a_source_that_works) {
  const test::scratch_directory directory;
  const auto outcome = run_taught_source(directory, "ann@contoso.example +442079460001\nbob@contoso.example\n");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto printed = test::capture_text(outcome.out);
  EXPECT_TRUE(printed.complete) << outcome.out;
  ASSERT_EQ(printed.subjects.size(), 2U) << outcome.out;
  EXPECT_EQ(printed.field("ann@contoso.example", "line_uri"), "tel:+442079460001");
}

TEST(writing_a_source, gives_a_source_that_fails_well) {
  const test::scratch_directory directory;
  const auto script = directory.write("people", code_block(page(), "sh"));
  const auto outcome = test::run_program(
      {"/bin/sh", script}, R"({"protocol":1,"source":"people","cursor":null,"config":{"path":"/nonexistent"}})");
  EXPECT_NE(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("/nonexistent"));
  EXPECT_FALSE(test::capture_text(outcome.out).complete);
}

TEST(writing_a_source, prints_what_the_page_shows) {
  const test::scratch_directory directory;
  const auto outcome = run_taught_source(directory, "ann@contoso.example +442079460001\nbob@contoso.example\n");
  EXPECT_EQ(outcome.out, code_block(page(), "ndjson"));
}

}  // namespace
}  // namespace licaudit
