// What lets a commit cost what changed: the roster of a view, the board of findings.
#include "daemon/audit/finding_board.hpp"
#include "daemon/audit/tenant_roster.hpp"
#include "daemon/audit/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace licaudit::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::shared_ptr<const tenant_view> named(const std::string& id) {
  auto made = std::make_shared<tenant_view>();
  made->record.change().id = id;
  return made;
}

void expect_same(const tenant_roster& roster, const std::map<std::string, std::shared_ptr<const tenant_view>>& all) {
  ASSERT_EQ(roster.size(), all.size());
  auto expected = all.begin();
  for (const auto& [id, one] : roster) {
    EXPECT_EQ(id, expected->first);
    EXPECT_EQ(one, expected->second);
    ++expected;
  }
}

TEST(tenant_roster, is_a_sorted_map_whatever_comes_and_goes) {
  std::mt19937 random(7);
  tenant_roster roster;
  std::map<std::string, std::shared_ptr<const tenant_view>> all;
  for (int step = 0; step < 3000; ++step) {
    const auto id = "t" + std::to_string(random() % 700);
    if (random() % 3 == 0) {
      roster.erase(id);
      all.erase(id);
    } else {
      roster[id] = all[id] = named(id);
    }
  }
  expect_same(roster, all);
  for (int number = 0; number < 700; ++number) {
    const auto id = "t" + std::to_string(number);
    const auto found = roster.find(id);
    ASSERT_EQ(found != roster.end(), all.count(id) == 1);
    if (found != roster.end()) {
      EXPECT_EQ(found->second, all[id]);
    }
    const auto behind = roster.upper_bound(id);
    const auto expected = all.upper_bound(id);
    ASSERT_EQ(behind == roster.end(), expected == all.end());
    if (expected != all.end()) {
      EXPECT_EQ(behind->first, expected->first);
    }
  }
}

TEST(tenant_roster, a_copy_changes_without_the_one_it_was_made_from) {
  tenant_roster first;
  for (int number = 100; number < 600; ++number) first["t" + std::to_string(number)] = named("first");
  auto second = first;
  second["t300"] = named("second");
  second["t900"] = named("second");
  second.erase("t100");
  EXPECT_EQ(first.size(), 500u);
  EXPECT_EQ(first.find("t300")->second->record->id, "first");
  EXPECT_EQ(second.find("t300")->second->record->id, "second");
  EXPECT_EQ(second.find("t301")->second, first.find("t301")->second) << "shared";
  EXPECT_TRUE(second.find("t100") == second.end());
  EXPECT_FALSE(first.find("t100") == first.end());
}

finding of(const std::string& kind, severity level, const std::string& tenant, std::int64_t count = 1) {
  finding one;
  one.kind = kind;
  one.level = level;
  one.tenant = tenant;
  one.count = count;
  return one;
}

std::vector<std::string> kinds_of(finding_board& board) {
  std::vector<std::string> kinds;
  for (const auto& one : board.all()) kinds.push_back(one.kind);
  return kinds;
}

constexpr instant early{std::chrono::hours(1)}, late{std::chrono::hours(2)};

TEST(finding_board, lists_the_worst_first_and_then_the_oldest) {
  finding_board board;
  board.post("a", {of("blank", severity::warn, "contoso")}, late);
  board.post("b", {of("over-use", severity::warn, "fabrikam")}, early);
  board.post("c", {of("swing", severity::page, "contoso")}, late);
  EXPECT_THAT(kinds_of(board), ElementsAre("swing", "over-use", "blank"));
  EXPECT_EQ(board.of_tenant("contoso").size(), 2u);
  EXPECT_EQ(board.of_tenant("contoso").front().kind, "swing");
}

TEST(finding_board, what_is_posted_again_keeps_its_beginning) {
  finding_board board;
  EXPECT_TRUE(board.post("a", {of("over-use", severity::warn, "contoso", 3)}, early));
  EXPECT_FALSE(board.post("a", {of("over-use", severity::warn, "contoso", 3)}, late));
  EXPECT_TRUE(board.post("a", {of("over-use", severity::warn, "contoso", 4)}, late));
  EXPECT_EQ(board.all().front().since, early);
  EXPECT_EQ(board.all().front().count, 4);
}

TEST(finding_board, tells_what_changed_and_whom_it_concerns_once) {
  finding_board board;
  const auto first = of("over-use", severity::warn, "contoso"), second = of("gone", severity::warn, "fabrikam");
  board.restore("a", first);
  EXPECT_THAT(board.take_changes(), IsEmpty()) << "the ledger has it";
  board.post("a", {second}, late);
  const auto changes = board.take_changes();
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes.at(finding_id(first)), nullptr);
  EXPECT_EQ(changes.at(finding_id(second))->since, late);
  EXPECT_THAT(board.take_moved_tenants(), ElementsAre("contoso", "fabrikam"));
  EXPECT_THAT(board.take_changes(), IsEmpty());
  board.post("a", {}, late);
  EXPECT_TRUE(board.all().empty());
  EXPECT_THAT(board.of_tenant("fabrikam"), IsEmpty());
}

}  // namespace
}  // namespace licaudit::audit
