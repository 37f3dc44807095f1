#include "daemon/api/kept_pages.hpp"

#include "daemon/api/licence_page.hpp"
#include "sample_house.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

class kept_pages_test : public testing::Test {
 protected:
  std::shared_ptr<const std::string> page(const char* tenant = "contoso", bool names = false) {
    return kept.licence_page_of(seen, *seen->find(tenant), names, now);
  }

  instant now = sample_now;
  std::shared_ptr<const audit::view> seen = sample_view();
  kept_pages kept;
};

TEST_F(kept_pages_test, writes_a_page_once_for_a_view) {
  const auto first = page();
  EXPECT_EQ(*first, licence_page(*seen, *seen->find("contoso"), false, now));
  EXPECT_EQ(page(), first);
}

TEST_F(kept_pages_test, writes_a_page_again_when_an_acknowledgement_on_it_is_over) {
  finding one;
  one.kind = "over-use";
  one.acknowledged = acknowledgement{now + std::chrono::hours(1), "north", "ordered"};
  const auto all = sample_view();
  const auto of = std::make_shared<audit::tenant_view>(*all->find("contoso"));
  of->findings.push_back(one);
  all->tenants["contoso"] = of;
  seen = all;
  const auto first = page();
  EXPECT_NE(first->find("ordered"), std::string::npos);
  now += std::chrono::minutes(59);
  EXPECT_EQ(page(), first);
  now += std::chrono::minutes(1);
  EXPECT_EQ(page()->find("acknowledged"), std::string::npos) << "without a new view and without a restart";
  now += std::chrono::hours(1);
  EXPECT_EQ(page(), page());
}

TEST_F(kept_pages_test, keeps_tenants_apart_and_who_may_see_names) {
  const auto contoso = page();
  EXPECT_NE(page("fabrikam"), contoso);
  EXPECT_NE(page("contoso", true), contoso);
  EXPECT_EQ(page(), contoso);
}

TEST_F(kept_pages_test, writes_anew_after_a_commit_and_keeps_the_old_view_no_longer) {
  const auto before = page();
  const std::weak_ptr<const audit::view> old = seen;
  auto next = sample_view();
  next->pending = next->rules;
  seen = next;
  EXPECT_TRUE(old.expired());
  EXPECT_NE(*page(), *before);
  EXPECT_EQ(*page(), licence_page(*seen, *seen->find("contoso"), false, now));
}

TEST_F(kept_pages_test, holds_no_more_bytes_than_it_may) {
  kept = kept_pages(page()->capacity() * 3 / 2);
  const std::weak_ptr<const std::string> first = page();
  EXPECT_FALSE(first.expired());
  (void)page("fabrikam");
  EXPECT_TRUE(first.expired());
  kept = kept_pages(10);
  const std::weak_ptr<const std::string> too_large = page();
  EXPECT_TRUE(too_large.expired());
}

}  // namespace
}  // namespace licaudit::api
