#include "daemon/ledger/observed_range.hpp"

#include "bookkeeper.hpp"
#include "daemon/ledger/reader.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

tenant record(const std::string& id, const std::string& parent, const std::string& zone = {}) {
  tenant made;
  made.id = id;
  made.name = id;
  made.parent = parent;
  made.type = parent.empty() ? tenant_type::provider : tenant_type::customer;
  made.time_zone = zone;
  return made;
}

class observed_range_test : public testing::Test {
 protected:
  void calculate(const char* when, std::int64_t acme, std::int64_t zeta) {
    keeper.show(tally("acme", acme, acme));
    keeper.show(tally("zeta", zeta, zeta));
    keeper.show(tally("host", acme + zeta, acme + zeta));
    keeper.calculate(at(when));
  }
  void put_tenants() {
    keeper.put_tenant(at("2026-01-01T00:00:00Z"), record("host", "", "Europe/London"));
    keeper.put_tenant(at("2026-01-01T00:00:00.001Z"), record("north", "host", "Europe/Paris"));
    keeper.put_tenant(at("2026-01-01T00:00:00.002Z"), record("acme", "north"));
    keeper.put_tenant(at("2026-01-01T00:00:00.003Z"), record("zeta", "host"));
  }
  observed_range observed(const std::string& tenant, const char* since, const char* until) {
    return reader::open(state.file())
        .value()
        ->observed({tenant, at(since), at(until), std::chrono::hours(24 * 3)})
        .value();
  }
  static std::vector<std::pair<std::string, std::int64_t>> licensed(const observed_tenant& of) {
    std::vector<std::pair<std::string, std::int64_t>> made;
    for (const auto& one : of.licences.at("ump")) made.emplace_back(to_rfc3339(one.at).substr(0, 10), one.licensed);
    return made;
  }

  scratch_state state;
  std::unique_ptr<ledger> book = state.open();
  bookkeeper keeper{*book};
};

TEST_F(observed_range_test, begins_with_what_is_in_force_and_goes_on_with_the_changes) {
  put_tenants();
  calculate("2026-01-10T00:00:00Z", 5, 50);
  calculate("2026-01-12T00:00:00Z", 7, 50);
  calculate("2026-01-20T00:00:00Z", 7, 50);
  calculate("2026-02-02T00:00:00Z", 9, 50);
  calculate("2026-02-08T00:00:00Z", 1, 1);
  const auto seen = observed("acme", "2026-01-15T00:00:00Z", "2026-02-05T00:00:00Z");
  ASSERT_EQ(seen.tenants.size(), 1U);
  EXPECT_THAT(licensed(seen.tenants.front()), ElementsAre(std::pair("2026-01-12", 7), std::pair("2026-02-02", 9)));
}

TEST_F(observed_range_test, names_all_that_stood_under_a_tenant_and_their_zones) {
  put_tenants();
  calculate("2026-01-10T00:00:00Z", 5, 50);
  keeper.put_tenant(at("2026-01-11T00:00:00Z"), record("zeta", "north"));
  calculate("2026-01-12T00:00:00Z", 5, 50);
  keeper.put_tenant(at("2026-01-13T00:00:00Z"), record("zeta", "host"));
  calculate("2026-01-14T00:00:00Z", 5, 50);
  const auto seen = observed("north", "2026-01-10T00:00:00Z", "2026-02-01T00:00:00Z");
  ASSERT_EQ(seen.tenants.size(), 3U);
  EXPECT_EQ(seen.tenants[0].tenant, "north");
  EXPECT_EQ(seen.tenants[0].name, "north");
  EXPECT_EQ(seen.tenants[1].tenant, "acme");
  EXPECT_EQ(seen.tenants[1].time_zone, "Europe/Paris");
  EXPECT_EQ(seen.tenants[2].tenant, "zeta");
  EXPECT_EQ(seen.tenants[2].time_zone, "Europe/London");
  EXPECT_THAT(seen.tenants[2].places,
              ElementsAre(place{at("2026-01-10T00:00:00Z"), "host"}, place{at("2026-01-12T00:00:00Z"), "north"},
                          place{at("2026-01-14T00:00:00Z"), "host"}))
      << "a move takes effect with the calculation after it";
}

TEST_F(observed_range_test, ends_where_a_tenant_is_no_longer_shown) {
  put_tenants();
  calculate("2026-01-10T00:00:00Z", 5, 50);
  keeper.hide("acme");
  keeper.calculate(at("2026-01-12T00:00:00Z"));
  const auto seen = observed("acme", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  const auto& values = seen.tenants.front().licences.at("ump");
  ASSERT_EQ(values.size(), 2U);
  EXPECT_TRUE(values[0].shown);
  EXPECT_FALSE(values[1].shown);
}

TEST_F(observed_range_test, tells_when_nobody_calculated) {
  put_tenants();
  calculate("2026-01-10T00:00:00Z", 5, 50);
  calculate("2026-01-12T00:00:00Z", 5, 50);
  calculate("2026-01-19T00:00:00Z", 5, 50);
  EXPECT_THAT(observed("acme", "2026-01-11T00:00:00Z", "2026-02-01T00:00:00Z").quiet,
              ElementsAre(std::pair(at("2026-01-12T00:00:00Z"), at("2026-01-19T00:00:00Z"))));
}

TEST_F(observed_range_test, tells_of_a_silence_that_outlasts_it) {
  put_tenants();
  calculate("2026-01-28T00:00:00Z", 5, 50);
  range_question january{"acme", at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"), std::chrono::hours(24 * 3)};
  const auto quiet = [&](const char* now) {
    january.now = at(now);
    return reader::open(state.file()).value()->observed(january).value().quiet;
  };
  EXPECT_THAT(quiet("2026-01-30T00:00:00Z"), IsEmpty()) << "a calculation may still come in time";
  EXPECT_THAT(quiet("2026-02-01T12:00:00Z"),
              ElementsAre(std::pair(at("2026-01-28T00:00:00Z"), at("2026-02-01T12:00:00Z"))));
  calculate("2026-02-05T00:00:00Z", 5, 50);
  EXPECT_THAT(quiet("2026-02-06T00:00:00Z"),
              ElementsAre(std::pair(at("2026-01-28T00:00:00Z"), at("2026-02-05T00:00:00Z"))));
}

TEST_F(observed_range_test, is_the_same_whatever_comes_after_it) {
  put_tenants();
  calculate("2026-01-10T00:00:00Z", 5, 50);
  const auto before = observed("host", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  keeper.put_tenant(at("2026-02-01T00:00:00Z"), record("zeta", "north"));
  calculate("2026-02-01T00:00:01Z", 500, 0);
  const auto after = observed("host", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  EXPECT_EQ(before.sequence, after.sequence);
  EXPECT_EQ(before.chain_head, after.chain_head);
  ASSERT_EQ(before.tenants.size(), after.tenants.size());
  for (std::size_t i = 0; i < before.tenants.size(); ++i) {
    EXPECT_EQ(before.tenants[i].places, after.tenants[i].places);
    EXPECT_EQ(before.tenants[i].licences, after.tenants[i].licences);
  }
}

TEST_F(observed_range_test, knows_nothing_of_a_tenant_that_was_not_there) {
  put_tenants();
  calculate("2026-01-10T00:00:00Z", 5, 50);
  EXPECT_THAT(observed("nobody", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z").tenants, IsEmpty());
  EXPECT_THAT(observed("acme", "2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z").tenants, IsEmpty());
}

}  // namespace
}  // namespace licaudit::ledger
