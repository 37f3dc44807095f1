#include "cli/rendering/table.hpp"
#include "cli/rendering/display_width.hpp"
#include "tests/cli/golden.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace licaudit::cli::rendering {

namespace {

table sample() {
  table made({{"tenant"}, {"users", side::right, 2, 0, false}, {"name"}});
  made.add_row({{"contoso"}, {"200"}, {"Contoso Ltd, the one in London"}});
  made.add_row({{"東京"}, {"7"}, {""}});
  return made;
}

}  // namespace

TEST(table, aligns_by_what_is_seen_and_ends_no_line_in_blanks) {
  EXPECT_EQ(sample().text(plain_view()),
            "tenant   users  name\n"
            "contoso    200  Contoso Ltd, the one in London\n"
            "東京         7\n");
}

TEST(table, takes_missing_room_from_the_widest_column) {
  EXPECT_EQ(sample().text(narrow_view(30)),
            "tenant   users  name\n"
            "contoso    200  Contoso Ltd, …\n"
            "東京         7\n");
}

TEST(table, never_exceeds_the_screen_however_narrow) {
  for (std::size_t width = 1; width < 40; ++width) {
    std::istringstream lines(sample().text(narrow_view(width)));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(table, leaves_out_its_headings_where_asked) {
  auto as = plain_view();
  as.headings = false;
  table one({{"a long heading"}, {"b"}});
  one.add_row({{"x"}, {"y"}});
  EXPECT_EQ(one.text(as), "x  y\n");
}

TEST(table, pads_coloured_cells_by_their_text) {
  auto as = plain_view();
  as.colours = true;
  as.headings = false;
  table one({{"a"}, {"b", side::right}, {"c"}});
  one.add_row({{"ok", colour::green}, {"-1", colour::red}, {"z"}});
  one.add_row({{"held"}, {"100"}, {"z"}});
  EXPECT_EQ(one.text(as), "\x1b[32mok\x1b[0m     \x1b[31m-1\x1b[0m  z\nheld  100  z\n");
}

}  // namespace licaudit::cli::rendering
