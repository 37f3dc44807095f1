// Random trees, moves, counts, purchases, holds and acceptances, against the plain way: a short month minute by minute.
#include "billing/month_book.hpp"
#include "tests/billing/world.hpp"
#include "tests/scale.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace licaudit;
using namespace licaudit::billing;
using namespace licaudit::billing::testing;

namespace {

constexpr std::size_t minutes_of_month = 180;
constexpr std::size_t minutes_before = 15;
constexpr std::size_t minutes_of_world = minutes_before + minutes_of_month;

/// What the tenants have of their own, and where they stand, at each minute.
struct plain_world {
  struct minute {
    std::int64_t counted = 0, bought = 0;
    bool held = false, accepted = false;
    std::size_t parent = 0;
  };
  std::vector<std::vector<minute>> tenants;        ///< by number; 0 is the root
  std::vector<std::vector<acceptance>> decisions;  ///< likewise
};

instant at_minute(std::size_t minute) {
  return day(1) + std::chrono::minutes(static_cast<std::int64_t>(minute) - static_cast<std::int64_t>(minutes_before));
}

class dice {
 public:
  explicit dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  bool once_in(std::size_t times) { return below(times) == 0; }

 private:
  std::mt19937 engine_;
};

/// Some of the values that are held within the month are accepted, each from its first minute there on.
void accept_some(dice& roll, plain_world& world, std::size_t number) {
  auto& minutes = world.tenants[number];
  for (std::size_t at = minutes_before; at < minutes.size(); ++at) {
    const auto& now = minutes[at];
    const bool begins =
        now.held && (at == minutes_before || !minutes[at - 1].held || minutes[at - 1].counted != now.counted);
    if (!begins || !roll.once_in(2)) continue;
    world.decisions[number].push_back({"ump", at_minute(at), now.counted});
    const auto quantity = now.counted;
    for (auto on = at; on < minutes.size() && minutes[on].held && minutes[on].counted == quantity; ++on)
      minutes[on].accepted = true;
  }
}

/// A parent's number is always the smaller one, so that there is no circle.
plain_world random_world(dice& roll) {
  plain_world made;
  made.tenants.resize(2 + roll.below(5));
  made.decisions.resize(made.tenants.size());
  for (std::size_t number = 0; number < made.tenants.size(); ++number) {
    plain_world::minute now;
    for (std::size_t at = 0; at < minutes_of_world; ++at) {
      if (at == 0 || roll.once_in(20)) now.counted = static_cast<std::int64_t>(roll.below(50));
      if (at == 0 || roll.once_in(40)) now.bought = static_cast<std::int64_t>(roll.below(50));
      if (at == 0 || roll.once_in(90)) now.parent = number == 0 ? 0 : roll.below(number);
      if (roll.once_in(40)) now.held = number != 0 && !now.held;
      made.tenants[number].push_back(now);
    }
  }
  // Of a parent with trouble of its own while a child has some, the sum cannot tell: see own_share.
  for (const auto& child : made.tenants)
    for (const auto& now : child)
      for (auto& parent : made.tenants[now.parent]) parent.held = false;
  for (std::size_t number = 1; number < made.tenants.size(); ++number) accept_some(roll, made, number);
  return made;
}

bool is_under(const plain_world& world, std::size_t number, std::size_t ancestor, std::size_t at) {
  while (number != ancestor && number != 0) number = world.tenants[number][at].parent;
  return number == ancestor;
}

/// What all that stand under one have together at a minute.
plain_world::minute together(const plain_world& world, std::size_t number, std::size_t at) {
  plain_world::minute sum;
  for (std::size_t other = number; other < world.tenants.size(); ++other) {
    if (!is_under(world, other, number, at)) continue;
    const auto& one = world.tenants[other][at];
    sum.counted += one.counted;
    sum.bought += one.bought;
    sum.held = sum.held || one.held;
    sum.accepted = sum.accepted || (one.held && !one.accepted);  // here: something in it is still held
  }
  return sum;
}

tenant_month observed(const plain_world& world, std::size_t number) {
  tenant_month made;
  made.observed.tenant = std::to_string(number);
  made.month = {at_minute(minutes_before), at_minute(minutes_of_world)};
  made.accepted = world.decisions[number];
  series& values = made.observed.licences["ump"];
  for (std::size_t at = 0; at < minutes_of_world; ++at) {
    const auto sum = together(world, number, at);
    auto now = licensed(at_minute(at), sum.counted, sum.held ? tally_state::held : tally_state::ok);
    now.acquired = sum.bought;
    if (values.empty() || !values.back().says_the_same(now)) values.push_back(now);
    const auto parent = number == 0 ? std::string() : std::to_string(world.tenants[number][at].parent);
    if (made.observed.places.empty() || made.observed.places.back().parent != parent)
      made.observed.places.push_back({now.at, parent});
  }
  return made;
}

/// What can be billed of one tenant in the minutes of one unbroken time under an ancestor.
struct plain_part {
  std::vector<std::int64_t> values;

  /// `whole`: how many such minutes its month has.
  [[nodiscard]] std::int64_t millionths(basis::moment by, std::int64_t whole) const {
    if (values.empty()) return 0;
    std::int64_t sum = 0;
    for (const auto one : values) sum += one;
    if (by == basis::moment::average) return (2 * sum * millionths_of_one + whole) / (2 * whole);
    const auto one = by == basis::moment::peak ? *std::max_element(values.begin(), values.end()) : values.back();
    return one * millionths_of_one;
  }
};

std::optional<std::int64_t> billable(const plain_world::minute& now, basis how) {
  if (how.of == basis::quantity::acquired) return now.bought;
  return now.held && !now.accepted ? std::nullopt : std::optional(now.counted);
}

std::int64_t billable_minutes(const plain_world& world, std::size_t number, basis how) {
  std::int64_t found = 0;
  for (auto at = minutes_before; at < minutes_of_world; ++at)
    if (billable(world.tenants[number][at], how)) ++found;
  return found;
}

/// The path from a tenant up to the ancestor is what splits a month: each way of standing there is a part of its own.
amount plain_sum(const plain_world& world, std::size_t ancestor, basis how) {
  std::int64_t sum = 0;
  for (std::size_t number = ancestor; number < world.tenants.size(); ++number) {
    const auto whole = billable_minutes(world, number, how);
    plain_part part;
    std::vector<std::size_t> before;
    for (auto at = minutes_before; at <= minutes_of_world; ++at) {
      std::vector<std::size_t> path;
      if (at < minutes_of_world && is_under(world, number, ancestor, at))
        for (auto above = number;; above = world.tenants[above][at].parent) {
          path.push_back(above);
          if (above == ancestor) break;
        }
      if (path != before) {
        sum += part.millionths(how.by, whole);
        part = {};
        before = path;
      }
      if (path.empty()) continue;
      if (const auto value = billable(world.tenants[number][at], how)) part.values.push_back(*value);
    }
  }
  return {sum};
}

/// The most that all had at one minute in which nothing of it waited for acceptance.
std::optional<amount> plain_peak_of_all(const plain_world& world) {
  std::optional<amount> highest;
  for (auto at = minutes_before; at < minutes_of_world; ++at) {
    const auto sum = together(world, 0, at);
    if (!sum.accepted) highest = std::max(highest.value_or(amount{}), whole_amount(sum.counted));
  }
  return highest;
}

bill_line line_of_root(const plain_world& world, basis how) {
  std::vector<tenant_month> tenants;
  for (std::size_t number = 0; number < world.tenants.size(); ++number) tenants.push_back(observed(world, number));
  const auto bill = month_book(std::move(tenants), {{"ump", how}}, {}).bill_of("0");
  return bill && bill->lines.size() == 1 ? bill->lines.front() : bill_line();
}

}  // namespace

TEST(month_book_property, sums_agree_with_the_month_minute_by_minute) {
  const std::vector<basis> all{{basis::quantity::calculated, basis::moment::peak},
                               {basis::quantity::calculated, basis::moment::last},
                               {basis::quantity::calculated, basis::moment::average},
                               {basis::quantity::acquired, basis::moment::peak},
                               {basis::quantity::acquired, basis::moment::last}};
  const auto rounds = std::max<std::size_t>(scaled(10'000), 100);
  for (std::uint32_t seed = 1; seed <= rounds; ++seed) {
    dice roll(seed);
    const auto world = random_world(roll);
    const auto how = all[seed % all.size()];
    const auto line = line_of_root(world, how);
    ASSERT_EQ(line.charged.quantity, plain_sum(world, 0, how)) << "seed " << seed;
    ASSERT_TRUE(line.peak_of_sum) << "seed " << seed;
    if (how.of == basis::quantity::calculated) {
      ASSERT_EQ(line.peak_of_sum->quantity, plain_peak_of_all(world)) << "seed " << seed;
    }
  }
}
