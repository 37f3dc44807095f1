// A person says that a finding may wait.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace licaudit::audit {

using std::chrono::hours;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

/// 31 users of 30 acquired.
class acknowledge_test : public ::testing::Test {
 protected:
  acknowledge_test() {
    s.give_tenants({host_record, contoso_record});
    s.give("teams", users_on("contoso", "sbc1.example.com", 31));
    id = finding_id(over());
  }
  finding over() { return s.findings_of("over-use").at(0); }
  result<done> acknowledge(std::chrono::milliseconds length, const std::string& reason = "ordered") {
    return s.office().acknowledge(id, s.seen()->last_calculation->at + length, reason, "north");
  }
  bool is_raised(instant now) {
    const auto all = s.seen()->find("contoso")->findings;
    return std::any_of(all.begin(), all.end(),
                       [&](const finding& one) { return one.kind == "over-use" && !one.is_acknowledged(now); });
  }

  scene s;
  std::string id;
};

}  // namespace

TEST_F(acknowledge_test, keeps_the_finding_and_the_counts_and_says_who_and_why) {
  const auto until = s.seen()->last_calculation->at + hours(48);
  const auto made = acknowledge(hours(48));
  ASSERT_TRUE(made);
  EXPECT_GT(made->operation, 0);
  EXPECT_EQ(over().acknowledged, (acknowledgement{until, "north", "ordered"}));
  EXPECT_EQ(finding_id(over()), id);
  EXPECT_EQ(s.ump("contoso").available(), -1);
  EXPECT_FALSE(is_raised(until - hours(1)));
  const auto logged = s.reader().operations({{}, until, "acknowledge", "", {}, 0, 10}).value();
  ASSERT_EQ(logged.size(), 1u);
  EXPECT_EQ(logged.front().tenant, "contoso");
  EXPECT_EQ(logged.front().detail.at("reason").as_string(), "ordered");
  EXPECT_TRUE(logged.front().detail.at("before").is_null());
}

TEST_F(acknowledge_test, outlives_calculations_and_restarts_until_it_ends) {
  const auto until = s.seen()->last_calculation->at + hours(48);
  ASSERT_TRUE(acknowledge(hours(48)));
  s.pass(hours(1));
  s.calculate();
  EXPECT_FALSE(is_raised(until - hours(1)));
  s.restart();
  EXPECT_EQ(over().acknowledged, (acknowledgement{until, "north", "ordered"}));
  EXPECT_TRUE(is_raised(until)) << "whoever looks then sees it raised, before anything is calculated";
  s.pass(hours(48));
  s.calculate();
  EXPECT_EQ(over().acknowledged, std::nullopt);
  s.restart();
  EXPECT_EQ(over().acknowledged, std::nullopt);
}

TEST_F(acknowledge_test, ends_with_its_finding) {
  ASSERT_TRUE(acknowledge(hours(48)));
  s.pass(hours(1));
  s.give("teams", users_on("contoso", "sbc1.example.com", 30));
  EXPECT_THAT(s.findings_of("over-use"), IsEmpty());
  s.give("teams", users_on("contoso", "sbc1.example.com", 32));
  EXPECT_EQ(over().acknowledged, std::nullopt) << "it is another one";
}

TEST_F(acknowledge_test, is_replaced_by_a_later_one) {
  ASSERT_TRUE(acknowledge(hours(48)));
  ASSERT_TRUE(acknowledge(hours(1), "after all"));
  EXPECT_EQ(over().acknowledged->reason, "after all");
  const auto logged = s.reader().operations({{}, over().since + hours(2000), "acknowledge", "", {}, 0, 10}).value();
  ASSERT_EQ(logged.size(), 2u);
  EXPECT_EQ(logged.back().detail.at("before").as_string(), to_rfc3339(s.seen()->last_calculation->at + hours(48)));
}

TEST_F(acknowledge_test, refuses_the_past_no_reason_and_what_has_ended_and_changes_nothing) {
  const auto head = s.seen()->chain_sequence;
  EXPECT_EQ(acknowledge(-hours(1)).error().code, errc::malformed);
  EXPECT_THAT(acknowledge(-hours(1)).error().detail, HasSubstr("has passed"));
  EXPECT_THAT(acknowledge(hours(1), " \n").error().detail, HasSubstr("reason: "));
  EXPECT_THAT(acknowledge(hours(1), std::string(1001, 'x')).error().detail, HasSubstr("at most 1000"));
  EXPECT_EQ(s.office().acknowledge("000000000000", over().since + hours(9), "x", "north").error().code, errc::unknown);
  s.give("teams", users_on("contoso", "sbc1.example.com", 30));
  EXPECT_EQ(acknowledge(hours(1)).error().code, errc::unknown) << "it has ended";
  EXPECT_THAT(
      s.reader().operations({{}, s.seen()->last_calculation->at + hours(9), "acknowledge", "", {}, 0, 9}).value(),
      IsEmpty());
  EXPECT_GT(s.seen()->chain_sequence, head) << "by the run alone";
}

}  // namespace licaudit::audit
