#include "cli/rendering/display_width.hpp"
#include "tests/cli/program_talk.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace licaudit::cli {

using testing::HasSubstr;
using testing::Not;

namespace {

program_setting terminal(unsigned short columns, words environment = {}) {
  program_setting setting;
  setting.environment = std::move(environment);
  setting.terminal_columns = columns;
  return setting;
}

}  // namespace

TEST(terminal, colours_on_a_terminal_and_never_with_no_color) {
  fake_daemon daemon(golden("page_degraded.json"));
  EXPECT_THAT(run(daemon, {"show", "contoso"}, terminal(100)).out, HasSubstr("\x1b[31m"));
  EXPECT_THAT(run(daemon, {"show", "contoso"}, terminal(100, {"NO_COLOR=1"})).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(daemon, {"show", "contoso", "--color=never"}, terminal(100)).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(daemon, {"show", "contoso"}).out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(run(daemon, {"show", "contoso", "--color=always"}).out, HasSubstr("\x1b[31m"));
  EXPECT_THAT(run(daemon, {"show", "contoso", "--color=always"}, {{"NO_COLOR=1"}}).out, Not(HasSubstr("\x1b")));
}

TEST(terminal, keeps_its_lines_inside_the_terminal) {
  fake_daemon daemon(golden("tenants.json"));
  for (const auto& setting : {terminal(50, {"NO_COLOR=1"}), terminal(200, {"NO_COLOR=1", "COLUMNS=50"})}) {
    std::istringstream lines(run(daemon, {"tenants"}, setting).out);
    std::size_t seen = 0;
    for (std::string line; std::getline(lines, line); ++seen) EXPECT_LE(rendering::display_width(line), 50U) << line;
    EXPECT_EQ(seen, 3U);
  }
}

TEST(terminal, sends_no_control_character_to_a_terminal_in_any_form) {
  fake_daemon daemon(
      always(json_answer("{\"tenants\":[{\"tenant\":\"a\",\"name\":\"x\\u001b[2J\xC2\x9Bz\"}],\"next\":null}")));
  for (const auto* form : {"--json", "--jsonl", "--csv", "--utc"}) {
    const auto out = run(daemon, {"tenants", form}, terminal(200, {"NO_COLOR=1"})).out;
    EXPECT_THAT(out, HasSubstr("x")) << form;
    EXPECT_THAT(out, Not(HasSubstr("\x1b"))) << form;
    EXPECT_THAT(out, Not(HasSubstr("\xC2\x9B"))) << form;
  }
}

}  // namespace licaudit::cli
