#include "plugins/sdk/exact_decimal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::sdk {
namespace {

using testing::HasSubstr;

TEST(exact_decimal, keeps_every_digit) {
  EXPECT_EQ(exact_decimal("7320.5").value(), "7320.5");
  EXPECT_EQ(exact_decimal("0").value(), "0");
  EXPECT_EQ(exact_decimal("999999999999.999999").value(), "999999999999.999999");
  EXPECT_EQ(exact_decimal("0.000001").value(), "0.000001");
}

TEST(exact_decimal, drops_needless_zeros) {
  EXPECT_EQ(exact_decimal("7320.500").value(), "7320.5");
  EXPECT_EQ(exact_decimal("007").value(), "7");
  EXPECT_EQ(exact_decimal("0.000").value(), "0");
  EXPECT_EQ(exact_decimal("100").value(), "100");
  EXPECT_EQ(exact_decimal("5.0000000000").value(), "5");
}

TEST(exact_decimal, reads_exponents_as_other_languages_print_them) {
  EXPECT_EQ(exact_decimal("7.3205e3").value(), "7320.5");
  EXPECT_EQ(exact_decimal("1e-06").value(), "0.000001");
  EXPECT_EQ(exact_decimal("1E+11").value(), "100000000000");
  EXPECT_EQ(exact_decimal("12.5e0").value(), "12.5");
}

TEST(exact_decimal, rounds_nothing) {
  EXPECT_THAT(exact_decimal("0.0000001").error().detail, HasSubstr("more than 6 places"));
  EXPECT_THAT(exact_decimal("1e-7").error().detail, HasSubstr("more than 6 places"));
  EXPECT_THAT(exact_decimal("1000000000000").error().detail, HasSubstr("not below 10^12"));
  EXPECT_THAT(exact_decimal("1e12").error().detail, HasSubstr("not below 10^12"));
}

TEST(exact_decimal, refuses_what_is_no_decimal) {
  for (const auto* text : {"", "-1", "+1", "1,5", ".5", "5.", "0x10", "nan", "inf", "1e", "1e999", "1 2", "e5"}) {
    EXPECT_FALSE(exact_decimal(text)) << text;
  }
}

}  // namespace
}  // namespace licaudit::sdk
