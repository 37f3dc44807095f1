#include "model/names.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

using namespace std::string_literals;

TEST(names_test, accepts_letters_digits_dot_underscore_dash) {
  EXPECT_TRUE(is_name("contoso"));
  EXPECT_TRUE(is_name("A.b_c-9"));
  EXPECT_TRUE(is_name(std::string(128, 'a')));
}

TEST(names_test, refuses_everything_else_as_a_name) {
  for (const auto& text : {""s, " a"s, "a b"s, "a/b"s, "\u00E9"s, "a\n"s, "a\0"s, std::string(129, 'a')}) {
    EXPECT_FALSE(is_name(text)) << text;
  }
}

TEST(names_test, accepts_utf8_as_subject_id) {
  for (const auto& text :
       {"ann@contoso.example"s, "Plan 1/+44207[0-9]"s, "\u00E9\u20AC\U0001F600"s, std::string(256, 'x')}) {
    EXPECT_TRUE(is_subject_id(text)) << text;
  }
}

TEST(names_test, refuses_control_characters_in_subject_ids) {
  for (const auto& text : {""s, "a\tb"s, "a\0b"s, "a\x7F"s, "\u0085"s, std::string(257, 'x')}) {
    EXPECT_FALSE(is_subject_id(text)) << text;
  }
}

TEST(names_test, refuses_what_is_no_utf8) {
  for (const auto& text : {"\xFF"s, "\x80"s, "a\xC3"s, "\xC0\x80"s, "\xE0\x80\x80"s, "\xED\xA0\x80"s,
                           "\xF4\x90\x80\x80"s, "\xF0\x80\x80\x80"s, "\xC3\x28"s, "\xF5\x80\x80\x80"s}) {
    EXPECT_FALSE(is_subject_id(text));
  }
}

TEST(names_test, trims_blanks_tabs_and_line_ends_only) {
  EXPECT_EQ(trimmed(" \t\r\n a b \r\n"), "a b");
  EXPECT_EQ(trimmed("\v a"), "\v a");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(names_test, quotes_foreign_text_on_one_short_line) {
  EXPECT_EQ(in_quotes("abc"), "'abc'");
  EXPECT_EQ(in_quotes("a\nb\x1B"), "'a?b?'");
  EXPECT_EQ(in_quotes(std::string(60, 'x')), "'" + std::string(60, 'x') + "'");
  EXPECT_EQ(in_quotes(std::string(61, 'x')), "'" + std::string(60, 'x') + "...'");
}

TEST(names_test, never_cuts_a_character_in_two) {
  EXPECT_EQ(in_quotes(std::string(59, 'x') + "\u20AC"), "'" + std::string(59, 'x') + "...'");
}

}  // namespace
}  // namespace licaudit
