// Units that change hands: between positions of the switches, between rule sets, and between both at once.
#include "factors/movement.hpp"

#include "factors/engine.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

#include <set>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using testing::set_of;
using testing::subject_of;
using testing::tenant_of;

/// `p` has the factors a before b by `tag`, `q` has c by `group`.
factor_set rules_with(const std::string& a, const std::string& b, const std::string& c) {
  return set_of(R"({"licences": [
    {"id": "p", "title": "P", "factors": [
      {"id": "a", "priority": 1, "match": [{"tag": ")" +
                a + R"("}]},
      {"id": "b", "priority": 2, "match": [{"tag": ")" +
                b + R"("}]}]},
    {"id": "q", "title": "Q", "factors": [{"id": "c", "match": [{"group": ")" +
                c + R"("}]}]}]})");
}

switch_position without(std::set<std::string> off) {
  return [off = std::move(off)](const licence&, const factor& which) { return !off.contains(which.id); };
}
const switch_position all_on = without({});

class movement : public ::testing::Test {
 protected:
  movement() : core_(compiled_rules(rules_with("^x$", ".", "^g$"))) {
    core_.put_tenant(tenant_of("t", "pro"), {});
    put(1, "x", "g", 1);
    put(2, "x", "h", 10);
    put(3, "y", "g", 100);
    put(4, "", "", 1000);
  }

  void put(std::uint64_t number, const std::string& tag, const std::string& group, std::int64_t quantity) {
    auto made = subject_of("t", subject_kind::user, std::to_string(number), {{"tag", {tag}}, {"group", {group}}});
    made.quantity = quantity;
    core_.put_subject(number, made);
  }
  std::int64_t moved(const switch_position& before, const switch_position& after) const {
    return core_.moved("t", before, after);
  }
  std::int64_t moved_under(factor_set candidate, const switch_position& before, const switch_position& after) {
    EXPECT_TRUE(core_.set_candidate(compiled_rules(std::move(candidate))));
    return core_.moved("t", before, after, which_rules::candidate);
  }

  engine core_;
};

TEST_F(movement, nothing_moves_between_equal_switches) {
  EXPECT_EQ(moved(all_on, all_on), 0);
  EXPECT_EQ(moved(without({"a", "c"}), without({"a", "c"})), 0);
}

TEST_F(movement, what_passes_to_the_next_factor_moves) {
  EXPECT_EQ(moved(all_on, without({"a"})), 11);
}

TEST_F(movement, what_nobody_holds_any_more_moves) {
  EXPECT_EQ(moved(all_on, without({"b"})), 100);
  EXPECT_EQ(moved(all_on, without({"c"})), 101);
}

TEST_F(movement, counts_a_subject_once_for_each_licence) {
  EXPECT_EQ(moved(all_on, without({"a", "c"})), 11 + 101);
  EXPECT_EQ(moved(all_on, without({"a", "b", "c"})), 111 + 101);
}

TEST_F(movement, is_the_same_both_ways) {
  for (const auto& off : std::vector<std::set<std::string>>{{"a"}, {"b"}, {"c"}, {"a", "b"}, {"b", "c"}}) {
    EXPECT_EQ(moved(all_on, without(off)), moved(without(off), all_on));
    EXPECT_GT(moved(all_on, without(off)), 0);
  }
}

TEST_F(movement, a_factor_that_held_nothing_can_be_switched_off_for_free) {
  core_.remove_subject(1);
  core_.remove_subject(2);
  EXPECT_EQ(moved(all_on, without({"a"})), 0);
}

TEST_F(movement, follows_the_subjects) {
  put(1, "y", "g", 1);
  EXPECT_EQ(moved(all_on, without({"a"})), 10);
  core_.remove_subject(2);
  EXPECT_EQ(moved(all_on, without({"a"})), 0);
  put(9, "x", "", 7);
  EXPECT_EQ(moved(all_on, without({"a"})), 7);
}

TEST_F(movement, belongs_to_one_tenant) {
  core_.put_tenant(tenant_of("u", "pro"), {});
  core_.put_subject(50, subject_of("u", subject_kind::user, "u", {{"tag", {"x"}}}));
  EXPECT_EQ(core_.moved("u", all_on, without({"a"})), 1);
  EXPECT_EQ(moved(all_on, without({"a"})), 11);
  EXPECT_EQ(core_.moved("nobody", all_on, without({"a"})), 0);
}

TEST_F(movement, an_equal_candidate_moves_what_the_switches_move) {
  EXPECT_EQ(moved_under(rules_with("^x$", ".", "^g$"), all_on, all_on), 0);
  EXPECT_EQ(core_.moved("t", all_on, without({"a"}), which_rules::candidate), 11);
  EXPECT_EQ(core_.moved("t", without({"a"}), all_on, which_rules::candidate), 11);
}

TEST_F(movement, a_candidate_moves_what_another_factor_would_hold) {
  EXPECT_EQ(moved_under(rules_with("^y$", ".", "^g$"), all_on, all_on), 111);
}

TEST_F(movement, a_candidate_moves_what_nobody_would_hold) {
  EXPECT_EQ(moved_under(rules_with("^x$", "^none$", "^g$"), all_on, all_on), 100);
}

TEST_F(movement, a_candidate_moves_what_somebody_would_hold_for_the_first_time) {
  EXPECT_EQ(moved_under(rules_with("^x$", "", "^g$"), all_on, all_on), 1000);
}

TEST_F(movement, a_candidate_may_move_in_both_licences) {
  EXPECT_EQ(moved_under(rules_with("^none$", ".", "^h$"), all_on, all_on), 11 + 111);
}

TEST_F(movement, switches_and_a_candidate_can_make_up_for_each_other) {
  // Under the candidate b holds what a held; without b it is lost, and a alone finds none of it.
  EXPECT_EQ(moved_under(rules_with("^none$", ".", "^g$"), without({"a"}), all_on), 0);
  EXPECT_EQ(core_.moved("t", without({"a"}), without({"b"}), which_rules::candidate), 111);
}

TEST_F(movement, factors_are_the_same_if_their_ids_are) {
  auto renamed = rules_with("^x$", ".", "^g$");
  for (auto& one : renamed.licences.front().factors) one.title = "another title";
  EXPECT_EQ(moved_under(renamed, all_on, all_on), 0);
  renamed.licences.front().factors.front().id = "new";
  EXPECT_EQ(moved_under(renamed, all_on, all_on), 11);
}

TEST_F(movement, a_licence_that_comes_or_goes_moves_all_it_holds) {
  auto without_q = rules_with("^x$", ".", "^g$");
  without_q.licences.pop_back();
  EXPECT_EQ(moved_under(without_q, all_on, all_on), 101);
  auto with_r = rules_with("^x$", ".", "^g$");
  with_r.licences.push_back(with_r.licences.back());
  with_r.licences.back().id = "r";
  EXPECT_EQ(moved_under(with_r, all_on, all_on), 101);
}

TEST_F(movement, swapped_priorities_move_what_both_want) {
  auto swapped = rules_with("^x$", ".", "^g$");
  auto& factors = swapped.licences.front().factors;
  std::swap(factors.at(0).priority, factors.at(1).priority);
  std::swap(factors.at(0), factors.at(1));
  EXPECT_EQ(moved_under(swapped, all_on, all_on), 11);
}

TEST_F(movement, effective_movement_ignores_a_waiting_candidate) {
  EXPECT_EQ(moved_under(rules_with("^y$", "^none$", "^h$"), all_on, all_on), 11 + 100 + 111);
  EXPECT_EQ(moved(all_on, all_on), 0);
  EXPECT_EQ(moved(all_on, without({"a"})), 11);
  core_.drop_candidate();
  EXPECT_EQ(moved(all_on, without({"c"})), 101);
}

}  // namespace
}  // namespace licaudit::factors
