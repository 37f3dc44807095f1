#include "billing/charge.hpp"
#include "tests/billing/world.hpp"

#include <gtest/gtest.h>

using namespace licaudit;
using namespace licaudit::billing;
using namespace licaudit::billing::testing;

namespace {

constexpr basis acquired_peak{basis::quantity::acquired, basis::moment::peak};
constexpr basis peak{basis::quantity::calculated, basis::moment::peak};
constexpr basis last{basis::quantity::calculated, basis::moment::last};
constexpr basis average{basis::quantity::calculated, basis::moment::average};

}  // namespace

TEST(charge, ten_fourteen_nine_charges_fourteen_and_the_next_month_starts_at_nine) {
  const series orders{acquired(day(1), 10), acquired(noon(5), 14), acquired(noon(20), 9)};
  const auto this_month = charge_of(orders, acquired_peak, october(), {});
  EXPECT_EQ(this_month.quantity, whole_amount(14));
  EXPECT_EQ(this_month.when, (span{noon(5), noon(20)}));
  const auto next_month = charge_of(orders, acquired_peak, {day(32), day(62)}, {});
  EXPECT_EQ(next_month.quantity, whole_amount(9));
  EXPECT_EQ(next_month.when.from, day(32));
}

TEST(charge, an_order_dropped_within_the_hour_is_charged_all_the_same) {
  const series orders{acquired(day(1), 10), acquired(noon(5), 14), acquired(noon(5) + std::chrono::minutes(30), 9)};
  EXPECT_EQ(charge_of(orders, acquired_peak, october(), {}).quantity, whole_amount(14));
}

TEST(charge, the_value_in_force_when_the_month_begins_belongs_to_it) {
  const series values{licensed(day(-3), 20), licensed(noon(2), 5)};
  const auto made = charge_of(values, peak, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(20));
  EXPECT_EQ(made.when, (span{day(1), noon(2)}));
  EXPECT_EQ(made.observed_from, day(1));
}

TEST(charge, a_peak_that_came_twice_is_dated_by_the_first) {
  const series values{licensed(day(1), 5), licensed(day(3), 9), licensed(day(4), 5), licensed(day(8), 9)};
  EXPECT_EQ(charge_of(values, peak, october(), {}).when, (span{day(3), day(4)}));
}

TEST(charge, last_on_a_month_whose_final_days_a_source_was_down_is_the_last_sound_value_and_says_so) {
  const series values{licensed(day(1), 205), licensed(noon(27), 205, tally_state::degraded),
                      licensed(noon(29), 190, tally_state::degraded)};
  const auto made = charge_of(values, last, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(205));
  EXPECT_EQ(made.when, (span{day(1), noon(27)}));
  EXPECT_EQ(made.degraded, (std::vector<span>{{noon(27), day(32)}}));
}

TEST(charge, a_month_without_a_sound_value_bills_the_degraded_one_as_it_stands) {
  const series values{licensed(day(-9), 30, tally_state::degraded), licensed(noon(9), 31, tally_state::degraded)};
  const auto made = charge_of(values, last, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(31));
  EXPECT_EQ(made.degraded, (std::vector<span>{october()}));
}

TEST(charge, what_is_held_is_listed_and_not_billed) {
  const series values{licensed(day(1), 200), licensed(day(10), 1200, tally_state::held), licensed(day(12), 210)};
  const auto made = charge_of(values, peak, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(210));
  EXPECT_EQ(made.held, (std::vector<held_stretch>{{{day(10), day(12)}, 1200}}));
}

TEST(charge, a_month_that_was_held_from_end_to_end_has_no_quantity) {
  const auto made = charge_of({licensed(day(-2), 900, tally_state::held)}, last, october(), {});
  EXPECT_EQ(made.quantity, std::nullopt);
  EXPECT_EQ(made.observed_from, day(1));
}

TEST(charge, last_is_taken_while_the_tenant_was_enabled) {
  const series values{licensed(day(1), 40), licensed(noon(15), 0, tally_state::disabled)};
  EXPECT_EQ(charge_of(values, last, october(), {}).quantity, whole_amount(40));
  EXPECT_EQ(charge_of(values, last, {day(32), day(62)}, {}).quantity, whole_amount(0));
}

TEST(charge, what_was_acquired_stays_on_the_bill_of_a_disabled_tenant) {
  auto value = acquired(day(1), 50);
  value.state = tally_state::disabled;
  EXPECT_EQ(charge_of({value}, {basis::quantity::acquired, basis::moment::last}, october(), {}).quantity,
            whole_amount(50));
}

TEST(charge, an_average_is_weighted_by_the_time_that_was_observed) {
  // 10 for ten days, 20 for one: 120 / 11.
  const series values{licensed(day(21), 10), licensed(day(31), 20)};
  const auto made = charge_of(values, average, october(), {});
  EXPECT_EQ(made.quantity, (amount{10'909'091}));
  EXPECT_EQ(made.observed_from, day(21));
  // Nine of the ten days nobody looked.
  const auto quiet = charge_of(values, average, october(), {{day(22), day(31)}});
  EXPECT_EQ(quiet.quantity, whole_amount(15));
  EXPECT_EQ(quiet.unobserved, (std::vector<span>{{day(22), day(31)}}));
}

TEST(charge, nothing_is_charged_before_a_licence_is_shown_nor_after) {
  auto gone = licensed(day(20), 0);
  gone.shown = false;
  const series values{licensed(day(10), 7), gone};
  const auto made = charge_of(values, last, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(7));
  EXPECT_EQ(made.when, (span{day(10), day(20)}));
  EXPECT_EQ(charge_of(values, last, {day(32), day(62)}, {}), charge{});
}

TEST(charge, the_largest_quantity_over_the_longest_month_does_not_wrap) {
  const series values{licensed(day(-1), 1'000'000'000'000)};
  EXPECT_EQ(charge_of(values, average, october(), {}).quantity, whole_amount(1'000'000'000'000));
}

TEST(charge, what_was_held_and_accepted_is_billed_and_listed) {
  series values{licensed(day(1), 200), licensed(day(10), 1200, tally_state::held), licensed(day(12), 210)};
  accept(values, day(10), 1200);
  const auto made = charge_of(values, peak, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(1200));
  EXPECT_TRUE(made.held.empty());
  EXPECT_EQ(made.accepted, (std::vector<held_stretch>{{{day(10), day(12)}, 1200}}));
}

TEST(charge, a_value_is_accepted_as_long_as_it_stands_and_no_other) {
  series values{licensed(day(-2), 900, tally_state::held), licensed(day(9), 950, tally_state::held)};
  accept(values, day(1), 900);
  const auto made = charge_of(values, last, october(), {});
  EXPECT_EQ(made.quantity, whole_amount(900));
  EXPECT_EQ(made.held, (std::vector<held_stretch>{{{day(9), day(32)}, 950}}));
  accept(values, day(1), 1);
  EXPECT_EQ(charge_of(values, last, october(), {}), made) << "nothing of that quantity is held there";
}

TEST(charge, a_month_in_which_the_clock_goes_back_is_an_hour_longer_and_weighs_it) {
  // October 2026 in London: from 30 September 23:00 to 1 November 00:00 UTC.
  const span london{day(1) - std::chrono::hours(1), day(32)};
  const series values{licensed(london.from, 0), licensed(day(32) - std::chrono::hours(1), 745)};
  EXPECT_EQ(charge_of(values, average, london, {}).quantity, whole_amount(1));
  const span utc = october();
  EXPECT_EQ(charge_of(values, average, utc, {}).quantity, (amount{1'001'344})) << "744 hours";
}
