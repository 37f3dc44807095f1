#include "daemon/sync/stderr_tail.hpp"

#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

TEST(printable, keeps_text_line_feeds_and_tabs) {
  EXPECT_EQ(printable("Zürich\t☎ 😀\nb"), "Zürich\t☎ 😀\nb");
}

TEST(printable, replaces_what_moves_a_terminal) {
  EXPECT_EQ(printable("a\x1b[2J\x07z\x7f\xc2\x9b"), "a?[2J?z???");
}

TEST(printable, takes_windows_line_ends) {
  EXPECT_EQ(printable("a\r\nb\r"), "a\nb?");
}

TEST(printable, replaces_what_is_no_utf8) {
  EXPECT_EQ(printable("\xff"), "?");
  EXPECT_EQ(printable("\xc3"), "?");                 // cut off
  EXPECT_EQ(printable("\xc0\xaf"), "??");            // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "???");       // surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "????");  // beyond Unicode
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a?b");
}

TEST(stderr_tail, keeps_the_last_4_kib) {
  stderr_tail tail;
  for (int line = 0; line < 10'000; ++line) tail.add("line " + std::to_string(line) + "\n");
  EXPECT_LE(tail.text().size(), stderr_tail::cap_bytes);
  EXPECT_TRUE(tail.text().ends_with("line 9998\nline 9999\n"));
  tail.add(std::string(1 << 20, 'x') + "end");
  EXPECT_EQ(tail.text().size(), stderr_tail::cap_bytes);
  EXPECT_TRUE(tail.text().ends_with("xxend"));
}

TEST(stderr_tail, does_not_begin_within_a_character) {
  stderr_tail tail;
  std::string many;
  for (int n = 0; n < 3000; ++n) many += "€";
  tail.add(many + "x");
  EXPECT_TRUE(tail.text().starts_with("€"));
}

TEST(last_line, is_the_last_that_says_something) {
  EXPECT_EQ(last_line("first\n  401, client secret expired \n\n\n"), "401, client secret expired");
  EXPECT_EQ(last_line("one"), "one");
  EXPECT_EQ(last_line(" \n\n"), "");
}

}  // namespace
}  // namespace licaudit::sync
