#include "plugins/sources/teams/voice_routing.hpp"

#include "tests/plugins/scratch_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::teams {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

result<voice_routing> routing_of(std::string_view policies, std::string_view routes) {
  const test::scratch_directory directory;
  return voice_routing::create(export_file::read(directory.write("policies.json", policies), "Policies").value(),
                               export_file::read(directory.write("routes.json", routes), "Routes").value());
}

constexpr std::string_view routes = R"([{"OnlinePstnUsages":["UK"],"OnlinePstnGatewayList":["b","a"]},
                                        {"OnlinePstnUsages":["UK","DE"],"OnlinePstnGatewayList":["c","a"]},
                                        {"OnlinePstnUsages":["FR"],"OnlinePstnGatewayList":["f"]}])";

TEST(voice_routing, unites_the_gateways_of_all_routes_that_share_a_usage) {
  const auto routing = routing_of(R"([{"Identity":"Tag:P","OnlinePstnUsages":["UK"]}])", routes).value();
  EXPECT_THAT(*routing.gateways_of("P"), ElementsAre("a", "b", "c"));
}

TEST(voice_routing, tells_a_policy_without_gateways_from_an_unknown_one) {
  const auto routing = routing_of(R"([{"Identity":"Tag:P","OnlinePstnUsages":[]},
                                      {"Identity":"Tag:Q","OnlinePstnUsages":["none such"]}])",
                                  routes)
                           .value();
  EXPECT_THAT(*routing.gateways_of("P"), IsEmpty());
  EXPECT_THAT(*routing.gateways_of("Q"), IsEmpty());
  EXPECT_EQ(routing.gateways_of("R"), nullptr);
  EXPECT_EQ(routing.gateways_of(""), nullptr) << "there is no global policy";
}

TEST(voice_routing, takes_the_global_policy_for_none) {
  const auto routing = routing_of(R"([{"Identity":"Global","OnlinePstnUsages":["DE"]}])", routes).value();
  EXPECT_THAT(*routing.gateways_of(""), ElementsAre("a", "c"));
}

TEST(voice_routing, compares_names_as_powershell_does) {
  const auto routing = routing_of(R"([{"identity":"tag:Office","onlinepstnusages":["uk"]}])", routes).value();
  EXPECT_THAT(*routing.gateways_of("OFFICE"), ElementsAre("a", "b", "c"));
}

TEST(voice_routing, reads_lists_in_every_form_of_powershell) {
  const auto routing = routing_of(R"({"Identity":"Global","OnlinePstnUsages":"DE"})",
                                  R"({"OnlinePstnUsages":{"value":["DE"],"Count":1},"OnlinePstnGatewayList":"only"})")
                           .value();
  EXPECT_THAT(*routing.gateways_of(""), ElementsAre("only"));
}

TEST(voice_routing, says_what_an_export_lacks) {
  const auto wrong = [](std::string_view policies, std::string_view given) {
    const auto routing = routing_of(policies, given);
    return routing ? "accepted" : routing.error().detail;
  };
  EXPECT_THAT(wrong("[]", R"([{"OnlinePstnUsages":[],"OnlinePstnGatewayList":[]},{"OnlinePstnGatewayList":[]}])"),
              HasSubstr("routes.json: entry 2: has no OnlinePstnUsages"));
  EXPECT_THAT(wrong("[]", R"([{"OnlinePstnUsages":[]}])"), HasSubstr("has no OnlinePstnGatewayList"));
  EXPECT_THAT(wrong(R"([{"Identity":"Tag:P"}])", "[]"),
              HasSubstr("policies.json: entry 1: policy 'P' has no OnlinePstnUsages"));
  EXPECT_THAT(wrong(R"([{"OnlinePstnUsages":[]}])", "[]"), HasSubstr("has no Identity"));
  EXPECT_THAT(wrong(R"([{"Identity":"Tag:P","OnlinePstnUsages":[]},{"Identity":"p","OnlinePstnUsages":[]}])", "[]"),
              HasSubstr("entry 2: policy 'p' stands there twice"));
}

}  // namespace
}  // namespace licaudit::teams
