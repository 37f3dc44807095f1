#include "factors/pattern_template.hpp"

#include "factors/pattern.hpp"
#include "factors/regex_token.hpp"
#include "tests/scale.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace licaudit::factors {
namespace {

std::string filled(const std::string& pattern, const std::string& value) {
  return pattern_template::parse(pattern).value().filled_by(
      [&](const placeholder&) { return std::string_view(value); });
}
verdict test(const std::string& pattern, const std::string& value, const std::string& text) {
  return make_pattern(filled(pattern, value)).value()->test(text);
}
std::string objection(const std::string& pattern) {
  const auto made = pattern_template::parse(pattern);
  return made ? "" : made.error().detail;
}

TEST(pattern_template, finds_the_vendors_and_the_general_placeholders) {
  const auto made = pattern_template::parse(
                        "_PSTNGATEWAY_TO_REPLACE_|_MSTENANTID_TO_REPLACE_|_UMPCUSTOMERGUID_TO_REPLACE_|${tenant.id}|"
                        "${site.cac-name}|${site.cac-name}")
                        .value();
  using owner = placeholder::owner;
  const std::vector<placeholder> expected{{owner::tenant, "customer_guid"},
                                          {owner::tenant, "id"},
                                          {owner::tenant, "ms_tenant_id"},
                                          {owner::site, "cac-name"},
                                          {owner::site, "pstn_gateway"}};
  EXPECT_EQ(made.placeholders(), expected);
  EXPECT_TRUE(made.names_site());
  EXPECT_FALSE(pattern_template::parse("${tenant.id}").value().names_site());
  EXPECT_TRUE(pattern_template::parse("fax").value().is_fixed());
}

TEST(pattern_template, inserts_values_literally) {
  const std::string nasty = "a.b*c?(d)[e]{2}^$|\\f#g h-i<j>\xc3\xa4";
  EXPECT_EQ(test("^${site.x}$", nasty, nasty), verdict::yes);
  EXPECT_EQ(test("^(?x) ${site.x} $", nasty, nasty), verdict::yes);
  EXPECT_EQ(test("^[a]?${site.x}$", nasty, nasty), verdict::yes);
  EXPECT_EQ(test("^${site.x}$", "sbc1.example.com", "sbc1Xexample.com"), verdict::no);
  EXPECT_EQ(test("^[z]?${site.x}$", "a\nb\tc", "a\nb\tc"), verdict::yes);
  // Neither a back reference nor a code may swallow the first characters of a value.
  EXPECT_EQ(test("^(a)\\1${site.x}$", "23", "aa23"), verdict::yes);
}

TEST(pattern_template, a_blank_value_matches_nothing_and_leaves_the_other_alternatives) {
  EXPECT_EQ(test("^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$", "", "anything"), verdict::no);
  EXPECT_EQ(test("^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$", "", ""), verdict::no);
  EXPECT_EQ(test("(^_PSTNGATEWAY_TO_REPLACE_$)|(^fax$)", "", "fax"), verdict::yes);
  EXPECT_EQ(test("(^_PSTNGATEWAY_TO_REPLACE_$)|(^fa[x]$)", "", "fax"), verdict::yes);
}

TEST(pattern_template, the_vendors_defaults_need_no_engine_once_filled) {
  for (const char* pattern :
       {"^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$",
        "(^_MSTENANTID_TO_REPLACE_$)|(^_UMPCUSTOMERGUID_TO_REPLACE_$)|(^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$)"}) {
    EXPECT_FALSE(needs_engine(filled(pattern, "sb1-1316004.example.com")));
    EXPECT_FALSE(needs_engine(filled(pattern, "")));
  }
}

TEST(pattern_template, refuses_places_where_a_value_cannot_stand_literally) {
  const std::string gateway = "_PSTNGATEWAY_TO_REPLACE_";
  for (const auto& pattern : {gateway + "?", gateway + "*", gateway + "+", gateway + "{2}", gateway + "{0,1}"}) {
    EXPECT_NE(objection(pattern).find("in an optional or repeated place"), std::string::npos) << pattern;
  }
  for (const auto& pattern : {"(" + gateway + ")?", "((a|" + gateway + ")b)*", "(?:x" + gateway + "){0}"}) {
    EXPECT_NE(objection(pattern).find("within an optional or repeated group"), std::string::npos) << pattern;
  }
  for (const auto& pattern : {"(?!" + gateway + ")", "(?=" + gateway + ")", "(?<!a" + gateway + ")",
                              "a(?<=(" + gateway + "))", "(?!(a|" + gateway + "))b"}) {
    EXPECT_NE(objection(pattern).find("within a lookahead"), std::string::npos) << pattern;
  }
  for (const auto& pattern : {"[" + gateway + "]", "[^" + gateway + "]", "\\" + gateway, "\\Q" + gateway + "\\E",
                              "[[:alpha:]" + gateway + "]", "(?#" + gateway + ")"}) {
    EXPECT_NE(objection(pattern).find("within a character class, a quotation or an escape"), std::string::npos)
        << pattern;
  }
  EXPECT_NE(objection("(a|" + gateway + "(?R))").find("recursion"), std::string::npos);
  EXPECT_NE(objection("(*COMMIT)" + gateway).find("recursion or verbs"), std::string::npos);
}

TEST(pattern_template, accepts_places_beside_them) {
  const std::string gateway = "_PSTNGATEWAY_TO_REPLACE_";
  for (const auto& pattern : {gateway, "(a|" + gateway + ")b?", "a?" + gateway + "b*", "(?:" + gateway + ")",
                              "[^a]" + gateway, "(?!a)" + gateway, "(a)?" + gateway, "\\\\" + gateway, "(?i)" + gateway,
                              "(?<name>" + gateway + ")", "[]a]" + gateway, "a{2}" + gateway}) {
    EXPECT_EQ(objection(pattern), "") << pattern;
  }
}

TEST(pattern_template, an_objection_names_the_placeholder_and_its_position) {
  EXPECT_EQ(
      objection("ab${site.name}?"),
      "the placeholder ${site.name} at position 2 stands in an optional or repeated place, where its value cannot be "
      "inserted literally");
}

/// What the template matches with these values of site and tenant, by way of marks and by the engine.
struct two_ways {
  std::optional<plain_pattern> plain;
  std::shared_ptr<const value_test> engine;
};
two_ways both_ways(const std::string& pattern, const std::string& gateway, const std::string& id) {
  const auto form = pattern_template::parse(pattern).value();
  std::vector<std::string_view> values;
  form.values_by(
      [&](const placeholder& one) -> std::string_view { return one.of == placeholder::owner::site ? gateway : id; },
      values);
  two_ways made{form.plain(), make_engine_pattern(form.filled(values)).value()};
  if (made.plain) made.plain = made.plain->filled(values);
  return made;
}

TEST(pattern_template, marks_mean_what_the_inserted_values_mean) {
  const std::vector<std::string> pieces{"^", "^.*", "(?i)", "_PSTNGATEWAY_TO_REPLACE_", "${tenant.id}", "x", "1", ".*$",
                                        "$", "|",   ""};
  const std::vector<std::string> values{"", "a", "Ab", "1", "x.y", "(", plain_pattern::mark(0), "12-3", "\\"};
  const std::vector<std::string> around{"", "x", "X", "1", "\n"};
  std::mt19937 random(5);
  const auto any = [&](const std::vector<std::string>& of) { return of[random() % of.size()]; };
  std::size_t plain = 0;
  for (std::size_t i = 0; i < scaled(20000); ++i) {
    std::string pattern;
    for (int count = 0; count < 5; ++count) pattern.insert(0, any(pieces));
    const auto gateway = any(values);
    const auto id = any(values);
    const auto made = both_ways(pattern, gateway, id);
    if (!made.plain) continue;
    ++plain;
    auto apart = gateway;
    apart.append("x").append(id);
    for (auto text : {gateway, id, gateway + id, apart}) {
      text.insert(0, any(around));
      text += any(around);
      if (random() % 3 == 0)
        std::transform(text.begin(), text.end(), text.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
      ASSERT_EQ(made.plain->matches(text), made.engine->test(text) == verdict::yes)
          << "pattern `" << pattern << "`, gateway `" << gateway << "`, id `" << id << "`, text `" << text << "`";
    }
  }
  EXPECT_GT(plain, scaled(20000) / 4);
}

TEST(pattern_template, is_plain_only_where_every_value_would_be) {
  const auto is_plain = [](const std::string& text) {
    return pattern_template::parse(text).value().plain().has_value();
  };
  EXPECT_TRUE(is_plain("^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$"));
  EXPECT_TRUE(
      is_plain("(^_MSTENANTID_TO_REPLACE_$)|(^_UMPCUSTOMERGUID_TO_REPLACE_$)|(^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$)"));
  EXPECT_FALSE(is_plain("^[a-z]_PSTNGATEWAY_TO_REPLACE_$"));
  EXPECT_FALSE(is_plain("^a(?i)_PSTNGATEWAY_TO_REPLACE_$"));  // exact and not, in one text
  EXPECT_FALSE(
      is_plain("\x01"
               "a_PSTNGATEWAY_TO_REPLACE_"));  // a mark that is none
  std::string many;
  for (int i = 0; i < 27; ++i) many += "${tenant.id}";
  EXPECT_FALSE(is_plain(many));
}

TEST(pattern_template, a_stand_in_has_the_length_of_the_text) {
  const auto made = pattern_template::parse("^${tenant.id}(").value();
  EXPECT_EQ(made.stand_in(), "^xxxxxxxxxxxx(");
}

TEST(pattern_template, sees_look_alikes) {
  for (const char* pattern : {"PSTNGATEWAY_TO_REPLACE", "^.*(?i)PSTNGATEWAY_TO_REPLACE_.*$", "_pstngateway_to_replace_",
                              "_PSTNGATEWAY_TO_REPLACE", "_SITE_TO_REPLACE_", "${Tenant.id}", "${site.}"}) {
    EXPECT_EQ(look_alikes(pattern).size(), 1U) << pattern;
  }
  for (const char* pattern : {"_PSTNGATEWAY_TO_REPLACE_", "${tenant.id}", "fax", "", "a$|{site.x}"}) {
    EXPECT_TRUE(look_alikes(pattern).empty()) << pattern;
  }
  EXPECT_EQ(look_alikes("_PSTNGATEWAY_TO_REPLACE_|PSTNGATEWAY_TO_REPLACE_").size(), 1U);
}

TEST(regex_token, knows_whether_anything_is_left_to_match) {
  for (const char* regex : {"(?!)", "a(?!)b", "(a(?!))", "(?!)|(?!)", "((?!)|(?!)b)c", "(?i)(?!)"}) {
    EXPECT_FALSE(can_match(regex)) << regex;
  }
  for (const char* regex : {"", "a|(?!)", "(a|(?!))b", "((?!))?", "(?!a)", "(?=a)", "[(?!)]", "(?!)*a", "(?!b(?!))a",
                            "(?<!(?!))a", "(?(?!)b)a", "a(*ACCEPT)(?!)", "(?x)a#(?!)"}) {
    EXPECT_TRUE(can_match(regex)) << regex;
  }
}

TEST(regex_token, cuts_where_boost_does) {
  const auto kinds = [](const char* regex) {
    std::string text;
    for (const auto& token : regex_tokens(regex)) text += "c.^$|()*i!-"[static_cast<std::size_t>(token.what)];
    return text;
  };
  EXPECT_EQ(kinds("a\\.b"), "ccc");
  EXPECT_EQ(kinds("^.*?$"), "^.*$");
  EXPECT_EQ(kinds("[]a)]b"), "-c");
  EXPECT_EQ(kinds("[^]\\])]b"), "-c");
  EXPECT_EQ(kinds("[[:alpha:])]b"), "-c");
  EXPECT_EQ(kinds("(?i)(?i:a)(?<n>b)(?'m'c)"), "i(c)(c)(c)");
  EXPECT_EQ(kinds("(?(?=a)b|c)"), "((c)c|c)");
  EXPECT_EQ(kinds("(?R)(?1)(*SKIP)(?#x)"), "!!!-");
  EXPECT_EQ(kinds("\\Qa(b\\E\\x{41}\\x4g\\p{L}\\k<n>\\12"), "---c---");
  EXPECT_EQ(kinds("a{2,3}b{c}{"), "c*ccccc");
  EXPECT_EQ(kinds("a{\v2\t,\r3\n\f}b"), "c*c");
  EXPECT_EQ(kinds("(\\"), "(-");
  EXPECT_EQ(kinds("[a"), "-");
}

}  // namespace
}  // namespace licaudit::factors
