#include "billing/month_book.hpp"
#include "tests/billing/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace licaudit;
using namespace licaudit::billing;
using namespace licaudit::billing::testing;

namespace {

const bases by_peak{{"ump", {basis::quantity::calculated, basis::moment::peak}}};
const bases by_average{{"ump", {basis::quantity::calculated, basis::moment::average}}};

bill_line only_line(const std::optional<tenant_bill>& bill) {
  EXPECT_TRUE(bill && bill->lines.size() == 1);
  return bill && !bill->lines.empty() ? bill->lines.front() : bill_line();
}

}  // namespace

TEST(month_book, two_tenants_peaking_on_different_days_are_billed_the_sum_of_their_peaks) {
  const series first{licensed(day(1), 0), licensed(day(5), 100), licensed(day(6), 0)};
  const series second{licensed(day(1), 0), licensed(day(9), 10), licensed(day(10), 0)};
  const series sum{licensed(day(1), 0), licensed(day(5), 100), licensed(day(6), 0), licensed(day(9), 10),
                   licensed(day(10), 0)};
  const month_book book({tenant("host", "", sum), tenant("a", "host", first), tenant("b", "host", second)}, by_peak,
                        {});
  const auto bill = book.bill_of("host");
  ASSERT_TRUE(bill);
  EXPECT_TRUE(bill->aggregated);
  const auto& line = only_line(bill);
  EXPECT_EQ(line.charged.quantity, whole_amount(110));
  ASSERT_TRUE(line.peak_of_sum);
  EXPECT_EQ(line.peak_of_sum->quantity, whole_amount(100));
  EXPECT_EQ(line.peak_of_sum->when, (span{day(5), day(6)}));
}

TEST(month_book, a_tenant_moved_in_mid_month_is_billed_to_each_parent_for_its_part) {
  auto moved = tenant("moved", "north", {licensed(day(1), 30), licensed(day(10), 50), licensed(day(20), 40)});
  moved.observed.places.push_back({day(15), "south"});
  const month_book book(
      {tenant("host", "", {licensed(day(1), 30), licensed(day(10), 50), licensed(day(20), 40)}),
       tenant("north", "host", {licensed(day(1), 30), licensed(day(10), 50), licensed(day(15), 0)}),
       tenant("south", "host", {licensed(day(1), 0), licensed(day(15), 50), licensed(day(20), 40)}), moved},
      by_peak, {});
  const auto own = book.bill_of("moved");
  ASSERT_TRUE(own && own->lines.size() == 2);
  EXPECT_EQ(own->lines[0].parent, "north");
  EXPECT_EQ(own->lines[0].when, (span{day(1), day(15)}));
  EXPECT_EQ(own->lines[1].parent, "south");
  EXPECT_EQ(own->lines[1].when, (span{day(15), day(32)}));
  EXPECT_EQ(only_line(book.bill_of("north")).charged.quantity, whole_amount(50));
  EXPECT_EQ(only_line(book.bill_of("south")).charged.quantity, whole_amount(50));
}

TEST(month_book, the_averages_of_the_parts_add_up_to_that_of_the_month) {
  auto moved = tenant("moved", "north", {licensed(day(1), 31)});
  moved.observed.places.push_back({day(11), "south"});
  const month_book book({tenant("north", "", {licensed(day(1), 31), licensed(day(11), 0)}),
                         tenant("south", "", {licensed(day(1), 0), licensed(day(11), 31)}), moved},
                        by_average, {});
  EXPECT_EQ(only_line(book.bill_of("north")).charged.quantity, whole_amount(10));
  EXPECT_EQ(only_line(book.bill_of("south")).charged.quantity, whole_amount(21));
}

TEST(month_book, what_a_parent_has_of_its_own_is_billed_beside_its_children) {
  const month_book book({tenant("host", "", {licensed(day(1), 12), licensed(day(9), 22)}),
                         tenant("a", "host", {licensed(day(1), 10), licensed(day(9), 20)})},
                        {}, {});
  EXPECT_EQ(only_line(book.bill_of("host")).charged.quantity, whole_amount(22));
}

TEST(month_book, what_a_parent_has_of_its_own_bills_its_last_value_while_it_was_enabled) {
  const month_book book({tenant("host", "", {licensed(day(1), 12), licensed(day(20), 0, tally_state::disabled)}),
                         tenant("a", "host", {licensed(day(1), 10), licensed(day(20), 0, tally_state::disabled)})},
                        {}, {});
  EXPECT_EQ(only_line(book.bill_of("host")).charged.quantity, whole_amount(12));
}

TEST(month_book, who_has_a_pool_is_billed_what_it_acquired_and_not_what_is_handed_out_of_it) {
  const bases pooled{{"ump", {basis::quantity::acquired, basis::moment::peak, true}}};
  // The host hands out of 100: 60 and 30, then 20 and 70, so that the peaks of both sum to 130.
  const month_book book({tenant("root", "", {acquired(day(1), 100)}), tenant("host", "root", {acquired(day(1), 100)}),
                         tenant("a", "host", {acquired(day(1), 60), acquired(day(9), 20)}),
                         tenant("b", "host", {acquired(day(1), 30), acquired(day(9), 70)})},
                        pooled, {});
  const auto line = only_line(book.bill_of("host"));
  EXPECT_EQ(line.charged.quantity, whole_amount(100));
  EXPECT_FALSE(line.peak_of_sum);
  EXPECT_EQ(only_line(book.bill_of("root")).charged.quantity, whole_amount(100));
  EXPECT_EQ(only_line(book.bill_of("b")).charged.quantity, whole_amount(70));
}

TEST(month_book, who_only_sums_up_what_others_acquired_of_a_pool_is_billed_the_sum_of_their_peaks) {
  const bases pooled{{"ump", {basis::quantity::acquired, basis::moment::peak, true}}};
  const month_book book({tenant("host", "", {acquired(day(1), 90), acquired(day(9), 90)}),
                         tenant("a", "host", {acquired(day(1), 60), acquired(day(9), 20)}),
                         tenant("b", "host", {acquired(day(1), 30), acquired(day(9), 70)})},
                        pooled, {});
  EXPECT_EQ(only_line(book.bill_of("host")).charged.quantity, whole_amount(130));
}

TEST(month_book, a_sum_names_the_tenants_of_which_nothing_can_be_billed) {
  const month_book book(
      {tenant("host", "", {licensed(day(1), 910, tally_state::held)}), tenant("a", "host", {licensed(day(1), 10)}),
       tenant("b", "host", {licensed(day(1), 900, tally_state::held)})},
      {}, {});
  const auto& line = only_line(book.bill_of("host"));
  EXPECT_EQ(line.charged.quantity, whole_amount(10));
  EXPECT_THAT(line.not_billable, ::testing::ElementsAre("b"));
}

TEST(month_book, what_was_accepted_of_a_child_shows_in_the_sum) {
  auto child = tenant("b", "host", {licensed(day(1), 900, tally_state::held)});
  child.accepted = {{"ump", day(1), 900}};
  const month_book book({tenant("host", "", {licensed(day(1), 910, tally_state::held)}),
                         tenant("a", "host", {licensed(day(1), 10)}), child},
                        {}, {});
  const auto& line = only_line(book.bill_of("host"));
  EXPECT_EQ(line.charged.quantity, whole_amount(910));
  EXPECT_TRUE(line.not_billable.empty());
  ASSERT_TRUE(line.peak_of_sum);
  EXPECT_EQ(line.peak_of_sum->quantity, whole_amount(910)) << "nothing in it is held any more";
}

TEST(month_book, a_sum_lists_what_is_held_of_its_own) {
  const month_book book(
      {tenant("host", "", {licensed(day(1), 910, tally_state::held)}), tenant("a", "host", {licensed(day(1), 10)})}, {},
      {});
  EXPECT_EQ(only_line(book.bill_of("host")).charged.held, (std::vector<held_stretch>{{october(), 900}}));
}

TEST(month_book, a_bill_says_under_whom_the_tenant_stood_in_the_end) {
  auto moved = tenant("moved", "north", {licensed(day(1), 30)});
  moved.observed.places.push_back({day(15), "south"});
  moved.observed.places.push_back({day(33), "east"});
  EXPECT_EQ(month_book({moved}, {}, {}).bill_of("moved")->parent, "south");
}

TEST(month_book, each_tenant_is_billed_by_the_month_of_its_own_zone) {
  auto east = tenant("east", "host", {licensed(day(1), 1), licensed(noon(31), 99)});
  east.month = {day(1) - std::chrono::hours(14), day(32) - std::chrono::hours(14)};
  const month_book book({tenant("host", "", {licensed(day(1), 1), licensed(noon(31), 99)}), east}, by_peak, {});
  EXPECT_EQ(only_line(book.bill_of("east")).charged.quantity, whole_amount(1));
  EXPECT_EQ(only_line(book.bill_of("host")).charged.quantity, whole_amount(1));
}

TEST(month_book, knows_no_tenant_that_was_not_there) {
  EXPECT_FALSE(month_book({}, {}, {}).bill_of("nobody"));
}
