// Random trees, moves and values, against the plain way: the month hour by hour.
#include "billing/month_book.hpp"
#include "tests/billing/world.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace licaudit;
using namespace licaudit::billing;
using namespace licaudit::billing::testing;

namespace {

constexpr std::size_t hours_of_month = 31 * 24;
constexpr std::size_t hours_before = 24;

/// What the tenants have of their own, and where they stand, at each hour.
struct hourly_world {
  struct hour {
    std::int64_t own = 0;
    bool held = false;
    std::size_t parent = 0;
  };
  std::vector<std::vector<hour>> tenants;  ///< by number; 0 is the root
};

instant at_hour(std::size_t hour) {
  return day(1) + std::chrono::hours(static_cast<std::int64_t>(hour) - static_cast<std::int64_t>(hours_before));
}

class dice {
 public:
  explicit dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  bool once_in(std::size_t times) { return below(times) == 0; }

 private:
  std::mt19937 engine_;
};

/// A parent's number is always the smaller one, so that there is no circle.
hourly_world random_world(dice& roll) {
  hourly_world made;
  made.tenants.resize(2 + roll.below(6));
  for (std::size_t number = 0; number < made.tenants.size(); ++number) {
    hourly_world::hour now;
    for (std::size_t hour = 0; hour < hours_before + hours_of_month; ++hour) {
      if (hour == 0 || roll.once_in(60)) now.own = static_cast<std::int64_t>(roll.below(50));
      if (hour == 0 || roll.once_in(300)) now.parent = number == 0 ? 0 : roll.below(number);
      if (roll.once_in(200)) now.held = number != 0 && !now.held;
      made.tenants[number].push_back(now);
    }
  }
  // Of a parent with trouble of its own while a child has some, the sum cannot tell: see own_share.
  for (const auto& child : made.tenants)
    for (const auto& now : child)
      for (auto& parents : made.tenants[now.parent]) parents.held = false;
  return made;
}

bool is_under(const hourly_world& world, std::size_t number, std::size_t ancestor, std::size_t hour) {
  while (number != ancestor && number != 0) number = world.tenants[number][hour].parent;
  return number == ancestor;
}

tenant_month observed(const hourly_world& world, std::size_t number) {
  tenant_month made;
  made.observed.tenant = std::to_string(number);
  made.month = october();
  series& values = made.observed.licences["ump"];
  for (std::size_t hour = 0; hour < hours_before + hours_of_month; ++hour) {
    auto now = licensed(at_hour(hour), 0);
    for (std::size_t other = number; other < world.tenants.size(); ++other) {
      if (!is_under(world, other, number, hour)) continue;
      now.licensed += world.tenants[other][hour].own;
      if (world.tenants[other][hour].held) now.state = tally_state::held;
    }
    if (values.empty() || values.back().licensed != now.licensed || values.back().state != now.state)
      values.push_back(now);
    const auto parent = number == 0 ? std::string() : std::to_string(world.tenants[number][hour].parent);
    if (made.observed.places.empty() || made.observed.places.back().parent != parent)
      made.observed.places.push_back({now.at, parent});
  }
  return made;
}

/// Of what one tenant has of its own in the hours of one unbroken time under an ancestor.
struct plain_part {
  std::vector<std::int64_t> values;
  [[nodiscard]] std::int64_t charge(basis::moment by) const {
    if (values.empty()) return 0;
    return by == basis::moment::peak ? *std::max_element(values.begin(), values.end()) : values.back();
  }
};

/// The path from a tenant up to the ancestor is what splits a month: each way of standing there is a part of its own.
std::int64_t plain_sum(const hourly_world& world, std::size_t ancestor, basis::moment by) {
  std::int64_t sum = 0;
  for (std::size_t number = ancestor; number < world.tenants.size(); ++number) {
    plain_part part;
    std::vector<std::size_t> before;
    for (std::size_t hour = hours_before; hour <= hours_before + hours_of_month; ++hour) {
      std::vector<std::size_t> path;
      if (hour < hours_before + hours_of_month && is_under(world, number, ancestor, hour))
        for (auto at = number;; at = world.tenants[at][hour].parent) {
          path.push_back(at);
          if (at == ancestor) break;
        }
      if (path != before) {
        sum += part.charge(by);
        part = {};
        before = path;
      }
      if (!path.empty() && !world.tenants[number][hour].held) part.values.push_back(world.tenants[number][hour].own);
    }
  }
  return sum;
}

}  // namespace

TEST(month_book_property, sums_agree_with_the_month_hour_by_hour) {
  const char* scale = std::getenv("LICAUDIT_TEST_SCALE");
  const auto rounds = static_cast<std::uint32_t>(200 * (scale == nullptr ? 1.0 : std::atof(scale)));
  for (std::uint32_t seed = 1; seed <= std::max(rounds, 20U); ++seed) {
    dice roll(seed);
    const auto world = random_world(roll);
    for (const auto by : {basis::moment::peak, basis::moment::last}) {
      std::vector<tenant_month> tenants;
      for (std::size_t number = 0; number < world.tenants.size(); ++number) tenants.push_back(observed(world, number));
      const month_book book(std::move(tenants), {{"ump", {basis::quantity::calculated, by}}}, {});
      const auto bill = book.bill_of("0");
      ASSERT_TRUE(bill && bill->lines.size() == 1) << "seed " << seed;
      EXPECT_EQ(bill->lines.front().charged.quantity, whole_amount(plain_sum(world, 0, by))) << "seed " << seed;
    }
  }
}
