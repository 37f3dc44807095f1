#include "daemon/api/kept_checks.hpp"

#include "daemon/api/licence_check.hpp"
#include "tests/daemon/api/sold_licences.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

class kept_checks_test : public testing::Test {
 protected:
  kept_checks_test() { sell(*seen); }
  std::shared_ptr<const std::string> check(const char* licence = "ump", std::int64_t quantity = 1,
                                           const char* tenant = "contoso") {
    return kept.answer_to(seen, *seen->find(tenant), licence, quantity, now);
  }
  [[nodiscard]] std::string written(const char* licence, bool allowed) const {
    const auto& of = *seen->find("contoso");
    return check_answer(*seen, of, licence, licence_bound_of(*seen, of, licence, now), allowed);
  }

  instant now = sample_now;
  std::shared_ptr<audit::view> seen = sample_view();
  kept_checks kept;
};

TEST_F(kept_checks_test, writes_an_answer_once_for_a_view) {
  const auto first = check();
  EXPECT_EQ(*first, written("ump", true));
  EXPECT_EQ(check(), first);
  EXPECT_EQ(check("ump", 300), first) << "300 more are free";
}

TEST_F(kept_checks_test, differ_by_quantity_and_there_are_two_however_many_quantities_are_asked_for) {
  const auto yes = check("ump", 300);
  const auto no = check("ump", 301);
  EXPECT_EQ(*yes, written("ump", true));
  EXPECT_EQ(*no, written("ump", false));
  for (std::int64_t quantity = 1; quantity <= 1'000; ++quantity)
    EXPECT_EQ(check("ump", quantity), quantity <= 300 ? yes : no);
  EXPECT_EQ(check("ump", std::int64_t{1'000'000'000'000}), no);
}

TEST_F(kept_checks_test, keeps_tenants_and_licences_apart) {
  const auto ump = check();
  EXPECT_NE(*check("agents"), *ump);
  EXPECT_NE(check("ump", 1, "fabrikam"), ump);
  EXPECT_EQ(check(), ump);
}

TEST_F(kept_checks_test, writes_anew_after_a_commit_and_keeps_the_old_view_no_longer) {
  EXPECT_THAT(*check("ump", 300), HasSubstr(R"("allowed":true,"available":300)"));
  const std::weak_ptr<const audit::view> old = seen;
  seen = std::make_shared<audit::view>(*seen);
  tally_of(change_tenant(*seen, "contoso"), "ump").licensed = 201;
  EXPECT_TRUE(old.expired());
  EXPECT_THAT(*check("ump", 300), HasSubstr(R"("allowed":false,"available":299)"));
}

TEST_F(kept_checks_test, writes_anew_after_a_commit_that_changed_only_a_pool_above) {
  auto& contoso = change_tenant(*seen, "contoso");
  tally_of(contoso, "agents").acquired = 60;
  const auto before = check("agents");
  EXPECT_THAT(*before, HasSubstr(R"("available":20)"));
  seen = std::make_shared<audit::view>(*seen);
  auto& albion = change_tenant(*seen, "albion");
  albion.pools.push_back({"agents", {pool_kind::units, 100, 60}});
  tally_of(albion, "agents").licensed = 98;
  EXPECT_EQ(seen->find("contoso"), &contoso) << "an unchanged tenant keeps its object";
  EXPECT_THAT(*check("agents"), HasSubstr(R"("available":2)"));
}

TEST_F(kept_checks_test, writes_anew_when_the_period_of_the_limit_is_over) {
  auto& contoso = change_tenant(*seen, "contoso");
  contoso.decided.change().limits["speech-to-text"] = 0;
  tally_of(contoso, "speech-to-text").licensed = 5'000;
  const auto first = check("speech-to-text");
  EXPECT_THAT(*first, HasSubstr(R"("until":"2026-12-01T00:00:00.000Z")"));
  now = parse_rfc3339("2026-11-30T23:59:59.999Z").value();
  EXPECT_EQ(check("speech-to-text"), first);
  now = parse_rfc3339("2026-12-01T00:00:00Z").value();
  EXPECT_THAT(*check("speech-to-text"), HasSubstr(R"("allowed":true,"available":5000)")) << "without a commit";
  EXPECT_THAT(*check("speech-to-text", 5'001), HasSubstr(R"("until":"2027-01-01T00:00:00.000Z")"));
  EXPECT_EQ(check("speech-to-text"), check("speech-to-text"));
}

TEST_F(kept_checks_test, has_no_answer_to_a_licence_that_nobody_knows) {
  EXPECT_EQ(check("nothing"), nullptr);
  seen->rules = nullptr;
  EXPECT_NE(check("ump"), nullptr) << "it stands on the page";
}

TEST_F(kept_checks_test, holds_no_more_bytes_than_it_may) {
  kept = kept_checks(2'000);
  std::vector<std::weak_ptr<const std::string>> made;
  for (const char* tenant : {"contoso", "fabrikam", "albion", "northwind", "host"})
    for (const char* licence : {"ump", "agents", "storage"}) made.push_back(check(licence, 1, tenant));
  std::size_t bytes = 0;
  for (const auto& one : made)
    if (const auto there = one.lock()) bytes += there->capacity();
  EXPECT_GT(bytes, 0U);
  EXPECT_LE(bytes, 2'000U);
  kept = kept_checks(10);
  const std::weak_ptr<const std::string> too_large = check();
  EXPECT_TRUE(too_large.expired());
}

}  // namespace
}  // namespace licaudit::api
