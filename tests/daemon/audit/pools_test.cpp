#include "tests/daemon/audit/shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace licaudit::audit {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(pools_in_the_tree, of_100_agents_with_tenants_of_60_and_40_refuse_a_41st_and_99) {
  shop s;
  ASSERT_EQ(s.order("north", "agents", 100), "");
  ASSERT_EQ(s.order("alpha", "agents", 60), "");
  ASSERT_EQ(s.order("beta", "agents", 40), "");
  EXPECT_EQ(s.order("beta", "agents", 1),
            "the pool of north has 100 of agents and hands out 100: order 1 more for north, or free 1 under it");
  EXPECT_EQ(s.order("north", "agents", -1),
            "north hands out 100 of agents to the tenants under it: reduce theirs by 1 first");
  EXPECT_EQ(s.acquired("north", "agents"), 100) << "its own quantity, not the sum";
  EXPECT_EQ(s.pool_of("north", "agents"), (pool{pool_kind::units, 100, 100}));
  EXPECT_EQ(s.acquired("host", "agents"), 100);
  EXPECT_EQ(s.pool_of("host", "agents"), std::nullopt) << "it has no quantity of its own";
  ASSERT_EQ(s.order("alpha", "agents", -1), "");
  EXPECT_EQ(s.order("beta", "agents", 1), "");
  s.restart();
  EXPECT_EQ(s.pool_of("north", "agents"), (pool{pool_kind::units, 100, 100}));
  EXPECT_EQ(s.acquired("north", "agents"), 100);
}

TEST(pools_in_the_tree, of_2_tenants_refuse_the_third) {
  shop s;
  ASSERT_EQ(s.order("host", "ai", 2), "");
  ASSERT_EQ(s.order("alpha", "ai", 50), "");
  ASSERT_EQ(s.order("beta", "ai", 1), "");
  EXPECT_EQ(s.order("contoso", "ai", 1),
            "the pool of host is for 2 tenants, and 2 have ai: order 1 more for host, or take it from 1 under it");
  EXPECT_EQ(s.order("alpha", "ai", 100), "") << "who has a place may have as many as it wants";
  EXPECT_EQ(s.order("host", "ai", -1), "host has places for 2 tenants and 2 of them have ai: take it from 1 first");
  EXPECT_EQ(s.pool_of("host", "ai"), (pool{pool_kind::tenants, 2, 2}));
  ASSERT_EQ(s.order("beta", "ai", -1), "");
  EXPECT_EQ(s.order("contoso", "ai", 1), "");
}

/// A leaf that has any takes one place; with others under it, it hands out as many as it has.
TEST(pools_in_the_tree, of_tenants_take_all_the_units_of_a_leaf_for_places_once_another_is_moved_under_it) {
  shop s;
  ASSERT_EQ(s.order("host", "ai", 2), "");
  ASSERT_EQ(s.order("alpha", "ai", 50), "");
  const auto made = s.office().create_tenant(parse_json(R"({"id":"mine","name":"Mine","parent":"host"})").value(), "n");
  ASSERT_TRUE(made) << made.error().detail;
  ASSERT_EQ(s.order("mine", "ai", 7), "");
  EXPECT_EQ(s.pool_of("host", "ai"), (pool{pool_kind::tenants, 2, 2}));
  const auto refused = s.office().move({"mine", "alpha", {}}, "n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail,
            "tenant mine: the pool of host has 2 of ai and would hand out 50; order 48 more for host, or free 48 under "
            "it");
  EXPECT_EQ(s.pool_of("alpha", "ai"), std::nullopt) << "nothing was changed by asking";
  EXPECT_EQ(s.pool_of("host", "ai"), (pool{pool_kind::tenants, 2, 2}));
  ASSERT_EQ(s.order("alpha", "ai", -48), "");
  const auto tried = s.office().try_move({"mine", "alpha", {}});
  ASSERT_TRUE(tried) << tried.error().detail;
  ASSERT_TRUE(s.office().move({"mine", "alpha", {}}, "n"));
  EXPECT_EQ(s.pool_of("alpha", "ai"), (pool{pool_kind::tenants, 2, 1}));
  EXPECT_EQ(s.pool_of("host", "ai"), (pool{pool_kind::tenants, 2, 2})) << "alpha has both places, and mine one of them";
  for (const auto& one : tried->pools) EXPECT_EQ(s.pool_of(one.tenant, one.licence), one.to) << one.tenant;
}

TEST(pools_in_the_tree, are_taken_from_the_nearest_above_that_has_a_quantity) {
  shop s(R"({"agents":100})");
  ASSERT_EQ(s.order("alpha", "agents", 60), "");
  EXPECT_EQ(s.pool_of("host", "agents"), (pool{pool_kind::units, 100, 60})) << "through north, which has none";
  EXPECT_THAT(s.order("north", "agents", 50), HasSubstr("north hands out 60 of agents"));
  ASSERT_EQ(s.order("north", "agents", 90), "");
  EXPECT_EQ(s.pool_of("host", "agents"), (pool{pool_kind::units, 100, 90}));
  EXPECT_THAT(s.order("contoso", "agents", 11), HasSubstr("the pool of host has 100 of agents and hands out 90"));
  EXPECT_THAT(s.order("beta", "agents", 31), HasSubstr("the pool of north has 90 of agents and hands out 60"));
  EXPECT_EQ(s.order("beta", "agents", 30), "");
}

TEST(pools_in_the_tree, that_a_record_overdraws_let_nobody_take_more) {
  shop s(R"({"agents":100})");
  ASSERT_EQ(s.order("alpha", "agents", 60), "");
  s.give_tenants({R"({"id":"host","name":"Host","type":"provider","acquired":{"agents":50}})",
                  R"({"id":"north","name":"N","parent":"host","type":"reseller"})",
                  R"({"id":"alpha","name":"A","parent":"north","service":"s"})",
                  R"({"id":"beta","name":"B","parent":"north","service":"s"})",
                  R"({"id":"contoso","name":"C","parent":"host","service":"s"})"});
  EXPECT_EQ(s.pool_of("host", "agents"), (pool{pool_kind::units, 50, 60}));
  EXPECT_THAT(s.finding_kinds(), Contains("pool-overdrawn"));
  EXPECT_THAT(s.order("beta", "agents", 1), HasSubstr("order 11 more for host"));
  EXPECT_EQ(s.order("alpha", "agents", -1), "");
  EXPECT_THAT(s.finding_kinds(), Contains("pool-overdrawn"));
  EXPECT_EQ(s.order("alpha", "agents", -9), "");
  EXPECT_THAT(s.finding_kinds(), Not(Contains("pool-overdrawn"))) << "what is handed out fell under it";
}

namespace {

/// What is handed out of each pool, from who has what and whom he stands under, without walking down the tree.
std::map<std::string, std::int64_t> handed_out(shop& s, const std::string& licence, pool_kind kind) {
  const auto seen = s.seen();
  const auto own = [&](const audit::tenant_view& of) { return of.decided->ordered.find(licence); };
  std::map<std::string, std::int64_t> sums;
  for (const auto& [id, of] : seen->tenants)
    if (of->children > 0 && own(*of) != of->decided->ordered.end()) sums[id] = 0;
  for (const auto& [id, of] : seen->tenants) {
    if (own(*of) == of->decided->ordered.end()) continue;
    const auto quantity = own(*of)->second;
    for (const auto* above = seen->find(of->record->parent); above != nullptr;
         above = seen->find(above->record->parent))
      if (const auto giver = sums.find(above->record->id); giver != sums.end()) {
        giver->second += kind == pool_kind::tenants && of->children == 0 ? (quantity > 0 ? 1 : 0) : quantity;
        break;
      }
  }
  return sums;
}

}  // namespace

TEST(pools_in_the_tree, are_never_overdrawn_by_orders_in_any_order) {
  shop s;
  std::mt19937 random(20261121);
  const auto one_of = [&random](const std::vector<std::string>& all) { return all[random() % all.size()]; };
  int ordered = 0, refused = 0;
  for (int i = 0; i < 300; ++i) {
    const auto tenant = one_of({"host", "north", "alpha", "beta", "contoso"});
    const auto licence = one_of({"agents", "ai"});
    const auto change = static_cast<std::int64_t>(random() % 11) - 4;
    if (change == 0) continue;
    s.order(tenant, licence, change).empty() ? ++ordered : ++refused;
    for (const auto& [id, kind] : {std::pair("agents", pool_kind::units), std::pair("ai", pool_kind::tenants)})
      for (const auto& [giver, sum] : handed_out(s, id, kind)) {
        const auto stands = s.pool_of(giver, id).value();
        EXPECT_EQ(stands.handed_out, sum) << giver << ' ' << id;
        EXPECT_GE(stands.free(), 0) << giver << ' ' << id;
      }
  }
  EXPECT_GT(ordered, 50);
  EXPECT_GT(refused, 50);
}

TEST(pools_in_the_tree, bound_limits_by_the_limits_of_others) {
  shop s(R"({"triggers":1000})");
  ASSERT_EQ(s.limit("alpha", "triggers", 600), "");
  ASSERT_EQ(s.limit("beta", "triggers", 400), "");
  EXPECT_EQ(s.limit("contoso", "triggers", 1),
            "the pool of host has 1000 of triggers and hands out 1000: order 1 more for host, or free 1 under it");
  EXPECT_THAT(s.limit("alpha", "triggers", std::nullopt), HasSubstr("give a number"));
  EXPECT_EQ(s.limit("alpha", "triggers", 0), "") << "what is included and no more";
  EXPECT_EQ(s.limit("contoso", "triggers", 600), "");
  EXPECT_EQ(s.pool_of("host", "triggers"), (pool{pool_kind::units, 1000, 1000}));
}

TEST(limits, are_decisions_with_an_operation_and_a_calculation) {
  shop s;
  const auto set = s.office().set_limit("contoso", "speech", 2000, "ann").value();
  EXPECT_GT(set.calculation->sequence, set.operation);
  EXPECT_EQ(s.seen()->find("contoso")->decided->limits.at("speech"), 2000);
  ASSERT_EQ(s.limit("contoso", "speech", 0), "");
  s.restart();
  EXPECT_EQ(s.seen()->find("contoso")->decided->limits.at("speech"), 0);
  ASSERT_EQ(s.limit("contoso", "speech", std::nullopt), "");
  EXPECT_EQ(s.seen()->find("contoso")->decided->limits.count("speech"), 0u);
  s.restart();
  EXPECT_EQ(s.seen()->find("contoso")->decided->limits.count("speech"), 0u);
  const auto logged = s.operations("limit");
  ASSERT_EQ(logged.size(), 3u);
  EXPECT_EQ(logged[0].text, "limit of speech 2000, 7000 minute allowed");
  EXPECT_EQ(canonical_json(logged[1].detail), R"({"after":0,"before":2000,"licence":"speech"})");
  EXPECT_EQ(logged[2].text, "limit of speech none");
}

TEST(limits, are_refused_where_there_is_none_and_beyond_every_quantity) {
  shop s;
  EXPECT_EQ(s.office().set_limit("contoso", "voice", 1, "ann").error().code, errc::refused);
  EXPECT_EQ(s.office().set_limit("contoso", "nothing", 1, "ann").error().code, errc::unknown);
  EXPECT_EQ(s.office().set_limit("nobody", "speech", 1, "ann").error().code, errc::unknown);
  EXPECT_EQ(s.office().set_limit("contoso", "speech", -1, "ann").error().code, errc::malformed);
  EXPECT_EQ(s.office().set_limit("contoso", "speech", 1'000'000'000'001, "ann").error().code, errc::malformed);
  EXPECT_TRUE(s.operations("limit").empty());
}

}  // namespace licaudit::audit
