#include "daemon/api/call.hpp"

#include "daemon/api/router.hpp"
#include "daemon/api/subjects_page.hpp"
#include "daemon/api/tally_json.hpp"
#include "sample_house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

class call_test : public testing::Test {
 protected:
  call make(std::uint32_t uid = 0) {
    return call(asked, access::policy(grants, 990).standing_of({uid, 100, {}}, sample_now), seen, sample_now);
  }

  request asked;
  std::vector<access::grant> grants;
  std::shared_ptr<audit::view> seen = sample_view();
};

TEST_F(call_test, gives_parameters_and_query) {
  call made = make();
  const std::string contoso = "contoso";
  path_parameters found;
  found.push_back({"t", &contoso});
  made.set_parameters(found);
  asked.query["by"] = "day";
  EXPECT_EQ(made.parameter("t"), "contoso");
  EXPECT_EQ(made.parameter("s"), "");
  EXPECT_EQ(made.query("by"), std::optional<std::string_view>("day"));
  EXPECT_EQ(made.query("since"), std::nullopt);
  EXPECT_EQ(made.tenant().record->id, "contoso");
  EXPECT_EQ(made.caller(), "root");
}

TEST_F(call_test, reads_the_body_as_an_object) {
  const call made = make();
  EXPECT_TRUE(made.body()->as_object().empty());
  asked.body = R"({"on":true})";
  EXPECT_TRUE(made.body()->at("on").as_bool());
  for (const char* wrong : {"[]", "7", "null", "{", "{} x", "\"x\""}) {
    asked.body = wrong;
    const auto body = made.body();
    ASSERT_TRUE(body.has_error()) << wrong;
    EXPECT_EQ(body.error().code, errc::malformed);
  }
}

TEST_F(call_test, reads_ranges_in_the_zone_of_the_tenant_or_the_root) {
  auto host = sample_tenant("host", "", tenant_type::provider, 0);
  host->zone = time_zone::find("America/New_York").value();
  seen->tenants["host"] = host;
  asked.query["since"] = "2026-10-30";
  const call made = make();
  EXPECT_EQ(to_rfc3339(made.range("")->since), "2026-10-30T04:00:00.000Z");
  EXPECT_EQ(to_rfc3339(made.range("contoso")->since), "2026-10-30T00:00:00.000Z");
  EXPECT_EQ(made.range("")->until, sample_now);
}

TEST_F(call_test, asks_one_view_only) {
  const call made = make();
  seen = sample_view();
  seen->tenants.clear();
  EXPECT_NE(made.view().find("contoso"), nullptr);
  EXPECT_TRUE(made.may(access::right::read, "contoso"));
  EXPECT_TRUE(made.may_operate());
  EXPECT_TRUE(made.may_inspect());
}

TEST_F(call_test, knows_strangers) {
  const call made = make(1043);
  EXPECT_FALSE(made.may(access::right::read, "contoso"));
  EXPECT_FALSE(made.may_operate());
  EXPECT_FALSE(made.may_inspect());
}

TEST_F(call_test, requires_rights_for_tenants_that_a_body_names) {
  access::grant customer;
  customer.uid = 1042;
  customer.tenant = "contoso";
  grants.push_back(customer);
  const call made = make(1042);
  EXPECT_TRUE(require(made, access::right::read, "contoso").has_value());
  EXPECT_EQ(require(made, access::right::read, "fabrikam").error().code, errc::unknown);
  EXPECT_EQ(require(made, access::right::read, "nosuch").error().code, errc::unknown);
  EXPECT_THROW(static_cast<void>(require(made, access::right::order, "contoso")), lacking_right);
}

TEST(view_tree_test, knows_who_stands_under_whom) {
  const view_tree tree(sample_view());
  EXPECT_EQ(tree.root(), "host");
  EXPECT_TRUE(tree.exists("contoso"));
  EXPECT_FALSE(tree.exists(""));
  EXPECT_TRUE(tree.is_within("contoso", "contoso"));
  EXPECT_TRUE(tree.is_within("contoso", "northwind"));
  EXPECT_TRUE(tree.is_within("contoso", "host"));
  EXPECT_FALSE(tree.is_within("northwind", "contoso"));
  EXPECT_FALSE(tree.is_within("fabrikam", "northwind"));
  EXPECT_FALSE(tree.is_within("nosuch", "host"));
  EXPECT_FALSE(tree.is_within("contoso", "nosuch"));
  EXPECT_FALSE(tree.is_within("contoso", ""));
}

TEST(tally_json_test, masks_every_mention_of_a_subject) {
  finding one;
  one.kind = "failed-criterion";
  one.subject = "ann";
  one.text = "ann, and again ann";
  one.action = "look";
  json_text shown, masked;
  add_finding(shown, one, true, {});
  add_finding(masked, one, false, {});
  EXPECT_THAT(shown.take(), HasSubstr("ann, and again ann"));
  const json::value members = parse_json(masked.take()).value();
  EXPECT_EQ(members.at("text").as_string(), "(a subject), and again (a subject)");
  EXPECT_FALSE(members.as_object().contains("subject"));
}

TEST(tally_json_test, masks_ids_that_the_mask_holds_too) {
  finding one;
  one.subject = "a";
  one.text = "a b";
  json_text masked;
  add_finding(masked, one, false, {});
  EXPECT_EQ(parse_json(masked.take()).value().at("text").as_string(), "(a subject) b");
}

TEST(tally_json_test, writes_what_was_never_calculated) {
  licence_tally tally;
  tally.licence = "ump";
  tally.state = tally_state::never;
  factor_tally one;
  one.factor = "direct-routing";
  json_text out;
  begin_licence(out, tally);
  out.key("factors").begin_array();
  begin_factor(out, one);
  out.end_object().end_array().key("stamp");
  add_stamp(out, std::nullopt);
  out.end_object();
  EXPECT_EQ(
      out.take(),
      R"x({"licence":"ump","acquired":null,"licensed":0,"available":null,"state":"never","factors":[)x"
      R"x({"factor":"direct-routing","on":true,"calculated":0,"configured":null,"text":"0 (n/a)"}],"stamp":null})x");
}

TEST(subjects_place_test, is_read_back_or_refused) {
  const auto place = parse_subjects_place("1793500000000.12");
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->at, sample_now);
  EXPECT_EQ(place->row, 12U);
  for (const char* wrong : {"", ".", "1.", ".1", "1.2.3", "x.1", "1.-1", "1 .2", "99999999999999999999.1"}) {
    EXPECT_TRUE(parse_subjects_place(wrong).has_error()) << wrong;
  }
}

}  // namespace
}  // namespace licaudit::api
