#include "sample_api.hpp"

#include "model/digest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> ids(const json::value& page) {
  std::vector<std::string> all;
  for (const json::value& one : page.at("tenants").as_array()) all.emplace_back(one.at("tenant").as_string());
  return all;
}

TEST(tenant_routes_test, shows_what_was_ordered_instead_of_what_the_record_says) {
  sample_api api;
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  contoso->record.change().acquired = {{"ump", 500}, {"voice", 3}};
  contoso->decided.change().ordered = {{"ump", 520}, {"ivr", 1}};
  api.rooms.seen->tenants["contoso"] = contoso;
  EXPECT_EQ(canonical_json(api.get("/v1/tenants/contoso").at("acquired")), R"({"ivr":1,"ump":520,"voice":3})");
}

TEST(tenant_routes_test, lists_the_tenants_that_the_caller_sees) {
  sample_api api;
  EXPECT_THAT(ids(api.get("/v1/tenants")), ElementsAre("albion", "contoso", "fabrikam", "host", "northwind"));
  api.become(access::role::partner, "albion");
  EXPECT_THAT(ids(api.get("/v1/tenants")), ElementsAre("albion", "contoso"));
}

TEST(tenant_routes_test, filters_by_type_parent_and_text) {
  sample_api api;
  EXPECT_THAT(ids(api.get("/v1/tenants?type=customer")), ElementsAre("contoso", "fabrikam"));
  EXPECT_THAT(ids(api.get("/v1/tenants?parent=host")), ElementsAre("fabrikam", "northwind"));
  EXPECT_THAT(ids(api.get("/v1/tenants?search=NAME+of+con")), ElementsAre("contoso"));
  EXPECT_THAT(ids(api.get("/v1/tenants?search=zzz")), IsEmpty());
  EXPECT_EQ(api.status(method::get, "/v1/tenants?type=king"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/tenants?parent=nosuch"), 404);
}

TEST(tenant_routes_test, pages_by_key) {
  sample_api api;
  std::vector<std::string> all;
  std::string after;
  for (int pages = 0; pages < 3; ++pages) {
    const json::value page = api.get("/v1/tenants?limit=2" + (after.empty() ? "" : "&after=" + after));
    for (const std::string& one : ids(page)) all.push_back(one);
    if (page.at("next").is_null()) break;
    after = std::string(page.at("next").as_string());
  }
  EXPECT_THAT(all, ElementsAre("albion", "contoso", "fabrikam", "host", "northwind"));
}

TEST(tenant_routes_test, says_when_the_last_page_is_exactly_full) {
  sample_api api;
  EXPECT_TRUE(api.get("/v1/tenants?limit=5").at("next").is_null());
  EXPECT_EQ(api.get("/v1/tenants?limit=4").at("next").as_string(), "host");
}

TEST(tenant_routes_test, shows_one_tenant) {
  sample_api api;
  site london;
  london.texts["name"] = "London";
  london.texts["pstn_gateway"] = "sb1";
  london.former_gateways.push_back({"sb0", sample_now});
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  contoso->record.change().sites.push_back(london);
  contoso->record.change().acquired["ump"] = 500;
  contoso->record.change().settings["retention"] = "9 months";
  contoso->record.change().ms_tenant_id = "guid";
  contoso->children = 1;
  api.rooms.seen->tenants["contoso"] = contoso;
  EXPECT_EQ(json::serialize(api.get("/v1/tenants/contoso")),
            R"({"tenant":"contoso","name":"Name of contoso","parent":"albion","type":"customer",)"
            R"("service":"direct-routing-pro","time_zone":"UTC","enabled":true,"gone":false,"origin":"tenants",)"
            R"("children":1,"sites":[{"name":"London","pstn_gateway":"sb1",)"
            R"("former_gateways":[{"gateway":"sb0","until":"2026-11-01T02:26:40.000Z"}]}],"acquired":{"ump":500},)"
            R"("settings":{"retention":"9 months"},"attributes":{},"ms_tenant_id":"guid","customer_guid":null,)"
            R"("monitored":null,"formerly":[],"switches":[{"licence":"ump","factor":"lifecycle-management","on":false,)"
            R"("own":false,"pending":true}],"planned_move":null})");
}

TEST(tenant_routes_test, creates_under_a_parent_that_the_caller_manages) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  api.rooms.on_command = [&api] {
    api.rooms.seen->tenants["tailspin"] = sample_tenant("tailspin", "northwind", tenant_type::customer, 0);
  };
  const json::value made =
      api.ask_json(method::post, "/v1/tenants", R"({"id":"tailspin","name":"Tailspin","parent":"northwind"})");
  EXPECT_EQ(made.at("tenant").as_string(), "tailspin");
  EXPECT_EQ(made.at("operation").as_int64(), 4711);
  EXPECT_EQ(made.at("calculation").at("sequence").as_int64(), 88);
  EXPECT_THAT(api.rooms.asked,
              ElementsAre(R"(create_tenant {"id":"tailspin","name":"Tailspin","parent":"northwind"} by north)"));
}

TEST(tenant_routes_test, refuses_to_create_where_the_caller_may_not) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","name":"X","parent":"fabrikam"})"), 404);
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","name":"X"})"), 404) << "the root is not his";
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","name":"X","parent":"albion"})"), 403)
      << "only a provider sets partners";
  EXPECT_EQ(api.status(method::post, "/v1/tenants", R"({"id":"x","name":"X","parent":7})"), 400);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

TEST(tenant_routes_test, checks_each_key_of_a_patch_by_its_own_right) {
  sample_api partner;
  partner.become(access::role::partner, "albion");
  EXPECT_EQ(partner.status(method::patch, "/v1/tenants/contoso", R"({"name":"New"})"), 200);
  EXPECT_EQ(partner.status(method::patch, "/v1/tenants/contoso", R"({"enabled":false})"), 403);
  EXPECT_EQ(partner.status(method::patch, "/v1/tenants/contoso", R"({"name":"New","parent":"albion"})"), 403);
  EXPECT_THAT(partner.rooms.asked, ElementsAre(R"(change_tenant contoso {"name":"New"} by north)"));

  sample_api reseller;
  reseller.become(access::role::reseller, "northwind");
  EXPECT_EQ(reseller.status(method::patch, "/v1/tenants/contoso", R"({"enabled":false})"), 200);
  EXPECT_EQ(reseller.status(method::patch, "/v1/tenants/contoso", R"({"parent":"northwind"})"), 403)
      << "taking it from its partner is setting the partner";
  EXPECT_EQ(reseller.status(method::patch, "/v1/tenants/contoso", R"({"parent":"fabrikam"})"), 404);

  sample_api provider;
  EXPECT_EQ(provider.status(method::patch, "/v1/tenants/contoso", R"({"parent":"fabrikam"})"), 200);
  EXPECT_EQ(provider.status(method::patch, "/v1/tenants/contoso", "{}"), 400);
}

TEST(tenant_routes_test, deletes_only_with_the_secret) {
  sample_api api;
  EXPECT_THAT(api.problem_of(method::remove, "/v1/tenants/contoso"), HasSubstr("422 tenants cannot be deleted here"));
  api.rooms.known_facts.deletion_secret_sha256 = to_hex(sha256("sesame"));
  EXPECT_EQ(api.status(method::remove, "/v1/tenants/contoso"), 403);
  api.deletion_secret = "wrong";
  EXPECT_EQ(api.status(method::remove, "/v1/tenants/contoso"), 403);
  EXPECT_EQ(api.refused.size(), 3U);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
  api.deletion_secret = "sesame";
  const json::value gone = api.ask_json(method::remove, "/v1/tenants/contoso");
  EXPECT_TRUE(gone.at("removed").as_bool());
  EXPECT_THAT(api.rooms.asked, ElementsAre("remove_tenant contoso by root"));
}

TEST(subject_routes_test, puts_users_and_numbers_of_the_source_local) {
  sample_api api;
  const json::value user = api.ask_json(method::put, "/v1/tenants/contoso/users/ann%40contoso.example",
                                        R"({"fields":{"pstn_gateway":["b","a"],"upn":"ann"}})");
  EXPECT_EQ(json::serialize(user), R"({"tenant":"contoso","kind":"user","id":"ann@contoso.example",)"
                                   R"("fields":{"pstn_gateway":["a","b"],"upn":"ann"},"quantity":1,"operation":4711,)"
                                   R"("calculation":{"sequence":88,"at":"2026-11-01T02:26:40.000Z"}})");
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/numbers/Plan%2F%2B44", R"({"quantity":3})"), 200);
  EXPECT_EQ(api.status(method::remove, "/v1/tenants/contoso/numbers/Plan%2F%2B44"), 200);
  EXPECT_THAT(
      api.rooms.asked,
      ElementsAre(R"(put_subject contoso user ann@contoso.example {"pstn_gateway":["a","b"],"upn":"ann"} x1 by root)",
                  "put_subject contoso number Plan/+44 {} x3 by root",
                  "remove_subject contoso number Plan/+44 by root"));
}

TEST(subject_routes_test, refuses_malformed_subjects) {
  sample_api api;
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/users/x", R"({"quantity":-1})"), 400);
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/users/x", R"({"fields":{"a":7}})"), 400);
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/users/x", R"({"feilds":{}})"), 400);
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/users/" + std::string(257, 'x'), "{}"), 400);
  EXPECT_EQ(api.status(method::put, "/v1/tenants/contoso/users/%20", "{}"), 400);
  EXPECT_THAT(api.rooms.asked, IsEmpty());
}

dated_inventory sample_inventory() {
  dated_inventory made;
  made.tenant.sequence = 87;
  made.tenant.at = sample_now - std::chrono::hours(1);
  for (const auto& [kind, id] : {std::pair(subject_kind::user, "ann"), std::pair(subject_kind::user, "bob"),
                                 std::pair(subject_kind::number, "+44")}) {
    ledger::dated_subject one;
    one.key = std::string("key-") + id;
    one.value.name = {"contoso", kind, id};
    made.subjects.push_back(one);
  }
  std::vector<std::string> dr(1, "direct-routing"), service(1, "service-numbers");
  made.holdings.push_back({0, "ump", "direct-routing", dr, dr, "1"});
  made.holdings.push_back({1, "ump", "", dr, {}});
  made.holdings.push_back({2, "ump", "service-numbers", service, service, "100"});
  return made;
}

std::vector<std::string> subjects(const json::value& page) {
  std::vector<std::string> all;
  for (const json::value& one : page.at("subjects").as_array()) all.emplace_back(one.at("key").as_string());
  return all;
}

TEST(subject_routes_test, lists_who_holds_what) {
  sample_api api;
  api.rooms.inventory = sample_inventory();
  const json::value page = api.get("/v1/tenants/contoso/subjects?limit=1");
  EXPECT_EQ(
      json::serialize(page),
      R"({"tenant":"contoso","time_zone":"UTC","at":"2026-11-01T02:26:40.000Z","calculated_at":"2026-11-01T01:26:40.000Z",)"
      R"("subjects":[{"kind":"user","subject":"ann","key":"key-ann","quantity":1,"licence":"ump",)"
      R"("factor":"direct-routing","worth":1,"configured":["direct-routing"],"eligible":["direct-routing"]}],)"
      R"("factors":[],)"
      R"("next":"1793500000000.1"})");
  EXPECT_THAT(subjects(api.get("/v1/tenants/contoso/subjects?limit=1&after=1793500000000.1")), ElementsAre("key-bob"));
  EXPECT_THAT(subjects(api.get("/v1/tenants/contoso/subjects?kind=number")), ElementsAre("key-+44"));
  EXPECT_THAT(subjects(api.get("/v1/tenants/contoso/subjects?factor=direct-routing")), ElementsAre("key-ann"));
  EXPECT_THAT(subjects(api.get("/v1/tenants/contoso/subjects?licence=storage")), IsEmpty());
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/subjects?kind=cat"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/subjects?after=7"), 400);
  EXPECT_EQ(api.status(method::get, "/v1/tenants/contoso/subjects?at=soonish"), 400);
}

TEST(subject_routes_test, keeps_the_instant_from_page_to_page) {
  sample_api api;
  api.rooms.inventory = sample_inventory();
  api.get("/v1/tenants/contoso/subjects?at=2026-10-31");
  api.get("/v1/tenants/contoso/subjects?after=1793000000000.2");
  EXPECT_THAT(api.rooms.asked, ElementsAre("inventory_at contoso 2026-10-31T00:00:00.000Z",
                                           "inventory_at contoso 2026-10-26T07:33:20.000Z"));
}

TEST(subject_routes_test, shows_an_auditor_keys_and_others_only_their_own) {
  sample_api auditor;
  auditor.rooms.inventory = sample_inventory();
  auditor.become(access::role::auditor, "contoso");
  const json::value page = auditor.get("/v1/tenants/contoso/subjects");
  EXPECT_TRUE(page.at("subjects").at(0).at("subject").is_null());
  EXPECT_EQ(page.at("subjects").at(0).at("key").as_string(), "key-ann");

  sample_api reseller;
  reseller.rooms.inventory = sample_inventory();
  reseller.become(access::role::reseller, "northwind");
  EXPECT_EQ(reseller.status(method::get, "/v1/tenants/contoso/subjects"), 403);
  reseller.grants[0].subjects = true;
  EXPECT_EQ(reseller.get("/v1/tenants/contoso/subjects").at("subjects").at(0).at("subject").as_string(), "ann");
}

}  // namespace
}  // namespace licaudit::api
