// What units, packages, ranges of numbers and readings come to: the examples of domain.md 5 by their figures there.
#include "world.hpp"

#include "model/quantity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::licence_of;
using testing::set_of;
using testing::subject_of;
using testing::tenant_of;
using kind = rule_problem::kind;

/// One tenant under a licence `l` of these factors.
class counted {
 public:
  explicit counted(const std::string& factors, const char* terms = "")
      : engine_(compiled_rules(set_of(R"({"licences": [{"id": "l", "title": "L", )" + std::string(terms) +
                                      R"("factors": [)" + factors + "]}]}"))) {
    whose_ = tenant_of("t", "pro");
    engine_.put_tenant(whose_, {});
  }

  void set(const char* name, json::value value) {
    whose_.settings[name] = std::move(value);
    engine_.put_tenant(whose_, {});
  }
  void users(int count) {
    for (int i = 0; i < count; ++i) put(subject_of("t", subject_kind::user, "u" + std::to_string(next_), {}));
  }
  void number(const char* prefix, std::int64_t quantity = 1) {
    auto made = subject_of("t", subject_kind::number, "plan/" + std::string(prefix), {{"number", {prefix}}});
    made.quantity = quantity;
    put(made);
  }
  std::uint64_t meter(const char* used, const char* unit, const char* at = "2026-11-21T12:00:00Z",
                      const char* id = "m") {
    put(subject_of("t", subject_kind::meter, id, {{"used", {used}}, {"unit", {unit}}, {"at", {at}}}));
    return next_ - 1;
  }
  void put(const subject& value) { engine_.put_subject(next_++, value); }

  /// `n1 (n2)` of each factor.
  std::vector<std::string> shown(const std::string& off = {}) const {
    std::vector<std::string> texts;
    const auto on = [&](const licence&, const factor& which) { return which.id != off; };
    for (const auto& of : engine_.count("t", on))
      for (const auto& one : of.factors) texts.push_back(std::to_string(one.n1) + " (" + std::to_string(one.n2) + ")");
    return texts;
  }
  std::vector<rule_problem> problems() const { return engine_.problems("t"); }
  engine& core() { return engine_; }

 private:
  engine engine_;
  tenant whose_;
  std::uint64_t next_ = 1;
};

constexpr const char* by_retention =
    R"({"id": "f", "priority": 1, "units": {"per": "retention", "step": "3 months", "free": "14 days"}})";
constexpr const char* storage =
    R"({"id": "f", "subject": "meter", "priority": 1, "package": {"size": 500, "unit": "GB"}})";
constexpr const char* expanding = R"({"id": "f", "subject": "number", "priority": 1, "count": "expanded"})";

std::string with_retention(const char* retention) {
  counted one(by_retention);
  one.users(7);
  one.set("retention", retention);
  EXPECT_THAT(one.problems(), IsEmpty()) << retention;
  return one.shown().front();
}

TEST(terms, retention_makes_units) {
  EXPECT_EQ(with_retention("14 days"), "0 (0)");
  EXPECT_EQ(with_retention("2 weeks"), "0 (0)");
  EXPECT_EQ(with_retention("3 months"), "7 (7)");
  EXPECT_EQ(with_retention("9 months"), "21 (21)");
  EXPECT_EQ(with_retention("15 months"), "35 (35)");
  EXPECT_EQ(with_retention("1 year"), "28 (28)");
}

TEST(terms, an_unset_retention_is_one_step_and_a_problem) {
  counted one(by_retention);
  EXPECT_THAT(one.problems(), IsEmpty()) << "nobody is counted by it";
  one.users(7);
  EXPECT_THAT(one.shown(), ElementsAre("7 (7)"));
  ASSERT_EQ(one.problems().size(), 1U);
  EXPECT_EQ(one.problems()[0].what, kind::unset_setting);
  EXPECT_EQ(one.problems()[0].text, "the setting `retention` is not set, it counts as 3 months");
  EXPECT_EQ(one.problems()[0].field, "retention");
}

TEST(terms, a_retention_that_came_before_the_rule_and_is_no_multiple_is_one_step) {
  for (const json::value& value : {json::value("10 months"), json::value("15 days"), json::value(9), json::value("")}) {
    counted one(by_retention);
    one.users(7);
    one.set("retention", value);
    EXPECT_THAT(one.shown(), ElementsAre("7 (7)"));
    ASSERT_EQ(one.problems().size(), 1U);
    EXPECT_THAT(one.problems()[0].text, HasSubstr("retention"));
    EXPECT_THAT(one.problems()[0].text, HasSubstr("it counts as 3 months"));
  }
}

TEST(terms, a_setting_that_makes_no_units_is_refused_where_it_is_set) {
  const auto all = compiled_rules(licence_of(by_retention));
  auto contoso = tenant_of("contoso", "pro");
  EXPECT_THAT(check_unit_settings(*all, contoso), IsEmpty()) << "unset";
  for (const char* good : {"14 days", "3 months", "15 months", "1 day", "2 years"}) {
    contoso.settings["retention"] = good;
    EXPECT_THAT(check_unit_settings(*all, contoso), IsEmpty()) << good;
  }
  contoso.settings["retention"] = "10 months";
  ASSERT_EQ(check_unit_settings(*all, contoso).size(), 1U);
  EXPECT_EQ(check_unit_settings(*all, contoso)[0].path, "settings.retention");
  EXPECT_EQ(check_unit_settings(*all, contoso)[0].what,
            "retention: 10 months is neither 14 days or fewer nor a multiple of 3 months");
  EXPECT_EQ(check_tenant(*all, contoso).size(), 1U);
  contoso.settings["retention"] = 9;
  EXPECT_EQ(check_unit_settings(*all, contoso).size(), 1U);
  contoso.settings["retention"] = "for ever";
  EXPECT_THAT(check_unit_settings(*all, contoso)[0].what, HasSubstr("'for ever'"));
}

TEST(terms, a_changed_setting_moves_the_tenant) {
  counted one(by_retention);
  one.users(2);
  (void)one.core().take_moved();
  one.set("retention", "9 months");
  EXPECT_EQ(one.core().take_moved().size(), 1U);
  EXPECT_THAT(one.shown(), ElementsAre("6 (6)"));
}

TEST(terms, units_and_quantities_multiply) {
  counted one(by_retention);
  auto many = subject_of("t", subject_kind::user, "many", {});
  many.quantity = 5;
  one.put(many);
  one.set("retention", "9 months");
  EXPECT_THAT(one.shown(), ElementsAre("15 (15)"));
}

std::string packages_for(const char* used, const char* unit = "GB") {
  counted one(storage);
  one.meter(used, unit);
  return one.shown().front();
}

TEST(terms, packages_are_rounded_up) {
  EXPECT_EQ(packages_for("0"), "0 (0)");
  EXPECT_EQ(packages_for("0.000001"), "1 (1)");
  EXPECT_EQ(packages_for("499.9"), "1 (500)");
  EXPECT_EQ(packages_for("500"), "1 (500)");
  EXPECT_EQ(packages_for("500.1"), "2 (501)");
}

TEST(terms, readings_are_converted_exactly_before_they_are_rounded) {
  EXPECT_EQ(packages_for("0.5", "TB"), "1 (500)");
  EXPECT_EQ(packages_for("500000", "MB"), "1 (500)");
  EXPECT_EQ(packages_for("500000.000001", "MB"), "2 (501)");
  EXPECT_EQ(packages_for("0.500001", "TB"), "2 (501)");
}

TEST(terms, packages_are_rounded_once_for_all_meters_of_a_tenant) {
  counted one(storage);
  one.meter("250.05", "GB");
  one.meter("249950", "MB", "2026-11-21T12:00:00Z", "other");
  EXPECT_THAT(one.shown(), ElementsAre("1 (500)"));
}

TEST(terms, users_come_in_packages_too) {
  counted one(R"({"id": "f", "priority": 1, "package": {"size": 10}})");
  EXPECT_THAT(one.shown(), ElementsAre("0 (0)"));
  one.users(10);
  EXPECT_THAT(one.shown(), ElementsAre("1 (10)"));
  one.users(1);
  EXPECT_THAT(one.shown(), ElementsAre("2 (11)"));
}

TEST(terms, time_is_converted_exactly) {
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

TEST(terms, a_factor_without_a_unit_takes_readings_as_they_are) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1})");
  one.meter("12.5", "workflow");
  one.meter("2", "hour", "2026-11-21T12:00:00Z", "other");
  EXPECT_THAT(one.shown(), ElementsAre("15 (15)"));
  EXPECT_THAT(one.problems(), IsEmpty());
}

TEST(terms, another_unit_is_not_counted_and_one_problem) {
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

TEST(terms, problems_stand_in_the_order_of_the_factors_and_not_of_the_readings) {
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

TEST(terms, meters_are_chosen_by_id_and_unit) {
  counted one(R"({"id": "talk", "subject": "meter", "priority": 1, "unit": "minute", "match": [{"id": "^talk"}]},
                 {"id": "rest", "subject": "meter", "priority": 2, "unit": "MB", "configured": [{"unit": "B$"}]})");
  one.meter("10", "minute", "2026-11-21T12:00:00Z", "talk-a");
  one.meter("3", "GB", "2026-11-21T12:00:00Z", "disk");
  EXPECT_THAT(one.shown(), ElementsAre("10 (10)", "3000 (3000)"));
  EXPECT_EQ(one.problems().size(), 1U) << "the disk is configured for `talk`, whose unit is another";
  EXPECT_THAT(one.shown("rest"), ElementsAre("10 (10)", "0 (3000)"));
}

TEST(terms, a_reading_replaces_the_one_before) {
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

TEST(terms, a_meter_without_a_sound_reading_counts_nothing) {
  for (const char* used : {"", "-5", "1e3", "many", "1000000000000"}) EXPECT_EQ(packages_for(used), "0 (0)") << used;
  EXPECT_EQ(packages_for("1000001", "TB"), "0 (0)");
}

TEST(terms, the_largest_readings_do_not_wrap) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1, "unit": "MB"})");
  for (int i = 0; i < 100; ++i) one.meter("1000000", "TB", "2026-11-21T12:00:00Z", "big");
  EXPECT_THAT(one.shown(), ElementsAre("100000000000000 (100000000000000)"));
  for (int i = 0; i < 5000; ++i) one.meter("1000000", "TB", "2026-11-21T12:00:00Z", "big");
  EXPECT_THAT(one.shown(), ElementsAre("1000000000000000 (1000000000000000)")) << "and no further";
}

constexpr const char* monthly = R"("limit": {"included": 0, "period": "month"}, )";

TEST(terms, a_reading_before_the_month_counts_nothing_in_it) {
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

TEST(terms, a_gauge_knows_no_month) {
  counted one(storage);
  one.meter("90", "GB", "2026-10-31T23:59:59Z");
  one.core().begin_month("t", parse_rfc3339("2026-11-01T00:00:00Z").value());
  EXPECT_THAT(one.shown(), ElementsAre("1 (90)"));
}

TEST(terms, a_counter_that_fell_is_a_problem_of_its_month) {
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

TEST(terms, a_rule_counts_the_numbers_it_stands_for) {
  counted one(expanding);
  one.number("+9723975[3000-3099]");
  EXPECT_THAT(one.shown(), ElementsAre("100 (100)"));
  one.number("+97239753100");
  EXPECT_THAT(one.shown(), ElementsAre("101 (101)"));
  one.number("+1xz", 2);
  EXPECT_THAT(one.shown(), ElementsAre("281 (281)"));
  EXPECT_THAT(one.problems(), IsEmpty());
}

TEST(terms, an_open_wildcard_is_one_and_a_problem) {
  counted one(expanding);
  one.number("+44*");
  one.number("*");
  EXPECT_THAT(one.shown(), ElementsAre("2 (2)"));
  ASSERT_EQ(one.problems().size(), 1U);
  EXPECT_EQ(one.problems()[0].what, kind::open_wildcard);
  EXPECT_EQ(one.problems()[0].subjects, 2);
  EXPECT_EQ(one.problems()[0].text, "2 number rules end nowhere or cannot be read; each counts as one number");
}

TEST(terms, a_number_without_a_field_is_read_off_its_id) {
  counted one(expanding);
  one.put(subject_of("t", subject_kind::number, "plan/+44[00-49]", {}));
  EXPECT_THAT(one.shown(), ElementsAre("50 (50)"));
}

TEST(terms, a_rule_of_many_times_many_numbers_is_open) {
  counted one(expanding);
  one.number("xxxxxxxxxxxx", 3);
  EXPECT_THAT(one.shown(), ElementsAre("3 (3)"));
  EXPECT_EQ(one.problems().size(), 1U);
}

TEST(terms, factors_of_one_licence_may_count_differently) {
  counted one(R"({"id": "a", "subject": "number", "priority": 1, "count": "expanded", "match": [{"number": "^\\+44"}]},
                 {"id": "b", "subject": "number", "priority": 2}, {"id": "u", "priority": 3})");
  one.number("+44[00-49]");
  one.number("+45[00-49]");
  one.users(3);
  EXPECT_THAT(one.shown(), ElementsAre("50 (100)", "1 (2)", "3 (3)"));
  EXPECT_THAT(one.shown("a"), ElementsAre("0 (100)", "2 (2)", "3 (3)"));
  const auto on = [](const licence&, const factor&) { return true; };
  const auto a_off = [](const licence&, const factor& which) { return which.id != "a"; };
  EXPECT_EQ(one.core().moved("t", on, a_off), 1) << "a rule is one thing that changes hands";
}

TEST(terms, one_licence_counted_alone_counts_the_same) {
  counted one(std::string(storage) + R"(, {"id": "u", "priority": 2})");
  one.meter("700", "GB");
  one.users(2);
  const auto& rules = one.core().current();
  const switch_board board(rules, [](const licence&, const factor&) { return true; });
  std::vector<factor_sum> sums(2);
  one.core().count(one.core().index_of("t").value(), board, rules.set().licences.front(), sums);
  EXPECT_EQ(sums[0].n1, 2);
  EXPECT_EQ(sums[0].n2, 700);
  EXPECT_EQ(sums[1].n1, 2);
}

TEST(terms, a_candidate_that_expands_needs_the_numbers_read_again) {
  counted one(R"({"id": "f", "subject": "number", "priority": 1})");
  one.number("+44[00-49]");
  const auto wide = compiled_rules(licence_of(expanding));
  EXPECT_FALSE(one.core().set_candidate(wide));
  EXPECT_THAT(one.shown(), ElementsAre("1 (1)"));
}

TEST(terms, a_candidate_counts_by_its_own_terms) {
  counted one(R"({"id": "f", "subject": "meter", "priority": 1, "unit": "GB"})");
  one.meter("700", "GB");
  ASSERT_TRUE(one.core().set_candidate(compiled_rules(licence_of(storage))));
  EXPECT_THAT(one.shown(), ElementsAre("700 (700)"));
  one.core().adopt_candidate();
  EXPECT_THAT(one.shown(), ElementsAre("2 (700)"));
}

}  // namespace
}  // namespace licaudit::factors
