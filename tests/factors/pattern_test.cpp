#include "factors/pattern.hpp"

#include "factors/plain_pattern.hpp"
#include "tests/scale.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace licaudit::factors {
namespace {

verdict test(const std::string& regex, const std::string& text) {
  return make_pattern(regex).value()->test(text);
}
bool is_plain(const std::string& regex) {
  return !needs_engine(regex);
}

TEST(pattern, recognises_what_needs_no_engine) {
  for (const char* regex : {"",
                            ".",
                            ".+",
                            "^$",
                            "abc",
                            "^abc",
                            "abc$",
                            "^abc$",
                            "^.*abc.*$",
                            "^.*(?i)abc.*$",
                            "(?i)abc",
                            "^(?i)(true|yes|1)$",
                            "(^a$)|(^b$)|(^.*(?i)c.*$)",
                            "(?:sbc1\\.example\\.com)",
                            "^(?i:abc)",
                            "^.*(?i)(?!).*$",
                            "a|b|c",
                            "^OperatorConnect$",
                            "[ab]",
                            "\\d",
                            "a.b",
                            "a(?i)b",
                            ".{2}",
                            ".."}) {
    EXPECT_TRUE(is_plain(regex)) << regex;
  }
  for (const char* regex : {"a*", "a?", "a.*b", "(a)\\1", "(?=a)b", "^a^b", "a$b", "(?x)a", "(?>a)", "^.*?a", "(a|b)+",
                            "\\bfax\\b", "\\x41"}) {
    EXPECT_FALSE(is_plain(regex)) << regex;
  }
}

TEST(pattern, anchors_are_the_ends_of_the_value_and_a_dot_is_no_line_end) {
  EXPECT_EQ(test("^b", "a\nb"), verdict::no);
  EXPECT_EQ(test("a$", "a\n"), verdict::no);
  EXPECT_EQ(test("^.*b.*$", "a\nb"), verdict::no);
  EXPECT_EQ(test("b", "a\nb"), verdict::yes);
  EXPECT_EQ(test(".", "\n\r\f"), verdict::no);
  EXPECT_EQ(test("^[ab]", "x\nb"), verdict::no);
  EXPECT_EQ(test("a.b", "a\nb"), verdict::no);
}

TEST(pattern, case_option_in_the_middle_holds_to_the_end_of_its_group) {
  EXPECT_EQ(test("(^abcdef$)|(^.*(?i)sbc1.*$)", "ABCDEF"), verdict::no);
  EXPECT_EQ(test("(^abcdef$)|(^.*(?i)sbc1.*$)", "X-SBC1.example"), verdict::yes);
  EXPECT_EQ(test("a(?i)b[c]", "aBC"), verdict::yes);
  EXPECT_EQ(test("a(?i)b[c]", "ABC"), verdict::no);
}

TEST(pattern, folds_ascii_letters_only) {
  for (const char* regex : {"(?i)\xc3\x84", "(?i)[\xc3]\x84"}) EXPECT_EQ(test(regex, "\xc3\xa4"), verdict::no);
  EXPECT_EQ(test("(?i)[k]elvin",
                 "\xe2\x84\xaa"
                 "elvin"),
            verdict::no);
}

TEST(pattern, an_empty_text_is_a_value) {
  EXPECT_EQ(test("^$", ""), verdict::yes);
  EXPECT_EQ(test(".", ""), verdict::no);
  EXPECT_EQ(test("", ""), verdict::yes);
}

TEST(pattern, a_text_over_256_bytes_fails_in_both_forms) {
  for (const char* regex : {"a", "[a]"}) {
    EXPECT_EQ(test(regex, std::string(256, 'a')), verdict::yes);
    EXPECT_EQ(test(regex, std::string(257, 'a')), verdict::failed);
    EXPECT_EQ(test(regex, std::string(257, 'b')), verdict::failed);
  }
}

TEST(pattern, a_catastrophic_match_is_given_up) {
  for (const char* regex : {"^(\\w+\\s?)*$", "^(a+)+$", "^(a|aa)+$", "(.*a){25}$"}) {
    const auto found = test(regex, std::string(200, 'a') + "!");
    EXPECT_NE(found, verdict::yes) << regex;
  }
  EXPECT_EQ(test("^(\\w+\\s?)*$", std::string(28, 'a') + "!"), verdict::failed);
  EXPECT_EQ(test("^(\\w+\\s?)*$", "ann b"), verdict::yes);
}

TEST(pattern, an_error_says_what_and_where) {
  const auto error = [](const char* regex) { return make_pattern(regex).error().detail; };
  EXPECT_EQ(error("(ab"), "unmatched ( or ) at position 3");
  EXPECT_EQ(error("ab)"), "unmatched ( or ) at position 2");
  EXPECT_EQ(error("a[b"), "unmatched [ at position 3");
  EXPECT_EQ(error("*a"), "nothing to repeat at position 0");
  EXPECT_EQ(error("(?z)a"), "invalid (?...) sequence at position 0");
  EXPECT_EQ(error("a{2,1}"), "invalid repeat count at position 4");
  EXPECT_EQ(error("a\\"), "invalid or unfinished escape at position 2");
  EXPECT_EQ(make_pattern("(a|b").error().code, errc::malformed);
}

/// Pieces that the recogniser has an opinion on, put together at random, also where they make no sense.
class pattern_source {
 public:
  std::string pattern() { return group(2); }

  std::string value(const std::string& pattern) {
    static constexpr std::string_view letters = "aAbBxX.1\n\r\f \xc3";
    std::string text;
    // Half of the values are made of the pattern, so that many match.
    if (pick(2) == 0) {
      for (const char c : pattern) {
        if (std::string_view("abxABX1 .").find(c) == std::string_view::npos || pick(6) == 0) continue;
        text += pick(4) == 0 && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
      }
      if (pick(4) == 0) text.insert(pick(text.size() + 1), 1, letters[pick(letters.size())]);
      return text;
    }
    for (auto left = pick(9); left > 0; --left) text += letters[pick(letters.size())];
    return text;
  }

 private:
  std::size_t pick(std::size_t below) { return below < 2 ? 0 : random_() % below; }

  std::string group(int depth) {
    std::string text;
    for (auto left = 1 + (pick(3) == 0 ? pick(3) : 0); left > 0; --left) {
      text += sequence(depth);
      if (left > 1) text += '|';
    }
    return text;
  }

  std::string sequence(int depth) {
    static constexpr std::array<const char*, 6> begins{"", "", "^", "^.*", ".*", "^.*(?i)"};
    static constexpr std::array<const char*, 6> ends{"", "", "$", ".*$", ".*", ".+$"};
    std::string text = begins[pick(begins.size())];
    for (auto left = pick(4); left > 0; --left) text += piece(depth);
    return text + ends[pick(ends.size())];
  }

  std::string piece(int depth) {
    static constexpr std::array<const char*, 21> pieces{
        "a",     "b",    "x",  "A",     "B",    "1",   "ab",   "\\.",    "\\ ",         ".",       "(?i)",
        "(?-i)", "\xc3", "bx", "[aB1]", "[^x]", "\\w", "a{2}", "\\s{2}", "[[:alpha:]]", "b{\t2\r}"};
    static constexpr std::array<const char*, 5> openers{"(", "(?:", "(?i:", "(?-i:", "(?!"};
    if (depth == 0 || pick(4) != 0) return pieces[pick(pieces.size())];
    const std::string opener = openers[pick(openers.size())];
    return opener + (opener == "(?!" ? "" : group(depth - 1)) + ")";
  }

  std::mt19937 random_{20261121};
};

TEST(pattern, plain_patterns_answer_exactly_as_boost_regex) {
  pattern_source source;
  const auto wanted = scaled(200000);
  std::size_t compared = 0;
  std::size_t matched = 0;
  while (compared < wanted) {
    const auto regex = source.pattern();
    const auto plain = plain_pattern::recognise(regex);
    if (!plain) continue;
    const auto engine = make_engine_pattern(regex);
    ASSERT_TRUE(engine) << regex << ": " << engine.error().detail;
    for (int i = 0; i < 10; ++i, ++compared) {
      const auto value = source.value(regex);
      const bool expected = (*engine)->test(value) == verdict::yes;
      matched += expected ? 1 : 0;
      ASSERT_EQ(plain->matches(value), expected) << "pattern `" << regex << "`, value `" << value << "`";
    }
  }
  EXPECT_GT(matched, compared / 5);
  EXPECT_LT(matched, compared - compared / 5);
}

}  // namespace
}  // namespace licaudit::factors
