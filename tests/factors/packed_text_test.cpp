#include "factors/packed_text.hpp"

#include "tests/scale.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace licaudit::factors {
namespace {

std::string kept(std::string_view text) {
  std::string room;
  return std::string(packed(text, room));
}

std::string back(std::string_view bytes) {
  std::string room;
  return std::string(unpacked(bytes, room));
}

TEST(packed_text, numbers_take_half_a_byte_a_sign) {
  EXPECT_EQ(kept("tel:+442079460000;ext=12").size(), 1U + 8U);
  EXPECT_EQ(kept("10.0.0.1").size(), 1U + 4U);
  EXPECT_EQ(kept("+972397512345-7").size(), 1U + 8U);
}

TEST(packed_text, other_texts_are_kept_as_they_are) {
  for (const char* text : {"", "7", "+1", "sbc1.example.com", "tel:", "12345x", ";ext12"}) EXPECT_EQ(kept(text), text);
}

TEST(packed_text, every_text_comes_back_and_no_two_are_kept_alike) {
  const std::vector<std::string> pieces{
      "0", "7", "+", "tel:+", "tel:", ";ext=", ";", "-", ".", "\x01", "\x02", "x", std::string(1, '\0'), "\xff"};
  std::mt19937 random(5);
  std::set<std::string> texts, all_kept;
  for (std::size_t i = 0; i < scaled(50000); ++i) {
    std::string text;
    const auto usual = random() % 2 == 0;
    for (auto left = random() % 12; left > 0; --left) text += pieces[random() % (usual ? 6 : pieces.size())];
    ASSERT_EQ(back(kept(text)), text);
    ASSERT_EQ(texts.insert(text).second, all_kept.insert(kept(text)).second) << text;
  }
}

TEST(packed_text, a_long_number_comes_back_whole) {
  const std::string text = "tel:+" + std::string(3000, '7') + ";ext=;ext=;ext=";
  EXPECT_EQ(back(kept(text)), text);
}

}  // namespace
}  // namespace licaudit::factors
