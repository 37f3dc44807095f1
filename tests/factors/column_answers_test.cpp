// What the tests of a column say of its values, however they come to be asked.
#include "factors/column_answers.hpp"

#include "factors/pattern.hpp"
#include "tests/scale.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace licaudit::factors {
namespace {

/// Eleven tests, so that they take several look-ups: for packed values, for others, and for the engine.
std::vector<shared_test> eleven_tests() {
  std::vector<shared_test> made;
  for (const char* regex :
       {"^tel:\\+1", "00$", ";ext=", "^.*2.*$", "sbc", "(?i)SBC1", "^\\d+$", "^tel:\\+[12]0", "7|8", "(1)\\1", "^$"})
    made.push_back({subject_kind::user, "tag", regex, true, make_pattern(regex).value()});
  return made;
}

TEST(column_answers, are_those_of_each_test_whatever_is_asked_before) {
  const auto tests = eleven_tests();
  column_answers answers(subject_kind::user, 0);
  for (const auto& one : tests) (void)answers.add(one);
  value_column column;
  std::mt19937 random(3);
  const std::vector<std::string> pieces{"0", "00", "1", "2", "7", "tel:+", ";ext=", "sbc1", "."};
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < scaled(2000); ++i) {
    std::string text;
    for (auto left = random() % 8; left > 0; --left) text += pieces[random() % pieces.size()];
    if (std::find(texts.begin(), texts.end(), text) != texts.end()) continue;
    ASSERT_EQ(column.take(text), texts.size());
    texts.push_back(std::move(text));
  }
  answers.reach(column.size());
  for (std::size_t round = 0; round < 3 * texts.size(); ++round) {
    const auto value = static_cast<std::uint32_t>(random() % texts.size());
    std::vector<std::uint32_t> places(tests.size());
    for (std::uint32_t i = 0; i < places.size(); ++i) places[i] = i;
    std::shuffle(places.begin(), places.end(), random);
    places.resize(1 + random() % places.size());
    if (random() % 2 == 0) std::sort(places.begin(), places.end());
    const auto before = answers.profile_of(value);
    const auto now = answers.ask(value, places, column);
    ASSERT_EQ(answers.profile_of(value), now);
    for (std::uint32_t place = 0; place < tests.size(); ++place) {
      const bool is_asked = std::find(places.begin(), places.end(), place) != places.end();
      const auto expected = is_asked ? ask(*tests[place].test, texts[value]) : answers.said(before, place);
      ASSERT_EQ(answers.said(now, place), expected) << tests[place].source << " on " << texts[value];
    }
  }
}

}  // namespace
}  // namespace licaudit::factors
