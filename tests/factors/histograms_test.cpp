// What is kept of each tenant's masks, and where each lane's begin.
#include "factors/histograms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace licaudit::factors {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr lane_mask_number in_lane(std::uint32_t lane, std::uint32_t place) {
  return lane << place_bits | place;
}

std::vector<lane_mask_number> numbers(std::span<const histograms::bar> bars) {
  std::vector<lane_mask_number> all;
  for (const auto& one : bars) all.push_back(one.of);
  return all;
}

TEST(histograms, drop_a_bar_with_its_last_subject) {
  histograms all(1);
  all.resize(2);
  all.add(1, 4, {1, 0});
  all.add(1, 4, {1, 5});
  all.add(1, 9, {1, 2});
  ASSERT_EQ(all.of(1).size(), 2U);
  EXPECT_EQ(all.of(1).front().units, 5U);
  EXPECT_EQ(all.of(1).front().subjects, 2U);
  all.add(1, 4, -histograms::heap{1, 5});
  all.add(1, 9, -histograms::heap{1, 2});
  ASSERT_EQ(all.of(1).size(), 1U);
  EXPECT_EQ(all.of(1).front().units, 0U);
  all.add(1, 4, -histograms::heap{1, 0});
  EXPECT_THAT(all.of(1), IsEmpty());
  EXPECT_THAT(all.of(0), IsEmpty());
}

TEST(histograms, know_where_the_bars_of_each_lane_are) {
  histograms all(4);
  all.resize(3);
  for (const auto of : {in_lane(2, 7), in_lane(0, 1), in_lane(2, 0), in_lane(0, 1)}) all.add(1, of, {2, 3});
  EXPECT_THAT(numbers(all.of(1)), ElementsAre(in_lane(0, 1), in_lane(2, 0), in_lane(2, 7)));
  EXPECT_EQ(all.of(1, 0).front().subjects, 4U);
  EXPECT_THAT(all.of(1, 1), IsEmpty());
  EXPECT_THAT(numbers(all.of(1, 2)), ElementsAre(in_lane(2, 0), in_lane(2, 7)));
  EXPECT_THAT(all.of(1, 3), IsEmpty());
  EXPECT_THAT(numbers(all.of(1, 1, 4)), ElementsAre(in_lane(2, 0), in_lane(2, 7)));
  const std::vector<histograms::bar> others{{in_lane(1, 2), 1, 1}, {in_lane(3, 0), 1, 1}};
  all.assign(1, others);
  EXPECT_THAT(all.of(1, 0), IsEmpty());
  EXPECT_THAT(numbers(all.of(1, 1)), ElementsAre(in_lane(1, 2)));
  EXPECT_THAT(numbers(all.of(1, 3)), ElementsAre(in_lane(3, 0)));
  all.assign(1, {});
  EXPECT_THAT(all.of(1, 0, 4), IsEmpty());
}

TEST(histograms, of_many_tenants_are_what_was_added_and_not_taken_away) {
  constexpr std::uint32_t lanes = 5, places = 40, tenants = 3;
  histograms all(lanes);
  all.resize(tenants);
  std::vector<std::map<lane_mask_number, std::vector<std::uint64_t>>> expected(tenants);
  std::mt19937 engine(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  const auto below = [&engine](std::uint32_t end) {
    return std::uniform_int_distribution<std::uint32_t>(0, end - 1)(engine);
  };
  for (int i = 0; i < 20000; ++i) {
    const auto tenant = below(tenants);
    const auto of = in_lane(below(lanes), below(places));
    auto& known = expected[tenant][of];
    if (below(2) == 0 || known.empty()) {
      known.push_back(below(100));
      all.add(tenant, of, {1, known.back()});
    } else {
      all.add(tenant, of, -histograms::heap{1, known.back()});
      known.pop_back();
    }
    if (known.empty()) expected[tenant].erase(of);
  }
  for (std::uint32_t tenant = 0; tenant < tenants; ++tenant)
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      std::map<lane_mask_number, std::pair<std::size_t, std::uint64_t>> found, wanted;
      for (const auto& one : all.of(tenant, lane)) found[one.of] = {one.subjects, one.units};
      for (const auto& [of, units] : expected[tenant])
        if (lane_of(of) == lane) {
          wanted[of].first = units.size();
          for (const auto one : units) wanted[of].second += one;
        }
      EXPECT_EQ(found, wanted) << tenant << ' ' << lane;
    }
}

TEST(histograms, units_may_overflow_and_come_back) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  histograms all(1);
  all.resize(1);
  all.add(0, 1, {1, 5});
  for (int i = 0; i < 4; ++i) all.add(0, 1, {1, most});
  for (int i = 0; i < 4; ++i) all.add(0, 1, -histograms::heap{1, most});
  EXPECT_EQ(all.of(0).front().units, 5U);
  EXPECT_EQ(all.of(0).front().subjects, 1U);
}

}  // namespace
}  // namespace licaudit::factors
