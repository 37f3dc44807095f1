// What a licence's terms say of how little is left, how much too much there may be, and for how long.
#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

std::shared_ptr<const factors::rules> rules_with(const std::string& terms) {
  return rules_of(R"({"licences":[{"id":"ump","title":"UMP","factors":[
    {"id":"users","title":"Users","subject":"user","priority":1}]},{"id":"seats","title":"Seats",)" +
                  terms + R"("factors":[{"id":"users","title":"Users","subject":"user","priority":1}]}]})");
}

/// Of 100 seats.
class warned_test : public ::testing::Test {
 protected:
  void begin(const std::string& terms) {
    s.how.rules = rules_with(terms);
    s.how.rules_automatic = true;
    s.restart();
    s.give_tenants({host_record, R"({"id":"contoso","name":"C","parent":"host","type":"customer","service":"x",)"
                                 R"("acquired":{"seats":100}})"});
  }
  void use(int seats) { s.give("teams", users_on("contoso", "x", seats)); }
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const auto& one : s.seen()->findings)
      if (one.licence == "seats" && one.kind != "swing")
        all.push_back(one.kind + ' ' + std::string(to_text(one.level)) + ' ' + std::to_string(one.count));
    return all;
  }

  scene s;
};

}  // namespace

TEST_F(warned_test, a_licence_that_warns_is_low_before_it_is_over) {
  begin(R"("warn":{"available":"5%"},)");
  use(94);
  EXPECT_THAT(told(), IsEmpty());
  use(95);
  EXPECT_THAT(told(), ElementsAre("low warn 5"));
  use(100);
  EXPECT_THAT(told(), ElementsAre("low warn 0"));
  use(101);
  EXPECT_THAT(told(), ElementsAre("over-use warn 1"));
}

TEST_F(warned_test, over_use_within_the_grace_pages_after_its_days_by_itself) {
  begin(R"("grace":{"percent":10,"days":14},)");
  use(110);
  EXPECT_THAT(told(), ElementsAre("over-use warn 10"));
  const auto began = s.findings_of("over-use").at(0).since;
  s.pass(hours(13 * 24));
  s.calculate();
  EXPECT_THAT(told(), ElementsAre("over-use warn 10"));
  s.restart();
  s.calculate();
  EXPECT_THAT(told(), ElementsAre("over-use warn 10"));
  s.pass(hours(25));
  s.calculate();
  EXPECT_THAT(told(), ElementsAre("over-use page 10")) << "nothing was counted anew";
  EXPECT_EQ(s.findings_of("over-use").at(0).since, began);
  s.calculate();
  s.restart();
  s.calculate();
  EXPECT_THAT(told(), ElementsAre("over-use page 10"));
}

TEST_F(warned_test, over_use_beyond_the_grace_pages_at_once_whoever_has_acknowledged_less) {
  begin(R"("grace":{"percent":10,"days":14},)");
  use(110);
  const auto mild = s.findings_of("over-use").at(0);
  ASSERT_TRUE(s.office().acknowledge(finding_id(mild), mild.since + hours(99), "ordered", "north"));
  use(111);
  EXPECT_THAT(told(), ElementsAre("over-use page 11"));
  EXPECT_EQ(s.findings_of("over-use").at(0).acknowledged, std::nullopt) << "it has become worse";
  EXPECT_EQ(s.findings_of("over-use").at(0).since, mild.since);
}

TEST_F(warned_test, a_limit_is_near_from_80_percent_and_pages_when_it_is_exhausted) {
  begin(R"("limit":{"included":10,"unit":"seat","period":"month"},)");
  use(10);
  EXPECT_THAT(told(), IsEmpty()) << "no setting: no limit";
  ASSERT_TRUE(s.office().set_limit("contoso", "seats", 3, "north"));
  EXPECT_THAT(told(), IsEmpty());
  use(11);
  EXPECT_THAT(told(), ElementsAre("near-limit warn 11"));
  EXPECT_EQ(s.findings_of("near-limit").at(0).text, "seats: 11 of 13 seat are used this month");
  use(13);
  EXPECT_THAT(told(), ElementsAre("limit-exhausted page 13"));
  ASSERT_TRUE(s.office().set_limit("contoso", "seats", 90, "north"));
  EXPECT_THAT(told(), IsEmpty()) << "a larger limit ends it at once";
  ASSERT_TRUE(s.office().set_limit("contoso", "seats", 0, "north"));
  EXPECT_THAT(told(), ElementsAre("limit-exhausted page 13"));
  ASSERT_TRUE(s.office().change_tenant("contoso", {{"enabled", false}}, "north"));
  EXPECT_THAT(told(), IsEmpty());
}

}  // namespace licaudit::audit
