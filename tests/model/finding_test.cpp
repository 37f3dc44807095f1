#include "model/finding.hpp"

#include "tests/model/written.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit {
namespace {

finding over_use() {
  finding value;
  value.kind = "over-use";
  value.level = severity::page;
  value.tenant = "contoso";
  value.licence = "ump";
  value.count = 12;
  value.text = "12 above acquired";
  value.action = "order 12, or free 12";
  value.since = at("2026-11-20T18:12:00Z");
  return value;
}

TEST(finding_test, names_its_severities) {
  for (const auto level : {severity::page, severity::warn, severity::info}) {
    EXPECT_EQ(parse_severity(to_text(level)).value(), level);
  }
  EXPECT_EQ(problem_of(parse_severity("high")), "'high' is no severity: expected page, warn or info");
}

TEST(finding_test, keeps_its_id_while_it_lasts) {
  auto later = over_use();
  later.count = 20;
  later.text = "20 above acquired";
  later.action = "order 20";
  later.since = at("2026-11-21T18:12:00Z");
  EXPECT_EQ(finding_id(later), finding_id(over_use()));
  EXPECT_THAT(finding_id(later), ::testing::MatchesRegex("[0-9a-f]{12}"));
}

TEST(finding_test, has_another_id_when_it_is_about_something_else) {
  std::vector<finding> others(8, over_use());
  others[0].kind = "swing";
  others[1].level = severity::warn;
  others[2].tenant = "fabrikam";
  others[3].site = "London";
  others[4].licence = "storage";
  others[5].factor = "direct-routing";
  others[6].subject = "ann";
  others[7].source = "teams";
  for (const auto& other : others) EXPECT_NE(finding_id(other), finding_id(over_use()));
  auto site = over_use();
  site.site = "x";
  auto factor = over_use();
  factor.factor = "x";
  EXPECT_NE(finding_id(site), finding_id(factor));
}

TEST(finding_test, is_written_without_empty_keys) {
  auto form = to_json(over_use());
  EXPECT_EQ(form["id"].as_string(), finding_id(over_use()));
  form.erase("id");
  EXPECT_EQ(canonical_json(form),
            R"({"action":"order 12, or free 12","count":12,"finding":"over-use","licence":"ump","severity":"page",)"
            R"("since":"2026-11-20T18:12:00.000Z","tenant":"contoso","text":"12 above acquired"})");
}

TEST(finding_test, reads_itself_back) {
  EXPECT_EQ(finding_from_json(to_json(over_use())).value(), over_use());
  auto full = over_use();
  full.site = "London";
  full.factor = "direct-routing";
  full.subject = "ann";
  full.source = "teams";
  EXPECT_EQ(finding_from_json(to_json(full)).value(), full);
}

TEST(finding_test, says_what_is_wrong) {
  EXPECT_EQ(problem_of(finding_from_json(relaxed("{'finding':'x','severity':'high','since':'2026-11-20T18:12:00Z'}"))),
            "finding: severity: expected page, warn or info, found 'high'");
  EXPECT_EQ(problem_of(finding_from_json(relaxed("{'finding':'x','severity':'warn','since':'now'}"))),
            "finding: since: expected an instant like 2026-11-21T23:00:00Z, found 'now'");
  EXPECT_FALSE(finding_from_json(relaxed("{'severity':'warn','since':'2026-11-20T18:12:00Z'}")));
}

}  // namespace
}  // namespace licaudit
