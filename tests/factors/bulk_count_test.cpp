// Counting many tenants: by index and board, one licence alone, and only those that have moved.
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::set_of;
using testing::subject_of;
using testing::tenant_of;
using ::testing::UnorderedElementsAre;

const switch_position all_on = [](const licence&, const factor&) { return true; };

std::shared_ptr<const rules> two_licences(const std::string& tag = "^x$") {
  return compiled_rules(set_of(R"({"licences": [
    {"id": "a", "title": "A", "factors": [
      {"id": "first", "priority": 1, "match": [{"tag": ")" +
                               tag + R"("}]},
      {"id": "rest", "priority": 2},
      {"id": "lines", "subject": "number", "priority": 3}]},
    {"id": "b", "title": "B", "factors": [
      {"id": "gold", "priority": 1, "services": ["gold"]},
      {"id": "all", "priority": 2}]}]})"));
}

void put(engine& core, std::uint64_t number, const std::string& tenant, const std::string& tag,
         subject_kind kind = subject_kind::user) {
  core.put_subject(number, subject_of(tenant, kind, std::to_string(number), {{"tag", {tag}}}));
}

engine with_subjects() {
  engine core(two_licences());
  core.put_tenant(tenant_of("t", "pro"), {});
  core.put_tenant(tenant_of("u", "gold"), {});
  put(core, 1, "t", "x");
  put(core, 2, "t", "y");
  put(core, 3, "u", "x");
  put(core, 4, "u", "x", subject_kind::number);
  (void)core.take_moved();
  return core;
}

std::vector<std::string> shown(const std::vector<factor_sum>& sums) {
  std::vector<std::string> texts;
  for (const auto& one : sums) texts.push_back(std::to_string(one.n1) + " (" + std::to_string(one.n2) + ")");
  return texts;
}
std::vector<std::string> moved(engine& core) {
  std::vector<std::string> ids;
  for (const auto one : core.take_moved()) ids.emplace_back(core.id_of(one));
  return ids;
}

TEST(bulk_count, says_in_the_order_of_the_set_what_the_count_by_id_says) {
  const auto core = with_subjects();
  const switch_board on(core.current(), all_on);
  std::vector<factor_sum> sums;
  core.count(core.index_of("t").value(), on, sums);
  EXPECT_THAT(shown(sums), ElementsAre("1 (2)", "1 (2)", "0 (0)", "0 (0)", "2 (2)"));
  core.count(core.index_of("u").value(), on, sums);
  EXPECT_THAT(shown(sums), ElementsAre("1 (1)", "0 (1)", "1 (1)", "1 (1)", "0 (1)"));
}

TEST(bulk_count, a_board_holds_the_positions_it_was_made_with) {
  const auto core = with_subjects();
  const switch_board off(core.current(), [](const licence&, const factor& one) { return one.id != "first"; });
  std::vector<factor_sum> sums;
  core.count(core.index_of("t").value(), off, sums);
  EXPECT_THAT(shown(sums), ElementsAre("0 (2)", "2 (2)", "0 (0)", "0 (0)", "2 (2)"));
  EXPECT_FALSE(off.is_on(0, 0));
  EXPECT_TRUE(off.is_on(0, 1));
}

TEST(bulk_count, one_licence_alone_leaves_the_others_as_they_are) {
  const auto core = with_subjects();
  const switch_board on(core.current(), all_on);
  for (const char* id : {"a", "b"}) {
    std::vector<factor_sum> sums(5, {9, 9, true});
    core.count(core.index_of("u").value(), on, *core.current().set().find(id), sums);
    const bool first = id == std::string("a");
    EXPECT_THAT(shown(sums), first ? ElementsAre("1 (1)", "0 (1)", "1 (1)", "9 (9)", "9 (9)")
                                   : ElementsAre("9 (9)", "9 (9)", "9 (9)", "1 (1)", "0 (1)"));
    EXPECT_EQ(sums[first ? 0 : 3].failed, false);
  }
}

TEST(bulk_count, knows_tenants_by_index_while_they_are_there) {
  auto core = with_subjects();
  const auto index = core.index_of("t");
  ASSERT_TRUE(index);
  EXPECT_EQ(core.id_of(*index), "t");
  EXPECT_EQ(core.index_of("nobody"), std::nullopt);
  core.remove_tenant("t");
  EXPECT_EQ(core.index_of("t"), std::nullopt);
}

TEST(take_moved, names_each_tenant_once_and_then_no_more) {
  auto core = with_subjects();
  EXPECT_THAT(moved(core), IsEmpty());
  put(core, 1, "t", "y");
  put(core, 2, "t", "x");
  put(core, 9, "u", "y");
  EXPECT_THAT(moved(core), UnorderedElementsAre("t", "u"));
  EXPECT_THAT(moved(core), IsEmpty());
}

TEST(take_moved, a_change_that_moves_no_count_is_none) {
  auto core = with_subjects();
  put(core, 2, "t", "z");  // as little an `x` as before
  put(core, 1, "t", "x");
  EXPECT_THAT(moved(core), IsEmpty());
}

TEST(take_moved, a_subject_that_changes_its_tenant_moves_both) {
  auto core = with_subjects();
  put(core, 1, "u", "x");
  EXPECT_THAT(moved(core), UnorderedElementsAre("t", "u"));
}

TEST(take_moved, arrivals_departures_and_units_move) {
  auto core = with_subjects();
  core.remove_subject(3);
  EXPECT_THAT(moved(core), ElementsAre("u"));
  core.remove_subject(3);
  EXPECT_THAT(moved(core), IsEmpty());
  auto two = subject_of("t", subject_kind::user, "1", {{"tag", {"x"}}});
  two.quantity = 2;
  core.put_subject(1, two);
  EXPECT_THAT(moved(core), ElementsAre("t"));
  EXPECT_EQ(core.users("t"), 3);
}

TEST(take_moved, a_tenant_that_reads_otherwise_moves_and_one_that_left_does_not) {
  auto core = with_subjects();
  core.put_tenant(tenant_of("t", "pro"), from_milliseconds(5));
  EXPECT_THAT(moved(core), IsEmpty());
  core.put_tenant(tenant_of("t", "gold"), {});
  EXPECT_THAT(moved(core), ElementsAre("t"));
  put(core, 1, "t", "y");
  core.remove_tenant("t");
  EXPECT_THAT(moved(core), IsEmpty());
}

TEST(take_moved, adopted_rules_move_everybody_and_a_candidate_nobody) {
  auto core = with_subjects();
  ASSERT_TRUE(core.set_candidate(two_licences("^y$")));
  EXPECT_THAT(moved(core), IsEmpty());
  core.adopt_candidate();
  EXPECT_THAT(moved(core), UnorderedElementsAre("t", "u"));
}

}  // namespace
}  // namespace licaudit::factors
