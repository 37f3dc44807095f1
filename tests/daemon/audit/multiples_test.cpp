// Licences that are sold in multiples: `lines` of the shop, five at a time, out of a pool.
#include "tests/daemon/audit/shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::HasSubstr;

TEST(multiples, that_fit_are_ordered) {
  shop s;
  EXPECT_EQ(s.order("contoso", "lines", 10), "");
  EXPECT_EQ(s.order("contoso", "lines", 5), "");
  EXPECT_EQ(s.order("contoso", "lines", -15), "");
  EXPECT_EQ(s.acquired("contoso", "lines"), 0);
}

TEST(multiples, that_do_not_fit_are_refused_with_the_nearest_that_do) {
  shop s;
  EXPECT_EQ(s.order("contoso", "lines", 12),
            "lines is sold in multiples of 5, and 12 is none: 10 is possible, stage 2 fewer; 15 is possible, stage 3 "
            "more");
  EXPECT_EQ(s.acquired("contoso", "lines"), std::nullopt);
  ASSERT_EQ(s.order("contoso", "lines", 10), "");
  EXPECT_EQ(s.order("contoso", "lines", -1),
            "lines is sold in multiples of 5, and 9 is none: 5 is possible, stage 4 fewer; 10 is possible, stage 1 "
            "more");
}

TEST(multiples, that_would_be_refused_as_well_say_why) {
  shop s(R"({"lines":20})");
  ASSERT_EQ(s.order("alpha", "lines", 10), "");
  EXPECT_THAT(s.order("beta", "lines", 12),
              HasSubstr("12 is none: 10 is possible, stage 2 fewer; 15 is not possible either ("));
  std::vector<subject> users;
  for (int i = 0; i < 8; ++i) users.push_back(user("alpha", "u" + std::to_string(i), R"({"lines":"yes"})"));
  s.give("plans", users);
  EXPECT_EQ(s.order("alpha", "lines", -3),
            "lines is sold in multiples of 5, and 7 is none: 5 is not possible either (8 of lines are licensed: free 3 "
            "first, or keep 10); 10 is possible, stage 3 more");
  EXPECT_EQ(s.order("alpha", "lines", -5), "8 of lines are licensed: free 3 first, or keep 10");
}

/// What a record says is what was agreed elsewhere.
TEST(multiples, are_no_matter_of_records_and_the_next_order_leads_to_one) {
  shop s;
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider"})",
                  R"({"id":"contoso","name":"C","parent":"host","service":"s","acquired":{"lines":7}})"});
  EXPECT_EQ(s.acquired("contoso", "lines"), 7);
  EXPECT_EQ(s.order("contoso", "lines", 5),
            "lines is sold in multiples of 5, and 12 is none: 10 is possible, stage 2 fewer; 15 is possible, stage 3 "
            "more");
  EXPECT_EQ(s.order("contoso", "lines", 3), "");
  EXPECT_EQ(s.acquired("contoso", "lines"), 10);
}

TEST(multiples, at_the_edge_of_quantities_have_one_neighbour) {
  shop s;
  EXPECT_EQ(s.order("contoso", "lines", 999'999'999'999),
            "lines is sold in multiples of 5, and 999999999999 is none: 999999999995 is possible, stage 4 fewer; "
            "1000000000000 is possible, stage 1 more");
}

}  // namespace licaudit::audit
