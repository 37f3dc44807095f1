#include "bench/workload.hpp"

#include "bench/plain_loop.hpp"
#include "bench/workload_rules.hpp"

#include <gtest/gtest.h>

#include <set>

namespace licaudit::bench {
namespace {

TEST(workload, is_the_same_for_the_same_seed) {
  const workload one(workload_size::tiny()), other(workload_size::tiny()), third(workload_size::tiny(), 7);
  ASSERT_EQ(one.records().size(), other.records().size());
  bool third_differs = false;
  for (std::size_t i = 0; i < one.records().size(); ++i) {
    EXPECT_EQ(one.subject_of(one.records()[i]), other.subject_of(other.records()[i]));
    third_differs = third_differs || !(one.subject_of(one.records()[i]) == third.subject_of(third.records()[i]));
  }
  EXPECT_TRUE(third_differs);
}

TEST(workload, has_heavy_tailed_tenants_and_unique_line_uris) {
  const auto sizes = tenant_sizes(1000000, 10000);
  EXPECT_GT(sizes.front(), 12000u);
  EXPECT_LT(sizes[5000], 80u);
  const workload all(workload_size::tiny());
  EXPECT_EQ(all.distinct(field::line_uri), all.users());
}

TEST(workload, applies_its_change_set) {
  const workload all({2000, 400, 20, 50});
  EXPECT_EQ(all.changes().size(), 50u);
  const auto changed = records_with_changes(all);
  EXPECT_EQ(changed.size(), all.records().size()) << "as many arrive as depart";
  std::set<std::string_view> before, after;
  for (const auto& one : all.records()) before.insert(one.id);
  for (const auto& one : changed) after.insert(one.id);
  std::size_t arrived = 0;
  for (const auto& id : after) arrived += before.count(id) == 0 ? 1 : 0;
  EXPECT_EQ(arrived, 10u);
}

TEST(plain_loop, counts_every_user_once_a_licence) {
  const workload all(workload_size::tiny());
  const auto counts = plain_loop(all, workload_rules()).run(all.records(), {});
  std::int64_t configured_for_routing = 0;
  for (std::size_t tenant = 0; tenant < all.tenants().size(); ++tenant) {
    configured_for_routing += counts[tenant * 12 + 8].n2;
    for (std::size_t i = 0; i < 12; ++i) EXPECT_LE(counts[tenant * 12 + i].n1, counts[tenant * 12 + i].n2);
  }
  EXPECT_EQ(configured_for_routing, static_cast<std::int64_t>(all.users()));
}

}  // namespace
}  // namespace licaudit::bench
