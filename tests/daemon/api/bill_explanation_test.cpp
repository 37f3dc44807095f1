#include "daemon/api/bill_explanation.hpp"

#include "daemon/audit/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using billing::basis;
using testing::ElementsAre;

instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

const time_zone london = time_zone::find("Europe/London").value();
// The month in which the clocks go back.
const billing::span october{at("2026-09-30T23:00:00Z"), at("2026-11-01T00:00:00Z")};

billing::bill_line line(basis::moment by) {
  billing::bill_line made;
  made.how.by = by;
  made.when = october;
  made.charged.quantity = whole_amount(14);
  made.charged.when = {at("2026-10-05T11:00:00Z"), at("2026-10-30T12:00:00Z")};
  made.charged.sequence = 4711;
  made.charged.observed_from = october.from;
  return made;
}

TEST(explain_bill, says_when_the_value_was_in_force_on_the_clock_of_the_tenant) {
  calculation_cause cause;
  cause.kind = "sync";
  cause.source = "teams";
  EXPECT_THAT(explain(line(basis::moment::peak), october, london, &cause).front(),
              testing::EndsWith(", calculation 4711 (" + audit::describe(cause, nullptr) + ")."));
  EXPECT_THAT(explain(line(basis::moment::peak), october, london),
              ElementsAre("The highest licensed quantity, in force from 2026-10-05 12:00 BST to 2026-10-30 12:00 GMT, "
                          "calculation 4711."));
}

TEST(explain_bill, a_value_that_still_holds_in_a_running_month_has_no_end_yet) {
  auto one = line(basis::moment::peak);
  const billing::span so_far{october.from, one.charged.when.until};
  one.when = so_far;
  EXPECT_THAT(explain(one, so_far, london, nullptr, true),
              ElementsAre("The highest licensed quantity, in force since 2026-10-05 12:00 BST, calculation 4711."));
  one.charged.when.until = at("2026-10-06T11:00:00Z");
  EXPECT_THAT(explain(one, so_far, london, nullptr, true).front(), testing::HasSubstr("to 2026-10-06 12:00 BST"));
}

TEST(explain_bill, says_what_is_not_as_it_should_be) {
  auto one = line(basis::moment::last);
  one.charged.observed_from = at("2026-10-02T00:00:00Z");
  one.charged.unobserved = {{at("2026-10-03T00:00:00Z"), at("2026-10-04T00:00:00Z")}};
  one.charged.degraded = {{at("2026-10-30T12:00:00Z"), october.until}};
  one.charged.held = {{{at("2026-10-10T00:00:00Z"), at("2026-10-11T00:00:00Z")}, 900}};
  EXPECT_THAT(
      explain(one, october, london),
      ElementsAre("The last sound licensed quantity, in force from 2026-10-05 12:00 BST to 2026-10-30 12:00 GMT, "
                  "calculation 4711.",
                  "Observed from 2026-10-02 01:00 BST on.",
                  "Not observed from 2026-10-03 01:00 BST to 2026-10-04 01:00 BST: the value before it was "
                  "carried on.",
                  "Degraded from 2026-10-30 12:00 GMT to 2026-11-01 00:00 GMT: counted over the last good "
                  "inventory.",
                  "Held and not billed from 2026-10-10 01:00 BST to 2026-10-11 01:00 BST: 900."));
}

TEST(explain_bill, says_under_whom_a_part_of_the_month_was) {
  auto one = line(basis::moment::average);
  one.parent = "north";
  one.when.until = at("2026-10-15T00:00:00Z");
  one.charged.when = one.when;
  EXPECT_THAT(
      explain(one, october, london),
      ElementsAre("The average licensed quantity over the observed time from 2026-10-01 00:00 BST to 2026-10-15 "
                  "01:00 BST.",
                  "The part of the month under north, from 2026-10-01 00:00 BST to 2026-10-15 01:00 BST."));
}

TEST(explain_bill, tells_the_peak_of_the_sum_from_the_sum_of_the_peaks) {
  auto one = line(basis::moment::peak);
  one.charged.sequence = 0;
  one.peak_of_sum = line(basis::moment::peak).charged;
  one.not_billable = {"b", "c"};
  EXPECT_THAT(explain(one, october, london),
              ElementsAre("The sum of what each tenant under it comes to, and of its own.",
                          "All of them together had at most 14, from 2026-10-05 12:00 BST.",
                          "Not in it, because nothing of them can be billed yet: b, c."));
}

TEST(explain_bill, says_that_nothing_can_be_billed) {
  auto one = line(basis::moment::last);
  one.charged.quantity.reset();
  EXPECT_THAT(explain(one, october, london),
              ElementsAre("Nothing can be billed: all that was counted is held and waits for acceptance."));
}

}  // namespace
}  // namespace licaudit::api
