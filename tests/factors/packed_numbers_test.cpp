// What a million subjects are made of: numbers in few bytes, an index of few bytes, a tenant in one piece.
#include "factors/packed_numbers.hpp"

#include "factors/number_index.hpp"
#include "factors/tenant_texts.hpp"
#include "tests/scale.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>

namespace licaudit::factors {
namespace {

TEST(packed_numbers, keeps_numbers_of_every_size) {
  packed_numbers numbers;
  std::vector<std::uint64_t> expected;
  for (unsigned bits = 0; bits < 64; ++bits) {
    for (const auto value : {(1ULL << bits) - 1, 1ULL << bits}) {
      numbers.push_back(value);
      expected.push_back(value);
    }
  }
  numbers.push_back(std::numeric_limits<std::uint64_t>::max());
  expected.push_back(std::numeric_limits<std::uint64_t>::max());
  ASSERT_EQ(numbers.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(numbers[i], expected[i]) << i;
}

TEST(packed_numbers, a_number_leaves_its_neighbours_alone) {
  packed_numbers numbers(3);
  numbers.resize(5);
  numbers.set(1, 0xFFFFFF);
  numbers.set(3, 0xFFFFFF);
  numbers.set(2, 7);
  numbers.set(1, 1);
  EXPECT_EQ(numbers[0], 0U);
  EXPECT_EQ(numbers[1], 1U);
  EXPECT_EQ(numbers[2], 7U);
  EXPECT_EQ(numbers[3], 0xFFFFFFU);
  numbers.set(4, 1ULL << 40U);  // wider now
  EXPECT_EQ(numbers[3], 0xFFFFFFU);
  EXPECT_EQ(numbers[4], 1ULL << 40U);
}

TEST(packed_numbers, new_ones_are_zero) {
  packed_numbers numbers;
  numbers.push_back(300);
  numbers.resize(1000);
  EXPECT_EQ(numbers[0], 300U);
  for (std::size_t i = 1; i < numbers.size(); ++i) ASSERT_EQ(numbers[i], 0U);
}

/// Few hashes, so that nearly all things meet.
std::uint64_t hash_of(std::uint32_t number) {
  return (std::uint64_t{number} % 7 << 60U) | number % 3;
}
std::uint32_t find(const number_index& index, std::uint32_t number) {
  return index.find(hash_of(number), [&](std::uint32_t one) { return one == number; });
}

TEST(number_index, finds_what_is_there_through_any_changes) {
  number_index index;
  std::map<std::uint32_t, bool> there;
  std::mt19937 random(3);
  for (std::size_t i = 0; i < scaled(20000); ++i) {
    const auto number = static_cast<std::uint32_t>(random() % 150);
    if (there[number]) {
      index.erase(number, hash_of(number));
    } else {
      index.insert(number, hash_of);
    }
    there[number] = !there[number];
    const auto other = static_cast<std::uint32_t>(random() % 150);
    ASSERT_EQ(find(index, other), there[other] ? other : number_index::nothing);
  }
}

TEST(number_index, finds_nothing_where_nothing_is) {
  number_index index;
  EXPECT_EQ(find(index, 1), number_index::nothing);
  index.insert(4, hash_of);
  EXPECT_EQ(find(index, 1), number_index::nothing);
  EXPECT_EQ(find(index, 4), 4U);
}

tenant full_tenant() {
  auto made = testing::tenant_of("t", "pro", {testing::site_of("London", " sbc1 "), testing::site_of("", "")});
  made.parent = "root";
  made.ms_tenant_id = std::string(300, 'm');  // its length takes two bytes
  made.attributes["colour"] = " red ";
  made.attributes["count"] = 7;
  made.attributes["name"] = "not the name";
  made.sites[0].texts["city"] = "Leeds";
  made.sites[0].texts["\x01"] = "odd";
  made.sites[0].former_gateways = {{"old", from_milliseconds(-5)}, {" ", std::nullopt}, {"older", std::nullopt}};
  return made;
}

TEST(tenant_texts, say_what_the_tenant_says) {
  const auto whole = full_tenant();
  const tenant_texts texts(whole);
  for (const char* field : {"id", "name", "parent", "type", "service", "time_zone", "ms_tenant_id", "customer_guid",
                            "colour", "count", "absent", ""}) {
    EXPECT_EQ(texts.text(field), whole.text(field)) << field;
  }
  ASSERT_EQ(texts.sites(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    for (const char* field : {"name", "pstn_gateway", "city", "\x01", "absent", "id", ""}) {
      EXPECT_EQ(texts.site_text(i, field), whole.sites[i].text(field)) << i << " " << field;
    }
  }
}

TEST(tenant_texts, know_former_gateways_that_are_not_blank) {
  const tenant_texts texts(full_tenant());
  std::vector<std::pair<std::string, std::optional<instant>>> found;
  for (std::size_t i = 0; i < 2; ++i) {
    texts.each_former_gateway(
        i, [&](std::string_view gateway, std::optional<instant> until) { found.emplace_back(gateway, until); });
  }
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].first, "old");
  EXPECT_EQ(found[0].second, from_milliseconds(-5));
  EXPECT_EQ(found[1].first, "older");
  EXPECT_EQ(found[1].second, std::nullopt);
}

TEST(tenant_texts, are_equal_if_no_rule_can_tell_them_apart) {
  auto other = full_tenant();
  other.monitored = 5;
  other.acquired["ump"] = 7;
  EXPECT_TRUE(tenant_texts(other) == tenant_texts(full_tenant()));
  other.sites[0].texts["city"] = "York";
  EXPECT_FALSE(tenant_texts(other) == tenant_texts(full_tenant()));
  other = full_tenant();
  other.application_settings["Pattern"] = "x";
  EXPECT_FALSE(tenant_texts(other) == tenant_texts(full_tenant()));
  other = full_tenant();
  other.criteria["l/f"].match = criteria{};
  EXPECT_FALSE(tenant_texts(other) == tenant_texts(full_tenant()));
}

}  // namespace
}  // namespace licaudit::factors
