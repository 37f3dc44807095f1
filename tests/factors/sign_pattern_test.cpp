// Patterns put to packed texts: the answers are those for the texts.
#include "factors/sign_pattern.hpp"

#include "factors/pattern.hpp"
#include "factors/plain_pattern.hpp"
#include "tests/scale.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace licaudit::factors {
namespace {

/// What the pattern says of the text as it is packed; none: it has to see the text itself, or the text is not packed.
std::optional<bool> in_signs(const std::string& regex, const std::string& text) {
  const auto plain = plain_pattern::recognise(regex);
  if (!plain) return std::nullopt;
  const auto pattern = plain->in_signs();
  std::string room;
  const auto kept = sign_text::of(packed(text, room));
  if (!pattern || !kept) return std::nullopt;
  return pattern->matches(*kept);
}

constexpr const char* number = "tel:+442079460000;ext=12";

TEST(sign_pattern, is_found_where_it_may_stand) {
  for (const char* regex : {"^tel:\\+44.*$", "0000", "^.*;ext=.*$", "12$", "(?i)TEL:\\+4", "\\+44", "\\d2$", "",
                            "^tel:\\+442079460000;ext=12$", "7|8", "sbc1|;ext=1", "[24]0", "0;ext=[12]2$",
                            "^(?i)TEL:\\+44207946\\d{4};ext=\\d\\d$"}) {
    EXPECT_EQ(in_signs(regex, number), true) << regex;
  }
  for (const char* regex : {"^44", "^\\+", "00$", "^.*(?i)sbc1\\.example\\.com.*$", "8", ";ext=13", "^$", "2079$",
                            "^tel:\\+442079460000$", "[85]"}) {
    EXPECT_EQ(in_signs(regex, number), false) << regex;
  }
}

TEST(sign_pattern, what_may_begin_or_end_within_a_sign_is_not_for_it) {
  for (const char* regex : {"^tel:", "12;", "=12", "l:\\+", "[a-z]0", "[+-]4", ".0", "e", "\\dtel"})
    EXPECT_FALSE(in_signs(regex, number)) << regex;
}

TEST(sign_pattern, a_plus_may_be_that_of_tel) {
  EXPECT_EQ(in_signs("\\+1", "tel:+1"), true);
  EXPECT_EQ(in_signs("\\+1", "00+123"), true);
  EXPECT_EQ(in_signs("^\\+1", "tel:+1"), false);
  EXPECT_EQ(in_signs("^\\+1", "+12345"), true);
  EXPECT_EQ(in_signs("0\\+1", "0tel:+1"), false);
}

TEST(sign_pattern, says_what_the_engine_says) {
  const std::vector<std::string> text_pieces{"0", "0", "1", "2", "+", "tel:+", ";ext=", "-", "."};
  const std::vector<std::string> pattern_pieces{
      "0", "1", "2", "\\+", "tel:\\+", ";ext=", "-", "\\.", "[02]", "\\d", "x"};
  const std::vector<std::string> fronts{"", "^", "^.*", ".*", "(?i)"}, backs{"", "$", ".*$", ".*"};
  std::mt19937 random(11);
  const auto any_of = [&](const auto& all) { return all[random() % all.size()]; };
  const auto some = [&](const auto& all, std::size_t most) {
    std::string made;
    for (auto left = random() % most; left > 0; --left) made += any_of(all);
    return made;
  };
  std::size_t asked = 0, met = 0;
  for (std::size_t i = 0; i < scaled(100000); ++i) {
    auto regex = any_of(fronts) + some(pattern_pieces, 4) + any_of(backs);
    if (random() % 8 == 0) regex += "|" + some(pattern_pieces, 4);
    const auto text = some(text_pieces, 24);
    const auto said = in_signs(regex, text);
    if (!said) continue;
    ++asked;
    met += *said ? 1 : 0;
    ASSERT_EQ(*said, make_engine_pattern(regex).value()->test(text) == verdict::yes) << regex << " on " << text;
  }
  EXPECT_GT(asked, scaled(100000) / 2);
  EXPECT_GT(met, asked / 10);
  EXPECT_LT(met, asked - asked / 10);
}

TEST(sign_text, tells_whether_a_sign_is_there) {
  for (std::size_t size = 2; size < 70; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      std::string text(size, '3');
      text[place] = '0';
      std::string room;
      const auto bytes = std::string(packed(text, room));
      const auto kept = sign_text::of(bytes);
      if (!kept) continue;  // it takes no less room packed
      ASSERT_EQ(kept->size(), size);
      ASSERT_TRUE(kept->has(0)) << size << " " << place;
      ASSERT_FALSE(kept->has(1));
      ASSERT_FALSE(kept->has(4));
    }
  }
}

}  // namespace
}  // namespace licaudit::factors
