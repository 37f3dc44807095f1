#include "cli/rendering/listings.hpp"
#include "tests/cli/golden.hpp"

#include <gmock/gmock.h>

namespace licaudit::cli::rendering {

using testing::HasSubstr;

TEST(listing, of_tenants_is_a_table) {
  EXPECT_EQ(tenant_list().people(golden_json("tenants.json"), plain_view()),
            "tenant     name               type      parent     service             enabled  origin   children\n"
            "contoso    Contoso \"UK\", Ltd  customer  northwind  direct-routing-pro  yes      tenants         0\n"
            "northwind  Northwind 東京     reseller  root       -                   yes      tenants        12\n");
}

TEST(listing, of_tenants_is_csv) {
  const auto list = tenant_list();
  EXPECT_EQ(list.csv_header(), "tenant,name,type,parent,service,time_zone,enabled,gone,origin,children\r\n");
  EXPECT_THAT(list.csv(golden_json("tenants.json")),
              HasSubstr("contoso,\"Contoso \"\"UK\"\", "
                        "Ltd\",customer,northwind,direct-routing-pro,Europe/London,true,false,tenants,0\r\n"));
}

TEST(listing, of_a_page_has_a_row_per_factor) {
  const auto list = tally_list();
  EXPECT_EQ(
      list.csv_header(),
      "tenant,calculated_at,state,licence,acquired,licensed,available,factor,title,priority,on,pending,calculated,"
      "configured,changed,cause\r\n");
  EXPECT_THAT(
      list.csv(golden_json("page_degraded.json")),
      HasSubstr("contoso,2026-11-22T03:00:00.000Z,degraded,ump,500,512,-12,user-interface,Managed Users-By User "
                "Interface,4,false,,0,380,2026-11-03T10:04:00.000Z,\"off by north, operation 4711\"\r\n"));
}

TEST(listing, of_a_history_has_a_row_per_calculation_and_factor) {
  const auto rows = history_list().csv(golden_json("history_month.json"));
  EXPECT_EQ(rows,
            "contoso,2026-10-31T22:00:00.000Z,300,2026-10-01,ok,ump,,494,,499,2026-10-12T08:31:00.000Z,direct-routing,"
            "true,494,500,schedule\r\n"
            "contoso,2026-11-03T10:04:00.000Z,400,2026-11-01,held,ump,500,472,28,494,2026-11-19T10:04:00.000Z,direct-"
            "routing,true,472,,\r\n");
}

TEST(listing, of_a_plan_has_a_row_per_factor) {
  EXPECT_EQ(plan_list().csv(golden_json("plan.json")),
            "3f9c2a,contoso,ump,lifecycle-management,96,404,0,404,96\r\n3f9c2a,contoso,ump,user-interface,0,380,92,380,"
            "96\r\n");
}

TEST(listing, of_runs_says_what_was_left_out) {
  const auto answer = parse_json(R"({"source":"teams","runs":[{"id":7,"started":"2026-11-22T03:00:00.000Z","state":"ok",
    "delta":false,"exit":"exit 0","tenants":1,"users":20,"left_out":{"soft-deleted":12}}]})");
  EXPECT_THAT(run_list().people(answer.value().as_object(), plain_view()), HasSubstr("soft-deleted 12"));
  EXPECT_THAT(run_list().csv(answer.value().as_object()),
              HasSubstr("7,2026-11-22T03:00:00.000Z,,ok,false,exit 0,1,20,"));
}

TEST(listing, of_sources_names_the_tenants_that_are_held) {
  auto answer = golden_json("status.json");
  answer["sources"].as_array()[0].as_object()["held"] =
      json::array{json::object{{"tenant", "contoso"}}, json::object{{"tenant", "fabrikam"}}};
  EXPECT_THAT(source_list().people(answer, plain_view()), HasSubstr("contoso, fabrikam"));
  EXPECT_THAT(source_list().csv(answer), HasSubstr(",contoso;fabrikam\r\n"));
}

TEST(listing, of_an_answer_with_other_members_shows_what_it_knows) {
  const json::object odd = {{"tenants", json::array{json::object{{"tenant", 5}, {"name", nullptr}}, "text"}}};
  EXPECT_EQ(tenant_list().csv(odd), "5,,,,,,,,,\r\n,,,,,,,,,\r\n");
  EXPECT_EQ(tenant_list().people({{"tenants", "none"}}, plain_view()), "");
}

}  // namespace licaudit::cli::rendering
