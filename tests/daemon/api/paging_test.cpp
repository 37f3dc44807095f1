#include "daemon/api/paging.hpp"

#include "sample_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

TEST(number_after_test, is_nought_where_nothing_is_given_and_never_negative) {
  EXPECT_EQ(number_after({}).value(), 0);
  EXPECT_EQ(number_after({100, "9223372036854775807"}).value(), INT64_MAX);
  for (const char* wrong : {"-1", "1 ", " 1", "+1", "0x1", "9223372036854775808"}) {
    const auto read = number_after({100, wrong});
    ASSERT_TRUE(read.has_error()) << wrong;
    EXPECT_THAT(read.error().detail, HasSubstr(wrong));
  }
}

}  // namespace
}  // namespace licaudit::api
