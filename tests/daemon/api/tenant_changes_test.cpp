#include "model/digest.hpp"
#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string contoso = "/v1/tenants/contoso";

TEST(tenant_creation_test, puts_a_tenant_without_a_parent_under_the_root) {
  sample_api api;
  api.rooms.on_command = [&api] {
    api.rooms.seen->tenants["x"] = sample_tenant("x", "host", tenant_type::customer, 0);
  };
  EXPECT_EQ(api.ask_json(method::post, "/v1/tenants", R"({"id":"x","name":"X"})").at("parent").as_string(), "host");
  EXPECT_THAT(api.rooms.asked, ElementsAre(R"(create_tenant {"id":"x","name":"X","parent":"host"} by root)"));
}

TEST(tenant_creation_test, refuses_bodies_of_the_wrong_form_before_anything_happens) {
  sample_api api;
  for (const char* wrong :
       {"[]", "7", "{", R"("x")", R"({"id":"x","parent":null})", R"({"id":"x","parent":["host"]})"}) {
    EXPECT_THAT(api.problem_of(method::post, "/v1/tenants", wrong), HasSubstr("400")) << wrong;
  }
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","parent":"nosuch"})"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","parent":""})"), 404);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(tenant_creation_test, lets_a_provider_put_somebody_under_a_partner) {
  sample_api api;
  api.rooms.on_command = [&api] {
    api.rooms.seen->tenants["x"] = sample_tenant("x", "albion", tenant_type::customer, 0);
  };
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","name":"X","parent":"albion"})"), 200);
}

TEST(tenant_creation_test, is_refused_to_those_who_manage_no_tenants) {
  for (const auto& [what, at] :
       {std::pair(access::role::partner, "albion"), std::pair(access::role::customer, "contoso"),
        std::pair(access::role::auditor, "host")}) {
    sample_api api;
    api.become(what, at);
    EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","name":"X"})"), 403) << access::to_text(what);
    EXPECT_EQ(api.refused.size(), 1U);
    EXPECT_THAT(api.rooms.asked, IsEmpty());
  }
}

TEST(tenant_creation_test, passes_on_why_the_office_refuses) {
  sample_api api;
  api.rooms.fails = failure{errc::conflict, "there is a tenant fabrikam already"};
  EXPECT_EQ(api.problem_of(method::post, "/v1/tenants", R"({"id":"fabrikam","name":"F"})"),
            "409 there is a tenant fabrikam already");
}

TEST(tenant_creation_test, says_so_when_the_tenant_is_gone_again_at_once) {
  sample_api api;
  EXPECT_EQ(api.problem_of(method::post, "/v1/tenants", R"({"id":"x","name":"X"})"),
            "409 tenant x was changed again meanwhile; look anew");
}

TEST(tenant_patch_test, answers_with_the_tenant_as_it_stands_after_the_change) {
  sample_api api;
  api.rooms.on_command = [&api] {
    auto now = sample_tenant("contoso", "albion", tenant_type::customer, 200);
    now->record.change().name = "Contoso Ltd";
    now->enabled = false;
    api.rooms.seen->tenants["contoso"] = now;
  };
  const json::value made = api.ask_json(method::patch, contoso, R"({"name":"Contoso Ltd","enabled":false})");
  EXPECT_EQ(made.at("name").as_string(), "Contoso Ltd");
  EXPECT_FALSE(made.at("enabled").as_bool());
  EXPECT_EQ(made.at("operation").as_int64(), 4711);
  EXPECT_EQ(made.at("calculation").at("sequence").as_int64(), 88);
}

TEST(tenant_patch_test, refuses_a_new_parent_that_is_no_id) {
  sample_api api;
  for (const char* wrong : {R"({"parent":null})", R"({"parent":7})", R"({"parent":["host"]})", "[]", "{}", "null"}) {
    EXPECT_THAT(api.problem_of(method::patch, contoso, wrong), HasSubstr("400")) << wrong;
  }
  EXPECT_EQ(api.status(method::patch, contoso, R"({"parent":"nosuch"})"), 404);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(tenant_patch_test, lets_a_reseller_move_what_stands_under_no_partner) {
  sample_api api;
  api.rooms.seen->tenants["tailspin"] = sample_tenant("tailspin", "northwind", tenant_type::customer, 1);
  api.rooms.seen->tenants["south"] = sample_tenant("south", "northwind", tenant_type::reseller, 0);
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/tailspin", R"({"parent":"south"})"), 200);
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/tailspin", R"({"parent":"albion"})"), 403);
  EXPECT_EQ(api.status(method::patch, "/v1/tenants/tailspin", R"({"parent":"host"})"), 404);
  EXPECT_THAT(api.rooms.asked, ElementsAre(R"(change_tenant tailspin {"parent":"south"} by north)"));
}

TEST(tenant_patch_test, is_refused_to_customers_and_auditors) {
  for (const auto& [what, at] :
       {std::pair(access::role::customer, "contoso"), std::pair(access::role::auditor, "host")}) {
    sample_api api;
    api.become(what, at);
    EXPECT_EQ(api.status(method::patch, contoso, R"({"name":"Mine"})"), 403) << access::to_text(what);
    EXPECT_THAT(api.rooms.asked, IsEmpty());
  }
}

TEST(tenant_patch_test, says_so_when_the_tenant_was_removed_meanwhile) {
  sample_api api;
  api.rooms.on_command = [&api] { api.rooms.seen->tenants.erase("contoso"); };
  EXPECT_EQ(api.problem_of(method::patch, contoso, R"({"name":"New"})"), "409 the tenant was removed meanwhile");
}

class tenant_deletion_test : public testing::Test {
 protected:
  tenant_deletion_test() { api.rooms.known_facts.deletion_secret_sha256 = to_hex(sha256("sesame")); }
  sample_api api;
};

TEST_F(tenant_deletion_test, reads_the_digest_of_the_secret_in_capitals_too) {
  for (char& byte : api.rooms.known_facts.deletion_secret_sha256) {
    if (byte >= 'a' && byte <= 'f') byte = static_cast<char>(byte - 'a' + 'A');
  }
  api.deletion_secret = "sesame";
  EXPECT_EQ(api.status(method::remove, contoso), 200);
}

TEST_F(tenant_deletion_test, takes_neither_the_digest_nor_a_part_of_the_secret_for_it) {
  for (const std::string& wrong : {api.rooms.known_facts.deletion_secret_sha256, std::string("sesam"),
                                   std::string("sesame "), std::string("SESAME")}) {
    api.deletion_secret = wrong;
    EXPECT_EQ(api.status(method::remove, contoso), 403) << wrong;
  }
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(tenant_deletion_test, writes_a_wrong_secret_down_nowhere) {
  api.deletion_secret = "open-it";
  const response answer = api.ask(method::remove, contoso);
  EXPECT_THAT(answer.body, testing::Not(HasSubstr("open-it")));
  ASSERT_EQ(api.refused.size(), 1U);
  EXPECT_EQ(api.refused[0].tenant, "contoso");
  EXPECT_THAT(api.refused[0].text + json::serialize(api.refused[0].detail), testing::Not(HasSubstr("open-it")));
}

TEST_F(tenant_deletion_test, is_refused_to_a_reseller_who_knows_the_secret) {
  api.deletion_secret = "sesame";
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::remove, contoso), 403);
  EXPECT_EQ(api.status(method::remove, "/v1/tenants/fabrikam"), 404);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST_F(tenant_deletion_test, passes_on_why_the_office_refuses) {
  api.deletion_secret = "sesame";
  api.rooms.fails = failure{errc::refused, "tenant albion has children"};
  EXPECT_EQ(api.problem_of(method::remove, "/v1/tenants/albion"), "422 tenant albion has children");
}

TEST(tenant_list_test, finds_by_id_as_well_as_by_name_whatever_the_case) {
  sample_api api;
  auto fabrikam = sample_tenant("fabrikam", "host", tenant_type::customer, 1);
  fabrikam->record.change().name = "Albion Street Stores";
  api.rooms.seen->tenants["fabrikam"] = fabrikam;
  const json::value found = api.get("/v1/tenants?search=ALBION");
  ASSERT_EQ(found.at("tenants").as_array().size(), 2U);
  EXPECT_EQ(found.at("tenants").at(0).at("tenant").as_string(), "albion");
  EXPECT_EQ(found.at("tenants").at(1).at("tenant").as_string(), "fabrikam");
}

TEST(tenant_list_test, pages_within_a_filter) {
  sample_api api;
  const json::value first = api.get("/v1/tenants?type=customer&limit=1");
  EXPECT_EQ(first.at("next").as_string(), "contoso");
  const json::value last = api.get("/v1/tenants?type=customer&limit=1&after=contoso");
  EXPECT_EQ(last.at("tenants").at(0).at("tenant").as_string(), "fabrikam");
  EXPECT_TRUE(last.at("next").is_null());
}

TEST(tenant_list_test, hides_a_parent_that_the_caller_does_not_see) {
  sample_api api;
  api.become(access::role::partner, "albion");
  EXPECT_EQ(api.status(method::get, "/v1/tenants?parent=northwind"), 404);
  EXPECT_EQ(api.get("/v1/tenants?parent=albion").at("tenants").as_array().size(), 1U);
}

TEST(tenant_page_test, shows_what_is_gone_off_and_inherited) {
  sample_api api;
  auto gone = sample_tenant("contoso", "albion", tenant_type::customer, 0);
  gone->gone = true;
  gone->zone = time_zone::find("Europe/London").value();
  gone->record.change().formerly.emplace_back("contoso-old");
  gone->switches.change()[0].own.reset();
  gone->switches.change()[0].pending.reset();
  api.rooms.seen->tenants["contoso"] = gone;
  const json::value page = api.get(contoso);
  EXPECT_TRUE(page.at("gone").as_bool());
  EXPECT_EQ(page.at("time_zone").as_string(), "Europe/London");
  EXPECT_EQ(json::serialize(page.at("formerly")), R"(["contoso-old"])");
  EXPECT_TRUE(page.at("switches").at(0).at("own").is_null());
  EXPECT_TRUE(page.at("switches").at(0).at("pending").is_null());
  EXPECT_FALSE(page.as_object().contains("operation")) << "nothing was done";
}

}  // namespace
}  // namespace licaudit::api
