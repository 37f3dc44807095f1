#include "daemon/sync/tenant_rule.hpp"
#include "daemon/sync/reading_rules.hpp"

#include <gtest/gtest.h>

namespace licaudit::sync {
namespace {

subject with(const std::string& field, std::vector<std::string> texts) {
  subject value;
  value.name.id = "cust-fabrikam/+44";
  value.fields[field] = make_field_value(std::move(texts));
  return value;
}

std::optional<std::string> tenant_by(const std::string& field, const std::string& regex, const subject& value) {
  std::vector<field_text> room;
  return tenant_rule::compile({field, regex}).value().tenant_of(view_of(value, room));
}

TEST(tenant_rule, is_group_1_in_the_field) {
  EXPECT_EQ(tenant_by("dial_plan", "^cust-(.+)$", with("dial_plan", {"cust-contoso"})), "contoso");
}

TEST(tenant_rule, gives_nothing_where_the_field_does_not_match_or_is_missing) {
  EXPECT_EQ(tenant_by("dial_plan", "^cust-(.+)$", with("dial_plan", {"Cust-contoso"})), std::nullopt);
  EXPECT_EQ(tenant_by("dial_plan", "^cust-(.+)$", with("tag", {"cust-contoso"})), std::nullopt);
}

TEST(tenant_rule, searches_as_factors_do) {
  EXPECT_EQ(tenant_by("tag", "(?i)CUST-([a-z]+)", with("tag", {"the cust-contoso plan"})), "contoso");
  EXPECT_EQ(tenant_by("tag", "^b(.)$", with("tag", {"a\nbc"})), std::nullopt);  // $ and ^ are the ends of the text
}

TEST(tenant_rule, takes_the_first_text_of_a_list_that_matches) {
  EXPECT_EQ(tenant_by("groups", "^cust-(.+)$", with("groups", {"all", "cust-a", "cust-b"})), "a");
}

TEST(tenant_rule, can_read_the_id) {
  EXPECT_EQ(tenant_by("id", "^cust-([^/]+)/", with("tag", {"x"})), "fabrikam");
}

TEST(tenant_rule, does_not_run_on_very_long_texts) {
  EXPECT_EQ(tenant_by("tag", "(x)", with("tag", {std::string(257, 'x')})), std::nullopt);
  EXPECT_EQ(tenant_by("tag", "(x)", with("tag", {std::string(256, 'x')})), "x");
}

TEST(tenant_rule, gives_up_on_a_regex_that_runs_away) {
  EXPECT_EQ(tenant_by("tag", "^((a+)+)+$", with("tag", {std::string(200, 'a') + "!"})), std::nullopt);
}

TEST(tenant_rule, refuses_what_does_not_compile_or_has_no_group) {
  EXPECT_NE(tenant_rule::compile({"tag", "cust-("}).error().detail.find("at byte"), std::string::npos);
  EXPECT_NE(tenant_rule::compile({"tag", "^cust-.+$"}).error().detail.find("no group"), std::string::npos);
}

source_plan plan() {
  source_plan made;
  made.name = made.plugin = "teams";
  made.tenant = "contoso";
  return made;
}

TEST(reading_rules, have_another_fingerprint_when_a_line_means_something_else) {
  auto other = plan();
  EXPECT_EQ(fingerprint_of(other), fingerprint_of(plan()));
  other.every *= 2;
  EXPECT_EQ(fingerprint_of(other), fingerprint_of(plan()));
  other.tenant = "fabrikam";
  EXPECT_NE(fingerprint_of(other), fingerprint_of(plan()));
  auto by_field = plan();
  by_field.by_field = tenant_by_field{"tag", "^(.)"};
  EXPECT_NE(fingerprint_of(by_field), fingerprint_of(plan()));
}

TEST(reading_rules, give_a_cursor_back_only_to_whom_it_belongs) {
  const auto mine = fingerprint_of(plan());
  auto other = plan();
  other.tenant = "fabrikam";
  EXPECT_EQ(own_cursor(mine, kept_cursor(mine, "after:17")), "after:17");
  EXPECT_EQ(own_cursor(fingerprint_of(other), kept_cursor(mine, "after:17")), "");
  EXPECT_EQ(own_cursor(mine, ""), "");
}

}  // namespace
}  // namespace licaudit::sync
