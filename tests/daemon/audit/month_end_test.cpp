#include "daemon/audit/month_end.hpp"

#include "tests/daemon/audit/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::audit {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace {

const std::chrono::year_month october = std::chrono::year{2026} / std::chrono::October;

instant at(std::string_view text) {
  return parse_rfc3339(text).value();
}

ledger::licensed_peak month_of(const std::string& tenant, std::int64_t peak, std::optional<std::int64_t> last,
                               const std::string& licence = "ump") {
  return {tenant, licence, peak, at("2026-10-12T09:00:00Z"), last};
}

std::vector<finding> dips(const std::vector<ledger::licensed_peak>& peaks,
                          const std::shared_ptr<const factors::rules>& rules = ump_rules()) {
  return month_end_dips(peaks, october, rules->set(), [](const std::string& tenant) { return tenant != "north"; });
}

std::vector<std::string> tenants_of(const std::vector<finding>& all) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const auto& one : all) names.push_back(one.tenant);
  return names;
}

std::vector<std::string> shown(scene& s) {
  std::vector<std::string> names;
  for (const auto& one : s.findings_of("month-end-dip")) names.push_back(one.tenant + ": " + one.text.substr(0, 7));
  return names;
}

finding dip_of(const std::string& tenant, const std::string& text) {
  finding one;
  one.kind = "month-end-dip";
  one.level = severity::info;
  one.tenant = tenant;
  one.licence = "ump";
  one.text = text;
  return one;
}

}  // namespace

TEST(month_end_dip, is_over_10_percent_under_the_peak) {
  EXPECT_FALSE(is_dip(100, 90));
  EXPECT_TRUE(is_dip(100, 89));
  EXPECT_FALSE(is_dip(109, 99)) << "9.2 %";
  EXPECT_TRUE(is_dip(109, 98)) << "10.1 %";
  EXPECT_TRUE(is_dip(1, 0));
  EXPECT_FALSE(is_dip(0, 0));
  EXPECT_FALSE(is_dip(5, 5));
}

TEST(month_end_dip, says_peak_last_and_when) {
  const auto told = dips({month_of("contoso", 120, 80)});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().text, "2026-10 ended with 80 licensed, 40 under the peak of 120 on 2026-10-12T09:00:00.000Z");
  EXPECT_EQ(told.front().level, severity::info);
  EXPECT_EQ(told.front().licence, "ump");
  EXPECT_EQ(told.front().count, 40);
}

TEST(month_end_dip, is_told_of_those_who_are_asked_about_and_still_there) {
  EXPECT_THAT(tenants_of(dips({month_of("a", 20, 20), month_of("b", 20, 10), month_of("north", 20, 10),
                               month_of("left", 20, std::nullopt)})),
              ElementsAre("b"));
}

TEST(month_end_dip, is_of_no_interest_where_the_peak_is_billed) {
  const auto rules = rules_of(R"({"licences":[{"id":"ump","title":"U","billing":{"of":"calculated","by":"peak"},
    "factors":[{"id":"f","title":"F","subject":"user","priority":1}]}]})");
  EXPECT_THAT(dips({month_of("a", 20, 10)}, rules), IsEmpty());
  EXPECT_THAT(tenants_of(dips({month_of("a", 20, 10, "bought-only")}, rules)), ElementsAre("a"));
}

TEST(month_end, is_noted_until_the_next_one_and_zone_by_zone) {
  scene s;
  s.give_tenants({host_record, contoso_record,
                  R"({"id":"fabrikam","name":"F","parent":"host","type":"customer","service":"direct-routing-pro"})"});
  ASSERT_TRUE(s.office().note_month_end({"contoso"}, {dip_of("contoso", "2026-09 ended")}));
  ASSERT_TRUE(s.office().note_month_end({"fabrikam"}, {dip_of("fabrikam", "2026-09 ended")}));
  EXPECT_THAT(shown(s), ElementsAre("contoso: 2026-09", "fabrikam: 2026-09"));
  EXPECT_EQ(s.seen()->find("contoso")->findings.size(), 1u);
  s.restart();
  EXPECT_THAT(shown(s), ElementsAre("contoso: 2026-09", "fabrikam: 2026-09"));
  s.calculate();
  EXPECT_THAT(shown(s), ElementsAre("contoso: 2026-09", "fabrikam: 2026-09")) << "no calculation ends it";
  ASSERT_TRUE(s.office().note_month_end({"contoso"}, {dip_of("contoso", "2026-10 ended")}));
  EXPECT_THAT(shown(s), ElementsAre("contoso: 2026-10", "fabrikam: 2026-09"));
  ASSERT_TRUE(s.office().note_month_end({"contoso", "fabrikam"}, {}));
  EXPECT_THAT(shown(s), IsEmpty());
}

}  // namespace licaudit::audit
