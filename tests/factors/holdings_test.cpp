#include "world.hpp"

#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using testing::site_of;
using testing::subject_of;
using testing::tenant_of;

std::vector<std::string> ids(const std::vector<const factor*>& factors) {
  std::vector<std::string> found;
  for (const auto* one : factors) found.push_back(one->id);
  return found;
}

TEST(holdings, says_who_holds_what_and_who_would) {
  const auto all = compiled_rules(testing::ump_set());
  const auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1")});
  const std::vector<subject> subjects{
      subject_of("contoso", subject_kind::user, "ann", {{"pstn_gateway", {"sbc1"}}, {"lifecycle_template", {"std"}}}),
      subject_of("contoso", subject_kind::user, "ben", {{"pstn_gateway", {"other"}}}),
      subject_of("contoso", subject_kind::user, "nobody", {}),
      subject_of("contoso", subject_kind::number, "P/+1", {{"tag", {"sbc1"}}}),
  };
  const auto on = [](const licence&, const factor& which) { return which.id != "direct-routing"; };
  const auto found = holdings(*all, contoso, {}, on, subjects);
  using list = std::vector<std::string>;
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].subject, 0U);
  EXPECT_EQ(found[0].of_licence, all->set().find("ump"));
  EXPECT_EQ(found[0].holder, all->set().find("ump", "lifecycle-management"));
  EXPECT_EQ(ids(found[0].configured), (list{"direct-routing", "lifecycle-management"}));
  EXPECT_EQ(ids(found[0].eligible), (list{"direct-routing", "lifecycle-management"}));
  EXPECT_EQ(found[1].subject, 1U);
  EXPECT_EQ(found[1].holder, nullptr);
  EXPECT_EQ(ids(found[1].configured), (list{"direct-routing"}));
  EXPECT_TRUE(found[1].eligible.empty());
  EXPECT_EQ(found[2].subject, 3U);
  EXPECT_EQ(found[2].holder, nullptr);
  EXPECT_EQ(ids(found[2].configured), (list{"service-numbers"}));
}

TEST(holdings, follows_the_instant_for_former_gateways) {
  const auto all = compiled_rules(testing::ump_set());
  auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "new")});
  contoso.sites.front().former_gateways.push_back({"old", from_milliseconds(1000)});
  const std::vector<subject> subjects{subject_of("contoso", subject_kind::user, "ann", {{"pstn_gateway", {"old"}}})};
  const auto on = [](const licence&, const factor&) { return true; };
  EXPECT_NE(holdings(*all, contoso, from_milliseconds(999), on, subjects).at(0).holder, nullptr);
  EXPECT_EQ(holdings(*all, contoso, from_milliseconds(1000), on, subjects).at(0).holder, nullptr);
}

TEST(holdings, knows_fields_that_only_the_tenants_own_criteria_read) {
  const auto all = compiled_rules(testing::ump_set());
  auto contoso = tenant_of("contoso", "direct-routing-pro", {site_of("London", "sbc1")});
  contoso.criteria["ump/direct-routing"].match = criteria{{{{"department", "regex", "^sales$", {}}}, "", false}};
  const std::vector<subject> subjects{
      subject_of("contoso", subject_kind::user, "ann", {{"pstn_gateway", {"x"}}, {"department", {"sales"}}})};
  const auto on = [](const licence&, const factor&) { return true; };
  EXPECT_NE(holdings(*all, contoso, {}, on, subjects).at(0).holder, nullptr);
}

}  // namespace
}  // namespace licaudit::factors
