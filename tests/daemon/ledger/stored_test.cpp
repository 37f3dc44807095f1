#include "daemon/ledger/stored.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace licaudit::ledger {
namespace {

tenant_tally random_tally(std::mt19937& random) {
  tenant_tally made;
  made.tenant = "acme";
  made.aggregated = random() % 2 == 0;
  made.disabled = random() % 2 == 0;
  made.monitored = random() % 100;
  for (const char* id : {"ump", "agents", "storage"}) {
    if (random() % 4 == 0) continue;
    auto& licence = made.licences.emplace_back();
    licence.licence = id;
    if (random() % 2 == 0) licence.acquired = random() % 100;
    licence.state = static_cast<tally_state>(random() % 5);
    for (const char* factor : {"dr", "oc", "lcm"}) {
      if (random() % 3 == 0) continue;
      factor_tally one{factor, random() % 2 == 0, static_cast<std::int64_t>(random() % 100)};
      if (random() % 4 != 0) one.configured = random() % 100;
      licence.factors.push_back(one);
      licence.licensed += one.calculated;
    }
  }
  return made;
}

TEST(stored_test, rows_give_a_tally_back) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const auto made = random_tally(random);
    ASSERT_EQ(tally_of("acme", rows_of(made)), made);
  }
}

TEST(stored_test, the_leaf_does_not_depend_on_order) {
  std::mt19937 random(2);
  for (int i = 0; i < 300; ++i) {
    const auto made = random_tally(random);
    auto rows = rows_of(made);
    std::shuffle(rows.begin(), rows.end(), random);
    ASSERT_EQ(leaf_of(tally_of("acme", rows)), leaf_of(made));
  }
}

TEST(stored_test, the_leaf_is_canonical_json) {
  tenant_tally made;
  made.tenant = "acme";
  auto& licence = made.licences.emplace_back();
  licence.licence = "ump";
  licence.factors.push_back({"oc", false, 0, 2});
  licence.factors.push_back({"dr", true, 1, std::nullopt});
  const auto leaf = leaf_of(made);
  EXPECT_EQ(leaf, canonical_json(parse_json(leaf).value()));
  EXPECT_LT(leaf.find("\"dr\""), leaf.find("\"oc\""));
  std::reverse(made.licences[0].factors.begin(), made.licences[0].factors.end());
  EXPECT_EQ(tenant_tally_from_json(parse_json(leaf).value()).value(), made);
}

TEST(stored_test, every_number_moves_the_leaf) {
  std::mt19937 random(3);
  for (int i = 0; i < 100; ++i) {
    const auto made = random_tally(random);
    for (auto rows = rows_of(made); auto& row : rows) {
      const auto before = row;
      const bool of_licence = !row.licence.empty() && row.factor.empty();
      if (of_licence)
        row.n2 = row.n2.value_or(0) + 1;
      else
        row.n1 += 1;
      EXPECT_NE(leaf_of(tally_of("acme", rows)), leaf_of(made));
      row = before;
    }
  }
}

TEST(stored_test, withdrawn_numbers_are_not_shown) {
  auto rows =
      rows_of({"acme", false, false, 1, {{"ump", 1, 1, tally_state::ok, {{"dr", true, 1, 1}, {"oc", true, 0, 1}}}}});
  rows[3] = {"ump", "oc", 0, std::nullopt, flag_absent, 9};
  EXPECT_EQ(tally_of("acme", rows).licences.at(0).factors.size(), 1u);
}

}  // namespace
}  // namespace licaudit::ledger
