#include "bookkeeper.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

history_query query(const char* since, const char* until, const char* tenant = "acme") {
  history_query asked;
  asked.tenant = tenant;
  asked.since = at(since);
  asked.until = at(until);
  return asked;
}

std::int64_t licensed(const history_entry& one) {
  return one.tally.licences.empty() ? -1 : one.tally.licences.front().licensed;
}

std::vector<std::int64_t> licensed(const history_page& page) {
  std::vector<std::int64_t> all;
  for (const auto& one : page.entries) all.push_back(licensed(one));
  return all;
}

std::vector<std::int64_t> sequences(const history_page& page) {
  std::vector<std::int64_t> all;
  for (const auto& one : page.entries) all.push_back(one.sequence);
  return all;
}

class history_test : public testing::Test {
 protected:
  std::int64_t calculate(const char* when, std::int64_t n1,
                         const std::optional<std::vector<std::string>>& scope = std::nullopt) {
    if (n1 >= 0) keeper.show(tally("acme", n1, n1));
    return keeper.calculate(at(when), scope);
  }
  history_page page(const history_query& asked) { return reads->history(asked).value(); }

  scratch_state state;
  std::unique_ptr<ledger> book = state.open();
  bookkeeper keeper{*book};
  std::unique_ptr<reader> reads = state.read();
};

TEST_F(history_test, says_nothing_before_the_first_calculation) {
  EXPECT_THAT(page(query("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")).entries, IsEmpty());
  calculate("2026-01-10T00:00:00Z", 5);
  const auto early = page(query("2026-01-01T00:00:00Z", "2026-01-10T00:00:00Z"));
  EXPECT_FALSE(early.before);
  EXPECT_THAT(early.entries, IsEmpty());
  EXPECT_THAT(page(query("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "unheard-of")).entries, IsEmpty());
}

TEST_F(history_test, shows_what_was_in_force_and_each_calculation_of_the_range) {
  calculate("2026-01-10T00:00:00Z", 5);
  const auto before = calculate("2026-01-11T00:00:00Z", 6);
  calculate("2026-01-12T00:00:00Z", 6);
  calculate("2026-01-13T00:00:00Z", 7);
  calculate("2026-01-14T00:00:00Z", 8);
  const auto found = page(query("2026-01-12T00:00:00Z", "2026-01-14T00:00:00Z"));
  ASSERT_TRUE(found.before);
  EXPECT_EQ(found.before->sequence, before);
  EXPECT_EQ(found.before->at, at("2026-01-11T00:00:00Z"));
  EXPECT_EQ(found.before->cause.kind, "schedule");
  EXPECT_EQ(licensed(*found.before), 6);
  EXPECT_THAT(licensed(found), ElementsAre(6, 7)) << "from `since`, up to `until` without it";
  EXPECT_FALSE(found.entries[0].changed);
  EXPECT_TRUE(found.entries[1].changed);
  EXPECT_FALSE(found.next);
}

TEST_F(history_test, goes_on_over_three_months) {
  calculate("2026-01-30T00:00:00Z", 1);
  calculate("2026-01-31T23:59:59.999Z", 2);
  calculate("2026-02-01T00:00:00Z", 2);
  calculate("2026-02-20T00:00:00Z", 3);
  calculate("2026-03-01T00:00:00Z", 4);
  calculate("2026-03-02T00:00:00Z", 4);
  const auto all = page(query("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z"));
  EXPECT_THAT(licensed(all), ElementsAre(1, 2, 2, 3, 4, 4));
  std::vector<bool> changed;
  for (const auto& one : all.entries) changed.push_back(one.changed);
  EXPECT_THAT(changed, ElementsAre(true, true, false, true, true, false)) << "a month's whole set is no change";

  const auto inside = page(query("2026-02-25T00:00:00Z", "2026-04-01T00:00:00Z"));
  EXPECT_EQ(licensed(*inside.before), 3);
  EXPECT_THAT(licensed(inside), ElementsAre(4, 4));
}

TEST_F(history_test, knows_what_was_in_force_before_the_first_calculation_of_a_month) {
  calculate("2026-01-30T00:00:00Z", 9);
  calculate("2026-03-15T00:00:00Z", 4);
  const auto found = page(query("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"));
  ASSERT_TRUE(found.before);
  EXPECT_EQ(licensed(*found.before), 9);
  EXPECT_EQ(found.before->at, at("2026-01-30T00:00:00Z"));
  EXPECT_THAT(licensed(found), ElementsAre(4));
}

TEST_F(history_test, pages_join_to_the_whole) {
  for (int day = 1; day <= 28; ++day) {
    const std::string date = "-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T00:00:00Z";
    calculate(("2026-01" + date).c_str(), day / 2);
    if (day % 3 == 0) keeper.decide(at(("2026-01" + date).c_str()), "acme", "enabled", true);
  }
  calculate("2026-02-01T00:00:00Z", 14);
  calculate("2026-02-02T00:00:00Z", 15);
  for (const bool only_changes : {false, true}) {
    auto asked = query("2026-01-03T00:00:00Z", "2026-03-01T00:00:00Z");
    asked.only_changes = only_changes;
    const auto whole = page(asked);
    ASSERT_FALSE(whole.next);
    for (const std::size_t limit : {1u, 2u, 7u, 40u}) {
      asked.limit = limit;
      asked.after = 0;
      history_page joined = page(asked);
      EXPECT_EQ(joined.before.has_value(), whole.before.has_value());
      for (auto next = joined.next; next;) {
        EXPECT_EQ(*next, joined.entries.back().sequence);
        asked.after = *next;
        auto more = page(asked);
        EXPECT_FALSE(more.before) << "only the first page says what was before";
        ASSERT_THAT(more.entries, testing::Not(IsEmpty()));
        for (auto& one : more.entries) joined.entries.push_back(one);
        next = more.next;
      }
      EXPECT_EQ(sequences(joined), sequences(whole)) << limit;
      EXPECT_EQ(licensed(joined), licensed(whole)) << limit;
    }
  }
}

TEST_F(history_test, takes_any_number_as_the_place_to_go_on_from) {
  calculate("2026-01-10T00:00:00Z", 1);
  const auto operation = keeper.decide(at("2026-01-10T01:00:00Z"), "acme", "enabled", true);
  calculate("2026-01-11T00:00:00Z", 2);
  keeper.show(tally("other", 1, 1));
  calculate("2026-01-12T00:00:00Z", -1);
  auto asked = query("2026-01-12T00:00:00Z", "2026-02-01T00:00:00Z");
  asked.after = operation;
  EXPECT_THAT(licensed(page(asked)), ElementsAre(2)) << "what came between `after` and `since` counts too";
  asked.after = 1000;
  EXPECT_THAT(page(asked).entries, IsEmpty());
  asked.after = 0;
  asked.limit = 0;
  EXPECT_THAT(licensed(page(asked)), ElementsAre(2)) << "a page has at least one entry";
}

TEST_F(history_test, shows_only_calculations_whose_scope_held_the_tenant) {
  keeper.show(tally("other", 1, 1));
  const auto first = calculate("2026-01-10T00:00:00Z", 1);
  keeper.show(tally("other", 2, 2));
  calculate("2026-01-11T00:00:00Z", -1, std::vector<std::string>{"other"});
  const auto own = calculate("2026-01-12T00:00:00Z", 2, std::vector<std::string>{"acme"});
  const auto all = page(query("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
  EXPECT_THAT(sequences(all), ElementsAre(first, own));
  const auto late = page(query("2026-01-11T12:00:00Z", "2026-02-01T00:00:00Z"));
  EXPECT_EQ(late.before->sequence, first) << "dated by the tenant's own calculation";
  EXPECT_EQ(late.before->at, at("2026-01-10T00:00:00Z"));
}

TEST_F(history_test, only_changes_begins_with_a_value_if_none_was_before) {
  const auto first = calculate("2026-01-10T00:00:00Z", 1);
  calculate("2026-01-11T00:00:00Z", 1);
  const auto changed = calculate("2026-01-12T00:00:00Z", 2);
  calculate("2026-01-13T00:00:00Z", 2);
  auto asked = query("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
  asked.only_changes = true;
  EXPECT_THAT(sequences(page(asked)), ElementsAre(first, changed));
  asked.since = at("2026-01-11T00:00:00Z");
  EXPECT_THAT(sequences(page(asked)), ElementsAre(changed));
}

TEST_F(history_test, counts_switch_state_and_acquired_quantity_as_changes) {
  calculate("2026-01-10T00:00:00Z", 1);
  auto value = tally("acme", 1, 1);
  const auto next = [&](const char* when) {
    keeper.show(value);
    keeper.calculate(at(when));
    return page(query(when, "2026-02-01T00:00:00Z")).entries.at(0).changed;
  };
  EXPECT_FALSE(next("2026-01-11T00:00:00Z"));
  value.licences[0].acquired = 7;
  EXPECT_TRUE(next("2026-01-12T00:00:00Z"));
  value.licences[0].state = tally_state::held;
  EXPECT_TRUE(next("2026-01-13T00:00:00Z"));
  value.licences[0].factors[0].on = false;
  EXPECT_TRUE(next("2026-01-14T00:00:00Z"));
  value.licences[0].factors[0].configured.reset();
  EXPECT_TRUE(next("2026-01-15T00:00:00Z"));
  EXPECT_FALSE(next("2026-01-16T00:00:00Z"));
}

TEST_F(history_test, ends_when_a_tenant_is_removed_and_begins_again) {
  keeper.show(tally("other", 1, 1));
  calculate("2026-01-10T00:00:00Z", 5);
  keeper.hide("acme");
  const auto removed = calculate("2026-01-11T00:00:00Z", -1, std::vector<std::string>{"other"});
  calculate("2026-01-12T00:00:00Z", -1);
  calculate("2026-02-01T00:00:00Z", -1);
  const auto again = calculate("2026-02-02T00:00:00Z", 6);
  const auto all = page(query("2026-01-10T12:00:00Z", "2026-03-01T00:00:00Z"));
  EXPECT_EQ(licensed(*all.before), 5);
  EXPECT_THAT(sequences(all), ElementsAre(removed, again));
  EXPECT_THAT(licensed(all), ElementsAre(-1, 6));
  EXPECT_TRUE(all.entries[0].changed);
  EXPECT_FALSE(page(query("2026-01-12T00:00:00Z", "2026-03-01T00:00:00Z")).before);
}

TEST_F(history_test, forgets_and_shows_a_factor_again) {
  auto two = tally("acme", 1, 1);
  two.licences[0].factors.push_back({"oc", true, 0, 4});
  keeper.show(two);
  calculate("2026-01-10T00:00:00Z", -1);
  calculate("2026-01-11T00:00:00Z", 1);
  keeper.show(two);
  calculate("2026-01-12T00:00:00Z", -1);
  const auto all = page(query("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
  ASSERT_EQ(all.entries.size(), 3u);
  EXPECT_EQ(all.entries[0].tally, two);
  EXPECT_EQ(all.entries[1].tally, tally("acme", 1, 1));
  EXPECT_EQ(all.entries[2].tally, two);
}

TEST_F(history_test, tells_the_movement_of_the_tenant_alone) {
  keeper.show(tally("acme", 1, 1));
  subject_movement own, other;
  own.tenant = "acme";
  own.users_added = 3;
  own.numbers_changed = 2;
  other.tenant = "other";
  other.users_removed = 9;
  keeper.calculate(at("2026-01-10T00:00:00Z"), std::nullopt, {other, own});
  const auto all = page(query("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
  EXPECT_EQ(all.entries.at(0).moved, own);
}

}  // namespace
}  // namespace licaudit::ledger
