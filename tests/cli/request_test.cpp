#include "cli/request.hpp"

#include <gtest/gtest.h>

namespace licaudit::cli {

TEST(request, writes_a_subject_id_as_one_segment) {
  EXPECT_EQ(
      target_builder("tenants").segment("contoso").segment("numbers").segment("CustDialPlan/+442079460100").text(),
      "/v1/tenants/contoso/numbers/CustDialPlan%2F%2B442079460100");
  EXPECT_EQ(target_builder("tenants").segment("t").segment("users").segment("zoë?#%").text(),
            "/v1/tenants/t/users/zo%C3%AB%3F%23%25");
}

TEST(request, leaves_out_queries_without_a_value) {
  EXPECT_EQ(target_builder("tenants").query("type", "").query("search", "a b&c").query("limit", "1000").text(),
            "/v1/tenants?search=a%20b%26c&limit=1000");
}

}  // namespace licaudit::cli
