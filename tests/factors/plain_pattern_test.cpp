// Which regexes need no engine, what they mean, and where the others are wrong.
#include "factors/plain_pattern.hpp"

#include "factors/pattern.hpp"
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace licaudit::factors {
namespace {

using testing::compile_errors;
using ::testing::ElementsAre;
using testing::licence_of;

struct recognition {
  const char* regex;
  bool plain;
};

std::string tree(std::size_t depth, const std::string& inside) {
  return std::string(depth, '(') + inside + std::string(depth, ')');
}
std::string alternatives(int count) {
  std::string text = "a0";
  for (int i = 1; i < count; ++i) text += "|a" + std::to_string(i);
  return text;
}
std::string error_of(const std::string& regex) {
  const auto made = make_pattern(regex);
  return made ? "none" : made.error().detail;
}
bool matches(const std::string& regex, const std::string& text) {
  const auto plain = plain_pattern::recognise(regex);
  EXPECT_TRUE(plain) << regex;
  const auto found = plain && plain->matches(text);
  const auto engine = make_engine_pattern(regex);
  EXPECT_TRUE(engine) << regex;
  EXPECT_EQ(found, (*engine)->test(text) == verdict::yes) << regex << " on " << text;
  return found;
}

TEST(plain_pattern, is_told_from_what_an_engine_must_do) {
  for (const auto& [regex, plain] : std::vector<recognition>{{"sbc", true},
                                                             {"^sbc", true},
                                                             {"sbc$", true},
                                                             {"^sbc$", true},
                                                             {".*sbc.*", true},
                                                             {"^.*sbc", true},
                                                             {"sbc.*$", true},
                                                             {"^(?:sbc)$", true},
                                                             {"(sbc|pbx)", true},
                                                             {"^(sbc|pbx)1$", true},
                                                             {"(?i)SBC", true},
                                                             {"(?i:sbc)", true},
                                                             {"(?-i:sbc)", true},
                                                             {"sbc\\.net", true},
                                                             {"\\(\\)", true},
                                                             {"\\^", true},
                                                             {"|", true},
                                                             {"a|", true},
                                                             {"(a|)b", true},
                                                             {"(?!)", true},
                                                             {"^.+$", true},
                                                             {".+", true},
                                                             {"()", true},
                                                             {"]", true},
                                                             {"sbc+", false},
                                                             {"(sbc)?", false},
                                                             {"s{2}", true},
                                                             {"[s]", true},
                                                             {"\\w", true},
                                                             {"\\D", true},
                                                             {"\\d+", false},
                                                             {"s.c", true},
                                                             {"^s.*c$", false},
                                                             {"(?=sbc)", false},
                                                             {"(?<=s)bc", false},
                                                             {"(?!sbc)", false},
                                                             {"(?<name>sbc)", false},
                                                             {"(sbc)\\1", false},
                                                             {"(?s)sbc", false},
                                                             {"(?x) sbc", false},
                                                             {"s(?i)bc", true},
                                                             {"(?i)s(?-i)b", true},
                                                             {"\\Asbc\\z", false},
                                                             {"\\Qsbc\\E", false},
                                                             {"\\tsbc", false},
                                                             {"...", true},
                                                             {"a$b", false},
                                                             {"b^a", false},
                                                             {"(?#note)a", false},
                                                             {".*?a", false},
                                                             {".*+a", false},
                                                             {"\\u0041", false}}) {
    EXPECT_EQ(plain_pattern::recognise(regex).has_value(), plain) << regex;
    EXPECT_EQ(needs_engine(regex), !plain) << regex;
  }
}

TEST(plain_pattern, what_does_not_compile_is_not_plain) {
  for (const char* regex : {"(", ")", "(a", "a)", "[", "*", "+a", "a\\", "(?", "(?i", "a{2,1}"}) {
    EXPECT_FALSE(plain_pattern::recognise(regex)) << regex;
    EXPECT_NE(error_of(regex), "none") << regex;
  }
}

TEST(plain_pattern, is_no_longer_plain_beyond_64_alternatives) {
  EXPECT_TRUE(plain_pattern::recognise(alternatives(64)));
  EXPECT_FALSE(plain_pattern::recognise(alternatives(65)));
  EXPECT_TRUE(plain_pattern::recognise("(" + alternatives(8) + ")(" + alternatives(8) + ")"));
  EXPECT_FALSE(plain_pattern::recognise("(" + alternatives(9) + ")(" + alternatives(8) + ")"));
}

TEST(plain_pattern, is_no_longer_plain_in_the_depth) {
  EXPECT_TRUE(plain_pattern::recognise(tree(16, "a")));
  EXPECT_FALSE(plain_pattern::recognise(tree(17, "a")));
}

TEST(plain_pattern, the_engine_takes_over_with_the_same_answers) {
  for (const auto& regex : {alternatives(64), alternatives(65), tree(16, "a7"), tree(17, "a7")}) {
    const auto made = make_pattern("^(?:" + regex + ")$").value();
    EXPECT_EQ(made->test("a7"), verdict::yes) << regex;
    EXPECT_EQ(made->test("a77"), verdict::no) << regex;
  }
}

TEST(plain_pattern, anchors_hold_for_their_alternative_alone) {
  EXPECT_TRUE(matches("^a|b$", "ax"));
  EXPECT_TRUE(matches("^a|b$", "xb"));
  EXPECT_FALSE(matches("^a|b$", "xa"));
  EXPECT_FALSE(matches("^(a|b)$", "ax"));
  EXPECT_TRUE(matches("^(a|b)$", "b"));
}

TEST(plain_pattern, a_case_option_ends_with_its_group) {
  EXPECT_TRUE(matches("((?i)a)|b", "A"));
  EXPECT_FALSE(matches("((?i)a)|b", "B"));
  EXPECT_TRUE(matches("(?i)a|b", "B"));
  EXPECT_FALSE(matches("(?i:a)|b", "B"));
  EXPECT_TRUE(matches("(?i)1(?-i)a", "1a"));
  EXPECT_FALSE(matches("(?i)1(?-i)a", "1A"));
}

TEST(plain_pattern, an_empty_alternative_matches_everything_it_can_reach) {
  EXPECT_TRUE(matches("a|", "zzz"));
  EXPECT_TRUE(matches("^(a|)$", ""));
  EXPECT_FALSE(matches("^(a|)$", "z"));
}

TEST(plain_pattern, an_atom_of_nothing_takes_its_alternative_with_it) {
  EXPECT_FALSE(matches("(?!)", ""));
  EXPECT_FALSE(matches("a(?!)b", "ab"));
  EXPECT_TRUE(matches("a(?!)b|c", "c"));
}

TEST(plain_pattern, a_gap_ends_at_a_line_end_and_an_open_side_does_not) {
  EXPECT_FALSE(matches("^.*b", "a\nb"));
  EXPECT_TRUE(matches(".*b", "a\nb"));
  EXPECT_FALSE(matches("b.*$", "b\rc"));
  EXPECT_TRUE(matches("b.*", "b\rc"));
  EXPECT_TRUE(matches("^.*b.*$", "abc"));
}

TEST(plain_pattern, one_dot_wants_one_character_that_is_no_line_end) {
  EXPECT_TRUE(matches("^.$", "a"));
  EXPECT_FALSE(matches("^.$", "ab"));
  EXPECT_FALSE(matches("^.$", "\f"));
  EXPECT_TRUE(matches("^.+$", "ab"));
  EXPECT_FALSE(matches(".+", "\n\r"));
}

TEST(plain_pattern, searches_every_place_where_the_text_could_begin) {
  EXPECT_TRUE(matches("aab", "aaab"));
  EXPECT_TRUE(matches("aab$", "aabaab"));
  EXPECT_TRUE(matches("(?i)aAb", "xAABx"));
  EXPECT_FALSE(matches("aab", "abab"));
  EXPECT_FALSE(matches("aab", "aa"));
}

TEST(plain_pattern, bytes_above_ascii_are_bytes) {
  EXPECT_TRUE(matches("^M\xc3\xbcnchen$", "M\xc3\xbcnchen"));
  EXPECT_FALSE(matches("(?i)m\xc3\xbc", "M\xc3\x9c"));
}

TEST(plain_pattern, marks_take_their_values_by_number) {
  const auto form = plain_pattern::recognise("^" + plain_pattern::mark(1) + "-" + plain_pattern::mark(0) + "$|^fax$");
  ASSERT_TRUE(form);
  const auto made = form->filled({"a.c", "x"});
  EXPECT_TRUE(made.matches("x-a.c"));
  EXPECT_FALSE(made.matches("x-abc"));
  EXPECT_FALSE(made.matches("a.c-x"));
  EXPECT_TRUE(made.matches("fax"));
}

TEST(plain_pattern, an_empty_value_takes_its_alternative_away) {
  const auto form = plain_pattern::recognise("^" + plain_pattern::mark(0) + "|^fax$");
  ASSERT_TRUE(form);
  EXPECT_FALSE(form->filled({""}).matches("anything"));
  EXPECT_TRUE(form->filled({""}).matches("fax"));
  EXPECT_FALSE(form->filled({""}).matches(""));
}

TEST(plain_pattern, a_value_that_looks_like_a_mark_is_a_value) {
  const auto form = plain_pattern::recognise("^" + plain_pattern::mark(0) + plain_pattern::mark(1) + "$");
  ASSERT_TRUE(form);
  const auto mark = plain_pattern::mark(1);
  EXPECT_TRUE(form->filled({mark, "b"}).matches(mark + "b"));
  EXPECT_FALSE(form->filled({mark, "b"}).matches("bb"));
}

TEST(plain_pattern, values_are_folded_where_their_place_is) {
  const auto form = plain_pattern::recognise("^.*(?i)" + plain_pattern::mark(0) + ".*$|^=" + plain_pattern::mark(0));
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->filled({"SBC1"}).matches("my-sbc1"));
  EXPECT_TRUE(form->filled({"sbc1"}).matches("MY-SBC1"));
}

TEST(plain_pattern, classes_stand_for_one_byte_each) {
  EXPECT_TRUE(matches("[02468]0$", "tel:+440020"));
  EXPECT_FALSE(matches("[02468]0$", "tel:+440030"));
  EXPECT_FALSE(matches("[02468]0$", "0"));
  EXPECT_TRUE(matches("^\\+44\\d\\d$", "+4412"));
  EXPECT_FALSE(matches("^\\+44\\d\\d$", "+44123"));
  EXPECT_TRUE(matches("[^a-c]", "abcd"));
  EXPECT_FALSE(matches("[^a-c]", "abc"));
  EXPECT_TRUE(matches("[^a]", "\n"));
  EXPECT_TRUE(matches("^[[:upper:]]\\s\\S\\W", "A x!"));
  EXPECT_TRUE(matches("[]x]", "]"));
  EXPECT_TRUE(matches("\\w", "_"));
  EXPECT_FALSE(matches("\\w", "-\xc3"));
}

TEST(plain_pattern, a_class_is_folded_where_it_stands) {
  EXPECT_TRUE(matches("(?i)[a-c]1", "B1"));
  EXPECT_FALSE(matches("[a-c]1", "B1"));
  EXPECT_FALSE(matches("x(?i)[a]", "XA"));
  EXPECT_TRUE(matches("x(?i)[a]", "xA"));
  EXPECT_TRUE(matches("(?i)[[:lower:]]", "Q"));
}

TEST(plain_pattern, a_count_repeats_one_character_or_class) {
  EXPECT_TRUE(matches("^grp-(sales|support)-\\d{5}-(emea|apac)$", "grp-support-00042-apac"));
  EXPECT_FALSE(matches("^grp-(sales|support)-\\d{5}-(emea|apac)$", "grp-support-0042-apac"));
  EXPECT_TRUE(matches("^ab{3}c$", "abbbc"));
  EXPECT_FALSE(matches("^ab{3}c$", "abbc"));
  EXPECT_TRUE(matches("^.{2}$", "ab"));
  EXPECT_FALSE(matches("^.{2}$", "a\n"));
  for (const char* regex :
       {"a{0}", "a{17}", "a{2,}", "a{2,3}", "a{2}?", "a{2}+", "(ab){2}", "^{2}", "(?i){2}", ".*{2}"}) {
    EXPECT_FALSE(plain_pattern::recognise(regex)) << regex;
  }
  EXPECT_TRUE(plain_pattern::recognise("a{16}"));
}

TEST(plain_pattern, elements_of_a_collation_are_for_the_engine) {
  for (const char* regex : {"[[.a.]]", "[[=a=]]", "[[.space.]b]"})
    EXPECT_FALSE(plain_pattern::recognise(regex)) << regex;
}

TEST(plain_pattern, a_mark_among_classes_is_for_the_engine) {
  EXPECT_FALSE(plain_pattern::recognise("^\\d" + plain_pattern::mark(0)));
  EXPECT_FALSE(plain_pattern::recognise("a(?i)b" + plain_pattern::mark(0)));
  EXPECT_TRUE(plain_pattern::recognise("^\\d|" + plain_pattern::mark(0)));
}

TEST(pattern_error, stands_where_the_pattern_goes_wrong) {
  EXPECT_EQ(error_of("abc(def"), "unmatched ( or ) at position 7");
  EXPECT_EQ(error_of("a)b"), "unmatched ( or ) at position 1");
  EXPECT_EQ(error_of("a|*"), "nothing to repeat at position 3");
  EXPECT_EQ(error_of("[b-a]"), "unknown character class name or reversed range at position 5");
  EXPECT_EQ(error_of("x[[:nope:]]"), "unknown character class name or reversed range at position 4");
  EXPECT_EQ(error_of("(a)\\2"), "reference to a group that does not exist at position 5");
}

TEST(pattern_error, is_told_for_each_criterion_of_a_set) {
  EXPECT_THAT(compile_errors(licence_of(R"json({"id": "f", "configured": [{"a": "("}],
                "match": [{"b": "x"}, {"c": "[", "d": ")"}], "reject": [{"e": "y"}]})json")),
              ElementsAre("licences.l.factors.f.configured[0].a: unmatched ( or ) at position 1",
                          "licences.l.factors.f.match[1].c: unmatched [ at position 1",
                          "licences.l.factors.f.match[1].d: unmatched ( or ) at position 0"));
}

}  // namespace
}  // namespace licaudit::factors
