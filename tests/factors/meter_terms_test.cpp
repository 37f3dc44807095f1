// What readings of meters come to: the examples of domain.md 5 by their figures there.
#include "counted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::counted;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::storage;
using testing::subject_of;
using kind = rule_problem::kind;

constexpr const char* monthly = R"("limit": {"included": 0, "period": "month"}, )";

std::string packages_for(const char* used, const char* unit = "GB") {
  counted one(storage);
  one.meter(used, unit);
  return one.shown().front();
}

TEST(meter_terms, packages_are_rounded_up) {
  EXPECT_EQ(packages_for("0"), "0 (0)");
  EXPECT_EQ(packages_for("0.000001"), "1 (1)");
  EXPECT_EQ(packages_for("499.9"), "1 (500)");
  EXPECT_EQ(packages_for("500"), "1 (500)");
  EXPECT_EQ(packages_for("500.1"), "2 (501)");
}

TEST(meter_terms, readings_are_converted_exactly_before_they_are_rounded) {
  EXPECT_EQ(packages_for("0.5", "TB"), "1 (500)");
  EXPECT_EQ(packages_for("500000", "MB"), "1 (500)");
  EXPECT_EQ(packages_for("500000.000001", "MB"), "2 (501)");
  EXPECT_EQ(packages_for("0.500001", "TB"), "2 (501)");
}

TEST(meter_terms, packages_are_rounded_once_for_all_meters_of_a_tenant) {
  counted one(storage);
  one.meter("250.05", "GB");
  one.meter("249950", "MB", "2026-11-21T12:00:00Z", "other");
  EXPECT_THAT(one.shown(), ElementsAre("1 (500)"));
}

TEST(meter_terms, time_is_converted_exactly) {
  const auto hours = [](const char* used, const char* unit) {
    counted one(R"({"id": "f", "subject": "meter", "priority": 1, "unit": "hour"})");
    one.meter(used, unit);
    return one.shown().front();
  };
  EXPECT_EQ(hours("3600", "second"), "1 (1)");
  EXPECT_EQ(hours("3600.000001", "second"), "2 (2)");
  EXPECT_EQ(hours("60", "minute"), "1 (1)");
  EXPECT_EQ(hours("277777777", "hour"), "277777777 (277777777)");
}

TEST(meter_terms, a_factor_without_a_unit_takes_readings_as_they_are) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1})");
  one.meter("12.5", "workflow");
  one.meter("2", "hour", "2026-11-21T12:00:00Z", "other");
  EXPECT_THAT(one.shown(), ElementsAre("15 (15)"));
  EXPECT_THAT(one.problems(), IsEmpty());
}

TEST(meter_terms, another_unit_is_not_counted_and_one_problem) {
  counted one(storage);
  one.meter("100", "GB");
  one.meter("9000", "minute", "2026-11-21T12:00:00Z", "talk");
  one.meter("9", "GiB", "2026-11-21T12:00:00Z", "disk");
  EXPECT_THAT(one.shown(), ElementsAre("1 (100)"));
  ASSERT_EQ(one.problems().size(), 1U);
  EXPECT_EQ(one.problems()[0].what, kind::unit_mismatch);
  EXPECT_EQ(one.problems()[0].subjects, 2);
  EXPECT_EQ(one.problems()[0].text, "2 meters cannot be told in `GB` and count nothing: `talk` in `minute`");
}

TEST(meter_terms, problems_stand_in_the_order_of_the_factors_and_not_of_the_readings) {
  const auto told = [](const char* first, const char* second) {
    counted one(R"({"id": "talk", "subject": "meter", "priority": 1, "unit": "minute", "match": [{"id": "^talk"}]},
                   {"id": "disk", "subject": "meter", "priority": 2, "unit": "MB", "match": [{"id": "^disk"}]})");
    for (const auto* id : {first, second}) one.meter("3", "call", "2026-11-21T12:00:00Z", id);
    std::vector<std::string> found;
    for (const auto& each : one.problems()) found.push_back(each.of_factor->id);
    return found;
  };
  EXPECT_THAT(told("talk", "disk"), ElementsAre("talk", "disk"));
  EXPECT_THAT(told("disk", "talk"), ElementsAre("talk", "disk"));
}

TEST(meter_terms, meters_are_chosen_by_id_and_unit) {
  counted one(R"({"id": "talk", "subject": "meter", "priority": 1, "unit": "minute", "match": [{"id": "^talk"}]},
                 {"id": "rest", "subject": "meter", "priority": 2, "unit": "MB", "configured": [{"unit": "B$"}]})");
  one.meter("10", "minute", "2026-11-21T12:00:00Z", "talk-a");
  one.meter("3", "GB", "2026-11-21T12:00:00Z", "disk");
  EXPECT_THAT(one.shown(), ElementsAre("10 (10)", "3000 (3000)"));
  EXPECT_EQ(one.problems().size(), 1U) << "the disk is configured for `talk`, whose unit is another";
  EXPECT_THAT(one.shown("rest"), ElementsAre("10 (10)", "0 (3000)"));
}

TEST(meter_terms, a_reading_replaces_the_one_before) {
  counted one(storage);
  const auto number = one.meter("100", "GB");
  (void)one.core().take_moved();
  const auto read = [&](const char* used) {
    one.core().put_subject(number, subject_of("t", subject_kind::meter, "m", {{"used", {used}}, {"unit", {"GB"}}}));
  };
  read("700.5");
  EXPECT_THAT(one.shown(), ElementsAre("2 (701)"));
  EXPECT_EQ(one.core().take_moved().size(), 1U);
  read("700.5");
  EXPECT_THAT(one.core().take_moved(), IsEmpty());
  one.core().remove_subject(number);
  EXPECT_THAT(one.shown(), ElementsAre("0 (0)"));
}

TEST(meter_terms, a_meter_without_a_sound_reading_counts_nothing) {
  for (const char* used : {"", "-5", "1e3", "many", "1000000000000"}) EXPECT_EQ(packages_for(used), "0 (0)") << used;
  EXPECT_EQ(packages_for("1000001", "TB"), "0 (0)");
}

TEST(meter_terms, the_largest_readings_do_not_wrap) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1, "unit": "MB"})");
  for (int i = 0; i < 100; ++i) one.meter("1000000", "TB", "2026-11-21T12:00:00Z", "big");
  EXPECT_THAT(one.shown(), ElementsAre("100000000000000 (100000000000000)"));
  for (int i = 0; i < 5000; ++i) one.meter("1000000", "TB", "2026-11-21T12:00:00Z", "big");
  EXPECT_THAT(one.shown(), ElementsAre("1000000000000000 (1000000000000000)")) << "and no further";
}

TEST(meter_terms, a_reading_before_the_month_counts_nothing_in_it) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1, "unit": "minute"})", monthly);
  one.meter("90", "minute", "2026-10-31T23:59:59Z");
  EXPECT_THAT(one.shown(), ElementsAre("90 (90)"));
  (void)one.core().take_moved();
  EXPECT_TRUE(one.core().begin_month("t", parse_rfc3339("2026-11-01T00:00:00Z").value()));
  EXPECT_THAT(one.shown(), ElementsAre("0 (0)"));
  EXPECT_EQ(one.core().take_moved().size(), 1U);
  EXPECT_FALSE(one.core().begin_month("t", parse_rfc3339("2026-11-01T00:00:00Z").value()));
  one.meter("5", "minute", "2026-11-01T00:00:00Z", "now");
  EXPECT_THAT(one.shown(), ElementsAre("5 (5)"));
  EXPECT_FALSE(one.core().begin_month("nobody", {}));
}

TEST(meter_terms, a_gauge_knows_no_month) {
  counted one(storage);
  one.meter("90", "GB", "2026-10-31T23:59:59Z");
  one.core().begin_month("t", parse_rfc3339("2026-11-01T00:00:00Z").value());
  EXPECT_THAT(one.shown(), ElementsAre("1 (90)"));
}

TEST(meter_terms, a_counter_that_fell_is_a_problem_of_its_month) {
  for (const char* terms : {monthly, ""}) {
    counted one(R"({"id": "f", "subject": "meter", "priority": 1})", terms);
    one.put(
        subject_of("t", subject_kind::meter, "talk",
                   {{"used", {"5"}}, {"unit", {"minute"}}, {"at", {"2026-11-20T00:00:00Z"}}, {"fell_from", {"90"}}}));
    EXPECT_THAT(one.shown(), ElementsAre("5 (5)"));
    ASSERT_EQ(one.problems().size(), *terms == 0 ? 0U : 1U) << "a gauge may fall";
    if (*terms == 0) continue;
    EXPECT_EQ(one.problems()[0].what, kind::counter_fell);
    EXPECT_EQ(one.problems()[0].text, "a counter fell within the month, which counts as it stands now: `talk`");
    one.core().begin_month("t", parse_rfc3339("2026-12-01T00:00:00Z").value());
    EXPECT_THAT(one.problems(), IsEmpty());
  }
}

}  // namespace
}  // namespace licaudit::factors
