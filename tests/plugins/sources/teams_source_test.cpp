#include "plugins/sources/teams/teams_source.hpp"

#include "tests/plugins/scratch_directory.hpp"
#include "tests/plugins/sources/captured_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::teams {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

teams_config exports() {
  return {test::data_file("teams/users.json"), test::data_file("teams/policies.json"),
          test::data_file("teams/routes.json")};
}

test::captured_run print(const teams_config& config) {
  return test::capture([&config](sdk::record_writer& out) { return run(config, out); });
}

test::captured_run print_users(std::string_view users) {
  const test::scratch_directory directory;
  auto config = exports();
  config.users = directory.write("users.json", users);
  return print(config);
}

class teams_source : public testing::Test {
 protected:
  void SetUp() override {
    testing::internal::CaptureStderr();
    printed_ = print(exports());
    warnings_ = testing::internal::GetCapturedStderr();
  }
  test::captured_run printed_;
  std::string warnings_;
};

TEST_F(teams_source, derives_gateways_through_policy_usages_and_routes) {
  ASSERT_THAT(printed_.problem, IsEmpty());
  EXPECT_TRUE(printed_.complete);
  EXPECT_EQ(printed_.field("Ann@contoso.example", "pstn_gateway"),
            "sbc-any.example.net|sbc-lon.example.net|sbc-man.example.net");
  EXPECT_EQ(printed_.field("bob@contoso.example", "pstn_gateway"), "sbc-ber.example.net");
}

TEST_F(teams_source, takes_the_global_policy_for_who_has_none) {
  EXPECT_EQ(printed_.field("cem@contoso.example", "pstn_gateway"), "sbc-any.example.net|sbc-lon.example.net");
  EXPECT_EQ(printed_.field("cem@contoso.example", "voice_routing_policy"), "Global");
}

TEST_F(teams_source, gives_the_fields_of_a_user) {
  EXPECT_EQ(printed_.field("Ann@contoso.example", "upn"), "Ann@contoso.example");
  EXPECT_EQ(printed_.field("Ann@contoso.example", "display_name"), "Ann Archer");
  EXPECT_EQ(printed_.field("Ann@contoso.example", "line_uri"), "tel:+442079460001;ext=01");
  EXPECT_EQ(printed_.field("Ann@contoso.example", "voice_routing_policy"), "London");
  EXPECT_EQ(printed_.field("Ann@contoso.example", "dial_plan"), "UK");
  EXPECT_EQ(printed_.field("Ann@contoso.example", "enabled"), "true");
  EXPECT_EQ(printed_.field("bob@contoso.example", "enabled"), "false");
  EXPECT_EQ(printed_.field("bob@contoso.example", "line_uri"), "");
  EXPECT_EQ(printed_.field("bob@contoso.example", "display_name"), "Bob B\xC3\xBCrger");
  EXPECT_EQ(printed_.field("cem@contoso.example", "enabled"), "true");
  EXPECT_EQ(printed_.field("cem@contoso.example", "line_uri"), "tel:+442079460003");
  EXPECT_EQ(printed_.field("cem@contoso.example", "number_type"), "OperatorConnect");
}

TEST_F(teams_source, leaves_out_and_counts_what_is_no_user) {
  EXPECT_EQ(printed_.subjects.size(), 4U);
  EXPECT_EQ(printed_.left_out_text(),
            "account type Guest=2 account type PureOnlineApplicationInstance=1 account type ResourceAccount=1 "
            "soft-deleted=1");
}

TEST_F(teams_source, warns_of_a_policy_that_the_exports_lack) {
  EXPECT_NE(printed_.find("dee@contoso.example"), nullptr);
  EXPECT_EQ(printed_.field("dee@contoso.example", "pstn_gateway"), "");
  EXPECT_EQ(printed_.field("dee@contoso.example", "voice_routing_policy"), "Retired");
  EXPECT_THAT(warnings_, HasSubstr("1 user(s) of the voice routing policy 'Retired'"));
}

TEST(teams_users, are_read_from_an_export_of_one) {
  const auto printed = print_users(R"({"UserPrincipalName":"ann@contoso.example","AccountType":"User"})");
  EXPECT_TRUE(printed.complete);
  EXPECT_EQ(printed.subjects.size(), 1U);
}

TEST(teams_users, of_a_tenant_without_any_are_an_empty_run) {
  EXPECT_TRUE(print_users("[]").complete);
}

TEST(teams_users, need_a_name) {
  const auto printed = print_users(R"([{"UserPrincipalName":"a","AccountType":"User"},{"DisplayName":"Ann"}])");
  EXPECT_THAT(printed.problem, HasSubstr("users.json: entry 2: has no UserPrincipalName"));
  EXPECT_FALSE(printed.complete);
}

TEST(teams_users, of_a_file_cut_off_are_none_at_all) {
  const auto printed = print_users("[{\"UserPrincipalName\":\"a\"},\n");
  EXPECT_THAT(printed.problem, HasSubstr("users.json:2: not JSON"));
  EXPECT_THAT(printed.text, IsEmpty());
}

TEST(teams_config, names_the_key_that_is_missing) {
  sdk::source_request request;
  request.config = {{"users", "u"}, {"policies", "p"}};
  EXPECT_THAT(open(request).error().detail, HasSubstr("routes"));
  request.config = {{"users", "u"}, {"policies", "p"}, {"routes", "r"}};
  EXPECT_TRUE(open(request));
}

}  // namespace
}  // namespace licaudit::teams
