// Tenants that come, go and change, and what is remembered of their values.
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::IsEmpty;
using testing::licence_of;
using testing::site_of;
using testing::subject_of;
using testing::tenant_of;

const switch_position all_on = [](const licence&, const factor&) { return true; };

engine site_engine(const std::string& pattern = "^_PSTNGATEWAY_TO_REPLACE_$") {
  return engine(compiled_rules(licence_of(R"({"id": "f", "match": [{"gateway": ")" + pattern + R"("}]})")));
}
subject on_gateway(const std::string& tenant, const std::string& id, const std::string& gateway,
                   std::int64_t units = 1) {
  auto made = subject_of(tenant, subject_kind::user, id, {{"gateway", {gateway}}});
  made.quantity = units;
  return made;
}
std::int64_t n1(const engine& core, const std::string& tenant) {
  return core.count(tenant, all_on).at(0).factors.at(0).n1;
}
std::int64_t n2(const engine& core, const std::string& tenant) {
  return core.count(tenant, all_on).at(0).factors.at(0).n2;
}

TEST(tenants, two_tenants_judge_one_value_each_by_its_own_sites) {
  auto core = site_engine();
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a")}), {});
  core.put_tenant(tenant_of("u", "pro", {site_of("London", "b")}), {});
  // In turn, so that what is remembered for one is not taken for the other.
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::string tenant = i % 2 == 0 ? "t" : "u";
    core.put_subject(2 * i, on_gateway(tenant, std::to_string(2 * i), "a"));
    core.put_subject(2 * i + 1, on_gateway(tenant, std::to_string(2 * i + 1), i < 2 ? "b" : "a"));
  }
  EXPECT_EQ(n1(core, "t"), 5);
  EXPECT_EQ(n1(core, "u"), 1);
  EXPECT_EQ(n2(core, "t"), 6);
  EXPECT_EQ(n2(core, "u"), 6);
}

TEST(tenants, a_value_that_leaves_is_not_remembered_for_the_next_of_its_number) {
  auto core = site_engine();
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a")}), {});
  core.put_subject(1, on_gateway("t", "1", "a"));
  EXPECT_EQ(n1(core, "t"), 1);
  core.remove_subject(1);
  core.put_subject(1, on_gateway("t", "1", "b"));
  EXPECT_EQ(n1(core, "t"), 0);
  core.remove_subject(1);
  core.put_subject(1, on_gateway("t", "1", "a"));
  EXPECT_EQ(n1(core, "t"), 1);
}

TEST(tenants, a_value_of_engine_patterns_that_leaves_is_forgotten_too) {
  auto core = site_engine("^[a-z]?_PSTNGATEWAY_TO_REPLACE_\\\\d+$");
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "gw")}), {});
  core.put_subject(1, on_gateway("t", "1", "xgw1"));
  core.put_subject(2, on_gateway("t", "2", "gw22"));
  EXPECT_EQ(n1(core, "t"), 2);
  core.remove_subject(1);
  core.put_subject(3, on_gateway("t", "3", "gw"));
  EXPECT_EQ(n1(core, "t"), 1);
}

TEST(tenants, new_sites_judge_all_subjects_anew) {
  auto core = site_engine();
  auto t = tenant_of("t", "pro", {site_of("London", "a")});
  core.put_tenant(t, {});
  for (std::uint64_t i = 0; i < 10; ++i) core.put_subject(i, on_gateway("t", std::to_string(i), i < 3 ? "a" : "b", 2));
  EXPECT_EQ(n1(core, "t"), 6);
  t.sites.push_back(site_of("Leeds", "b"));
  core.put_tenant(t, {});
  EXPECT_EQ(n1(core, "t"), 20);
  t.sites.erase(t.sites.begin());
  core.put_tenant(t, {});
  EXPECT_EQ(n1(core, "t"), 14);
  t.sites.clear();
  core.put_tenant(t, {});
  EXPECT_EQ(n1(core, "t"), 0);
  EXPECT_EQ(n2(core, "t"), 20);
}

TEST(tenants, a_change_that_no_rule_reads_changes_nothing) {
  auto core = site_engine();
  auto t = tenant_of("t", "pro", {site_of("London", "a")});
  core.put_tenant(t, {});
  core.put_subject(1, on_gateway("t", "1", "a"));
  t.name = "another";
  t.acquired["l"] = 5;
  core.put_tenant(t, {});
  EXPECT_EQ(n1(core, "t"), 1);
}

TEST(tenants, a_former_gateway_matches_until_its_end) {
  auto core = site_engine();
  auto t = tenant_of("t", "pro", {site_of("London", "new")});
  t.sites.front().former_gateways.push_back({"old", from_milliseconds(1000)});
  core.put_tenant(t, from_milliseconds(0));
  core.put_subject(1, on_gateway("t", "1", "old"));
  core.put_subject(2, on_gateway("t", "2", "new"));
  EXPECT_EQ(n1(core, "t"), 2);
  core.put_tenant(t, from_milliseconds(999));
  EXPECT_EQ(n1(core, "t"), 2);
  core.put_tenant(t, from_milliseconds(1000));
  EXPECT_EQ(n1(core, "t"), 1);
}

TEST(tenants, another_service_brings_other_factors) {
  engine core(compiled_rules(licence_of(R"({"id": "plus", "priority": 1, "services": ["plus"]},
                                            {"id": "both", "priority": 2}, {"id": "pro", "priority": 3,
                                             "services": ["pro", "ultra"]})")));
  const auto holders = [&] {
    std::string text;
    const auto counts = core.count("t", all_on);
    for (const auto& one : counts.at(0).factors) {
      text += one.which->id + std::to_string(one.n1) + " ";
    }
    return text;
  };
  core.put_tenant(tenant_of("t", "plus"), {});
  core.put_subject(1, on_gateway("t", "1", "a"));
  EXPECT_EQ(holders(), "plus1 both0 ");
  core.put_tenant(tenant_of("t", "ultra"), {});
  EXPECT_EQ(holders(), "both1 pro0 ");
  core.put_tenant(tenant_of("t", "unheard-of"), {});
  EXPECT_EQ(holders(), "both1 ");
  core.put_tenant(tenant_of("t", ""), {});
  EXPECT_THAT(core.count("t", all_on), IsEmpty());
  EXPECT_EQ(core.users("t"), 1);
}

TEST(tenants, places_of_the_gone_are_given_to_the_new) {
  auto core = site_engine();
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5; ++i) {
      const auto id = "t" + std::to_string(round) + "-" + std::to_string(i);
      core.put_tenant(tenant_of(id, "pro", {site_of("London", id)}), {});
      core.put_subject(static_cast<std::uint64_t>(i), on_gateway(id, "1", id));
      EXPECT_EQ(n1(core, id), 1);
    }
    for (int i = 0; i < 5; ++i) core.remove_tenant("t" + std::to_string(round) + "-" + std::to_string(i));
    EXPECT_THAT(core.count("t" + std::to_string(round) + "-0", all_on), IsEmpty());
  }
  core.remove_tenant("never there");
}

TEST(tenants, a_subject_can_move_between_tenants) {
  auto core = site_engine();
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a")}), {});
  core.put_tenant(tenant_of("u", "pro", {site_of("London", "b")}), {});
  core.put_subject(1, on_gateway("t", "1", "a", 4));
  core.put_subject(1, on_gateway("u", "1", "a", 4));
  EXPECT_EQ(n2(core, "t"), 0);
  EXPECT_EQ(core.users("t"), 0);
  EXPECT_EQ(n1(core, "u"), 0);
  EXPECT_EQ(n2(core, "u"), 4);
  EXPECT_EQ(core.users("u"), 4);
}

TEST(tenants, units_beyond_64_bits_come_back_when_they_leave) {
  auto core = site_engine();
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a")}), {});
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  for (std::uint64_t i = 0; i < 8; ++i) core.put_subject(i, on_gateway("t", std::to_string(i), "a", most));
  core.put_subject(100, on_gateway("t", "x", "a", 7));
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "b")}), {});  // all judged anew in between
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a")}), {});
  for (std::uint64_t i = 0; i < 8; ++i) core.remove_subject(i);
  EXPECT_EQ(n1(core, "t"), 7);
  EXPECT_EQ(n2(core, "t"), 7);
  EXPECT_EQ(core.users("t"), 7);
  EXPECT_EQ(core.moved("t", all_on, [](const licence&, const factor&) { return false; }), 7);
}

TEST(tenants, a_criterion_over_two_columns_is_not_taken_for_one) {
  engine core(compiled_rules(licence_of(
      R"({"id": "f", "match": [{"gateway": "^_PSTNGATEWAY_TO_REPLACE_$", "city": "^${site.name}$"},
                               {"gateway": "^spare$"}]})")));
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a"), site_of("Leeds", "b")}), {});
  std::uint64_t number = 0;
  for (const char* gateway : {"a", "b", "spare"}) {
    for (const char* city : {"London", "Leeds", ""}) {
      core.put_subject(number, subject_of("t", subject_kind::user, std::to_string(number),
                                          {{"gateway", {gateway}}, {"city", {city}}}));
      ++number;
    }
  }
  EXPECT_EQ(n1(core, "t"), 5);
}

TEST(tenants, a_value_that_is_too_long_fails_each_time_it_is_asked_about) {
  auto core = site_engine();
  core.put_tenant(tenant_of("t", "pro", {site_of("London", "a")}), {});
  const std::string endless(300, 'a');
  core.put_subject(1, on_gateway("t", "1", endless));
  core.put_subject(2, on_gateway("t", "2", endless));
  EXPECT_TRUE(core.count("t", all_on).at(0).factors.at(0).failed);
  ASSERT_EQ(core.problems("t").size(), 1U);
  EXPECT_EQ(core.problems("t").front().subjects, 2);
  core.remove_subject(1);
  core.remove_subject(2);
  EXPECT_FALSE(core.count("t", all_on).at(0).factors.at(0).failed);
}

}  // namespace
}  // namespace licaudit::factors
