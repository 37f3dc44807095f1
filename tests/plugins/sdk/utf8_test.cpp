#include "plugins/sdk/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit::sdk {
namespace {

TEST(utf8, takes_text) {
  for (const auto* text : {"", "plain", "M\xC3\xBCller", "\xE6\x97\xA5\xE6\x9C\xAC", "\xF0\x9F\x9B\x9E"}) {
    EXPECT_TRUE(is_utf8_text(text)) << text;
  }
}

TEST(utf8, refuses_other_bytes) {
  EXPECT_FALSE(is_utf8_text("M\xFCller")) << "Latin-1";
  EXPECT_FALSE(is_utf8_text("cut \xC3"));
  EXPECT_FALSE(is_utf8_text("\xC0\xAF")) << "overlong";
  EXPECT_FALSE(is_utf8_text("\xED\xA0\x80")) << "surrogate";
  EXPECT_FALSE(is_utf8_text("\xF4\x90\x80\x80")) << "beyond U+10FFFF";
  EXPECT_FALSE(is_utf8_text(std::string("a\0b", 3))) << "NUL";
}

}  // namespace
}  // namespace licaudit::sdk
