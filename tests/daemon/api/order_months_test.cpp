#include "daemon/api/order_months.hpp"

#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

observation seen(const char* when, std::int64_t acquired, std::int64_t licensed) {
  return {at(when), 1, acquired, licensed, tally_state::ok, true};
}

/// voice by what it is billed, over a November of which three weeks are gone.
struct november {
  november(const std::string& of, const std::string& by) {
    observed.rules = R"({"licences":[{"id":"voice","title":"V","billing":{"of":")" + of + R"(","by":")" + by +
                     R"("},"factors":[{"id":"f","title":"F","subject":"user","priority":1}]}]})";
    observed_tenant contoso;
    contoso.tenant = "contoso";
    contoso.places.push_back({at("2026-01-01T00:00:00Z"), "host"});
    contoso.licences["voice"] = {seen("2026-10-15T00:00:00Z", 10, 7), seen("2026-11-05T00:00:00Z", 14, 8),
                                 seen("2026-11-11T00:00:00Z", 9, 8)};
    observed.tenants.push_back(contoso);
    question.bill.tenant = "contoso";
    question.bill.month = std::chrono::year(2026) / std::chrono::November;
    question.bill.now = at("2026-11-21T00:00:00Z");
  }
  std::string text(std::int64_t then) {
    question.acquired["voice"] = then;
    const auto effect = month_effects_of(observed, question).at("voice");
    const auto one = [](const std::optional<amount>& value) { return value ? to_text(*value) : "none"; };
    return one(effect.now) + " -> " + one(effect.then);
  }
  ledger::observed_range observed;
  order_question question;
};

TEST(order_months, of_a_peak_change_only_above_it) {
  november month("acquired", "peak");
  EXPECT_EQ(month.text(12), "14 -> 14");
  EXPECT_EQ(month.text(15), "14 -> 15");
  EXPECT_EQ(month.text(0), "14 -> 14") << "a reduction counts from the next month on";
}

TEST(order_months, of_the_last_value_are_that) {
  november month("acquired", "last");
  EXPECT_EQ(month.text(12), "9 -> 12");
}

TEST(order_months, of_an_average_take_what_holds_now_to_last) {
  november month("acquired", "average");
  // 4 days of 10, 6 of 14, 20 of 9; then 10 days of 15 instead of 9.
  EXPECT_EQ(month.text(15), "10.133333 -> 12.133333");
}

TEST(order_months, of_what_is_calculated_do_not_move_by_an_order) {
  november month("calculated", "peak");
  EXPECT_EQ(month.text(100), "8 -> 8");
}

TEST(order_months, count_what_was_held_once_somebody_has_accepted_it) {
  november month("calculated", "peak");
  auto& values = month.observed.tenants.front().licences["voice"];
  values.push_back({at("2026-11-15T00:00:00Z"), 1, 9, 80, tally_state::held, true});
  EXPECT_EQ(month.text(10), "8 -> 8");
  month.observed.papers.accepted.push_back({"fabrikam", "voice", at("2026-11-15T00:00:00Z"), 80, {}});
  EXPECT_EQ(month.text(10), "8 -> 8") << "that was another tenant's";
  month.observed.papers.accepted.push_back({"contoso", "voice", at("2026-11-15T00:00:00Z"), 80, {}});
  EXPECT_EQ(month.text(10), "80 -> 80");
}

TEST(order_months, of_a_licence_that_is_new_begin_with_nothing) {
  november month("acquired", "peak");
  month.observed.tenants.front().licences.clear();
  EXPECT_EQ(month.text(5), "none -> 5");
  month.observed.tenants.clear();
  EXPECT_TRUE(month_effects_of(month.observed, month.question).empty());
}

TEST(order_months, of_a_month_begin_in_the_zone_of_the_tenant) {
  november month("acquired", "peak");
  month.observed.tenants.front().time_zone = "America/New_York";
  month.observed.tenants.front().licences["voice"] = {seen("2026-10-15T00:00:00Z", 30, 0),
                                                      seen("2026-11-01T03:30:00Z", 9, 0)};
  EXPECT_EQ(month.text(9), "9 -> 9") << "it was still October there";
  month.observed.tenants.front().time_zone = "UTC";
  EXPECT_EQ(month.text(9), "30 -> 30");
}

}  // namespace
}  // namespace licaudit::api
