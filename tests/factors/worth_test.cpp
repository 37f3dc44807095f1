// What each subject is worth: the examples of domain.md 5, told by those who are counted.
#include "factors/worth.hpp"

#include "world.hpp"

#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::licence_of;
using testing::set_of;
using testing::subject_of;
using testing::tenant_of;

/// One factor, and what it makes of subjects.
class valued {
 public:
  explicit valued(const std::string& factor_json, const char* retention = nullptr)
      : valued(licence_of(factor_json), retention) {}
  valued(factor_set set, const char* retention, instant month_start = instant::min())
      : set_(std::move(set)), values_(tenant_with(retention), month_start) {}

  std::string of(const subject& held) {
    const auto one = values_.of(held, within(), by());
    sum_.add(one);
    return one.text(by());
  }
  std::string number(const char* prefix) {
    return of(subject_of("t", subject_kind::number, prefix, {{"number", {prefix}}}));
  }
  std::string meter(const char* used, const char* unit, const char* at = "2026-11-21T12:00:00Z") {
    return of(subject_of("t", subject_kind::meter, "m", {{"used", {used}}, {"unit", {unit}}, {"at", {at}}}));
  }
  [[nodiscard]] std::string sum() const { return sum_.text(by()); }
  [[nodiscard]] std::int64_t count() const { return sum_.count(by()); }

 private:
  static tenant tenant_with(const char* retention) {
    auto made = tenant_of("t", "pro");
    if (retention != nullptr) made.settings["retention"] = retention;
    return made;
  }
  [[nodiscard]] const licence& within() const { return set_.licences.front(); }
  [[nodiscard]] const factor& by() const { return within().factors.front(); }

  factor_set set_;
  worths values_;
  worth sum_;
};

constexpr const char* by_retention =
    R"({"id": "f", "priority": 1, "units": {"per": "retention", "step": "3 months", "free": "14 days"}})";
constexpr const char* storage =
    R"({"id": "f", "subject": "meter", "priority": 1, "package": {"size": 500, "unit": "GB"}})";
constexpr const char* minutes = R"({"id": "f", "subject": "meter", "priority": 1, "unit": "minute"})";

subject user() {
  return subject_of("t", subject_kind::user, "ann", {});
}

TEST(worth, of_a_user_is_what_the_retention_makes) {
  for (const auto& [retention, units] :
       {std::pair("14 days", "0"), std::pair("3 months", "1"), std::pair("9 months", "3"), std::pair("15 months", "5")})
    EXPECT_EQ(valued(by_retention, retention).of(user()), units) << retention;
  EXPECT_EQ(valued(by_retention).of(user()), "1") << "unset is one step";
  auto four = user();
  four.quantity = 4;
  EXPECT_EQ(valued(by_retention, "9 months").of(four), "12");
}

TEST(worth, of_a_range_is_what_it_stands_for) {
  valued one(R"({"id": "f", "subject": "number", "priority": 1, "count": "expanded"})");
  EXPECT_EQ(one.number("+9723975[3000-3099]"), "100");
  EXPECT_EQ(one.number("+97239753xx"), "100");
  EXPECT_EQ(one.number("+4420"), "1");
  EXPECT_EQ(one.number("+4420*"), "1") << "open";
  EXPECT_EQ(one.count(), 202);
  valued plain(R"({"id": "f", "subject": "number", "priority": 1})");
  EXPECT_EQ(plain.number("+9723975[3000-3099]"), "1") << "one rule";
}

TEST(worth, of_a_meter_is_its_reading_in_the_unit_of_the_factor) {
  valued one(storage);
  EXPECT_EQ(one.meter("1200000", "MB"), "1200");
  EXPECT_EQ(one.count(), 3) << "packages of 500 GB";
  EXPECT_EQ(one.meter("0.0001", "TB"), "0.1");
  EXPECT_EQ(one.meter("10", "minute"), "0") << "another unit is not counted";
  EXPECT_EQ(one.sum(), "1200.1");
}

TEST(worth, of_499_9_500_and_500_1_GB_makes_1_1_and_2_packages) {
  for (const auto& [used, packages] : {std::pair("499.9", 1), std::pair("500", 1), std::pair("500.1", 2)}) {
    valued one(storage);
    EXPECT_EQ(one.meter(used, "GB"), used);
    EXPECT_EQ(one.count(), packages) << used;
  }
}

TEST(worth, is_rounded_where_it_is_shown_and_exact_where_it_is_counted) {
  valued one(minutes);
  EXPECT_EQ(one.meter("100", "second"), "1.666667");
  EXPECT_EQ(one.meter("100", "second"), "1.666667");
  EXPECT_EQ(one.meter("100", "second"), "1.666667");
  EXPECT_EQ(one.sum(), "5") << "and not 5.000001";
  EXPECT_EQ(one.count(), 5);
  EXPECT_EQ(one.meter("0.000001", "second"), "0");
  EXPECT_EQ(one.count(), 6) << "rounded up once";
}

TEST(worth, of_a_reading_of_before_the_month_is_nothing_where_the_month_counts) {
  const auto set = set_of(R"({"licences": [{"id": "l", "title": "L",
    "limit": {"included": 5000, "unit": "minute", "period": "month"}, "factors": [)" +
                          std::string(minutes) + "]}]}");
  valued one(set, nullptr, parse_rfc3339("2026-11-01T00:00:00Z").value());
  EXPECT_EQ(one.meter("90", "minute", "2026-10-31T23:59:59Z"), "0");
  EXPECT_EQ(one.meter("90", "minute", "2026-11-01T00:00:00Z"), "90");
}

TEST(worth, of_the_largest_does_not_wrap) {
  const std::string each_step = R"({"id": "f", "priority": 1, "units": {"per": "retention", "step": "1 month",
    "free": "1 day"}})";
  valued one(each_step, "1200 months");
  auto many = user();
  many.quantity = 1'000'000'000'000;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(one.of(many), "1200000000000000");
  EXPECT_EQ(one.count(), most_counted);
}

}  // namespace
}  // namespace licaudit::factors
