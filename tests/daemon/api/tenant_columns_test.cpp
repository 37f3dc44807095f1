#include "sample_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/serialize.hpp>

namespace licaudit::api {
namespace {

using testing::HasSubstr;

std::string columns_of(sample_api& api, const std::string& columns) {
  return json::serialize(api.get("/v1/tenants?search=contoso&columns=" + columns));
}

TEST(tenant_columns_test, gives_keys_attributes_settings_and_figures_in_the_order_asked_for) {
  sample_api api;
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  auto& record = contoso->record.change();
  record.attributes = {{"country", "GB"}, {"colour", "red, \"dark\""}, {"notes.of", 7}};
  record.settings = {{"retention", 9}};
  api.rooms.seen->tenants["contoso"] = contoso;
  EXPECT_EQ(columns_of(api, "country,tenant,attribute.colour,setting.retention,ump.licensed"),
            R"({"columns":["country","tenant","attribute.colour","setting.retention","ump.licensed"],)"
            R"("tenants":[{"tenant":"contoso","values":["GB","contoso","red, \"dark\"",9,200]}],"next":null})");
  EXPECT_THAT(columns_of(api,
                         "ump.acquired,%20ump.available,ump.state,ump/direct-routing.calculated,"
                         "ump/direct-routing.configured,attribute.notes.of"),
              HasSubstr(R"("values":[500,300,"ok",200,212,7])"));
  EXPECT_THAT(
      columns_of(api, "name,parent,type,service,time_zone,enabled,disabled,gone,origin,children,users,numbers"),
      HasSubstr(R"("values":["Name of contoso","albion","customer","direct-routing-pro","UTC",true,false,false,)"
                R"("tenants",0,200,0])"));
  EXPECT_THAT(columns_of(api, "monitored,aggregated,state,ms_tenant_id,customer_guid,formerly,sites,mail"),
              HasSubstr(R"("values":[20,false,"ok",null,null,[],[],null])"));
}

TEST(tenant_columns_test, gives_free_places_as_what_is_available_of_a_pool_of_tenants) {
  sample_api api;
  auto contoso = sample_tenant("contoso", "albion", tenant_type::customer, 200);
  contoso->pools.push_back({"ump", {pool_kind::tenants, 5, 3}});
  api.rooms.seen->tenants["contoso"] = contoso;
  EXPECT_THAT(columns_of(api, "ump.available,ump.licensed"), HasSubstr(R"("values":[2,200])"));
}

TEST(tenant_columns_test, leaves_out_what_a_tenant_has_not) {
  sample_api api;
  auto bare = std::make_shared<audit::tenant_view>();
  bare->record.change().id = "contoso";
  api.rooms.seen->tenants["contoso"] = bare;
  EXPECT_THAT(columns_of(api, "ump.licensed,ump/direct-routing.calculated,country,setting.x"),
              HasSubstr(R"("values":[null,null,null,null])"));
}

TEST(tenant_columns_test, refuses_nonsense_with_the_columns_that_there_are) {
  sample_api api;
  for (const char* wrong :
       {"colour", "tenant,", "", "nosuch.licensed", "ump.nosuch", "ump/nosuch.calculated",
        "ump/direct-routing.licensed", "ump/.calculated", "attribute.", "setting.", ".", "tenant,,name"}) {
    const std::string said = api.problem_of(method::get, std::string("/v1/tenants?columns=") + wrong);
    EXPECT_THAT(said, HasSubstr("400 columns: there is no column '")) << wrong;
    EXPECT_THAT(said, HasSubstr("contract_number, country")) << wrong;
  }
  std::string many = "tenant";
  for (int i = 0; i < 64; ++i) many += ",name";
  EXPECT_THAT(api.problem_of(method::get, "/v1/tenants?columns=" + many), HasSubstr("400 columns: more than 64"));
}

TEST(tenant_columns_test, shows_a_caller_his_own_tenants_page_by_page) {
  sample_api api;
  api.become(access::role::reseller, "northwind");
  const json::value first = api.get("/v1/tenants?columns=tenant&limit=2");
  EXPECT_EQ(json::serialize(first.at("tenants")),
            R"([{"tenant":"albion","values":["albion"]},{"tenant":"contoso","values":["contoso"]}])");
  EXPECT_EQ(first.at("next").as_string(), "contoso");
}

}  // namespace
}  // namespace licaudit::api
