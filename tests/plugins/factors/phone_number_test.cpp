#include "plugins/factors/number-range/phone_number.hpp"

#include <gtest/gtest.h>

namespace licaudit::number_range {
namespace {

bool is(std::optional<phone_number> number, std::size_t length, std::uint64_t digits) {
  return number && number->length == length && number->digits == digits;
}

TEST(phone_number, is_read_from_what_systems_write) {
  for (const auto* text : {"+442079460001", "tel:+442079460001", "TEL:+44-20-7946-0001", "tel:+442079460001;ext=524",
                           " +44 (20) 7946.0001 ", "sip:+442079460001@sbc.example;user=phone", "sips:+442079460001@x",
                           "+442079460001;ext=1;phone-context=x"}) {
    EXPECT_TRUE(is(parse_value(text), 12, 442079460001)) << text;
  }
}

TEST(phone_number, is_nothing_that_is_not_international) {
  for (const auto* text : {"", "+", "tel:", "442079460001", "02079460001", "sip:ann@contoso.example", "+44x",
                           "+1234567890123456", "++44", "+44+20", "tel:tel:+44", "anonymous"}) {
    EXPECT_FALSE(parse_value(text)) << text;
  }
}

TEST(phone_number, keeps_its_length) {
  EXPECT_TRUE(is(parse_e164("+007"), 3, 7));
  EXPECT_TRUE(is(parse_e164("+999999999999999"), 15, 999999999999999));
  EXPECT_FALSE(parse_e164("+44 20"));
}

}  // namespace
}  // namespace licaudit::number_range
