#include "factors/engine.hpp"

#include "factors/pattern.hpp"
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::HasSubstr;
using testing::licence_of;
using testing::subject_of;
using testing::tenant_of;
using testing::world;
using kind = rule_problem::kind;

const switch_position all_on = [](const licence&, const factor&) { return true; };

factor_count only(const engine& core, which_rules which = which_rules::effective) {
  return core.count("t", all_on, which).at(0).factors.at(0);
}
subject user(const std::string& id, const std::string& tag, std::int64_t quantity = 1) {
  auto made = subject_of("t", subject_kind::user, id, {{"tag", {tag}}});
  made.quantity = quantity;
  return made;
}
engine with_tenant(const std::string& factors) {
  engine made(compiled_rules(licence_of(factors)));
  made.put_tenant(tenant_of("t", "pro"), {});
  return made;
}

TEST(engine, counts_units_and_not_subjects) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]})");
  core.put_subject(1, user("1", "a", 3));
  core.put_subject(2, user("2", "b", 5));
  core.put_subject(3, user("3", "a", 0));
  EXPECT_EQ(only(core).n1, 3);
  EXPECT_EQ(only(core).n2, 8);
  EXPECT_EQ(core.users("t"), 8);
}

TEST(engine, hostile_quantities_leave_no_trace) {
  auto core = with_tenant(R"({"id": "f"})");
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  core.put_subject(1, user("1", "a", 2));
  for (std::uint64_t i = 2; i < 5; ++i) core.put_subject(i, user(std::to_string(i), "a", most));
  for (std::uint64_t i = 2; i < 5; ++i) core.remove_subject(i);
  EXPECT_EQ(only(core).n1, 2);
  EXPECT_EQ(core.users("t"), 2);
}

TEST(engine, a_subject_can_change_its_fields_tenant_and_kind) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]}, {"id": "n", "subject": "number"})");
  core.put_tenant(tenant_of("u", "pro"), {});
  core.put_subject(7, user("1", "a"));
  core.put_subject(7, user("1", "b"));
  EXPECT_EQ(only(core).n1, 0);
  EXPECT_EQ(only(core).n2, 1);
  core.put_subject(7, subject_of("u", subject_kind::number, "1", {}));
  EXPECT_EQ(only(core).n2, 0);
  EXPECT_EQ(core.users("t"), 0);
  EXPECT_EQ(core.count("u", all_on).at(0).factors.at(1).n1, 1);
  core.remove_subject(7);
  core.remove_subject(7);
  EXPECT_EQ(core.count("u", all_on).at(0).factors.at(1).n2, 0);
}

TEST(engine, an_unknown_tenant_has_no_counts) {
  const auto core = with_tenant(R"({"id": "f"})");
  EXPECT_TRUE(core.count("nobody", all_on).empty());
  EXPECT_TRUE(core.problems("nobody").empty());
  EXPECT_EQ(core.users("nobody"), 0);
}

TEST(engine, a_tenant_goes_with_its_subjects) {
  auto core = with_tenant(R"({"id": "f"})");
  core.put_subject(1, user("1", "a"));
  core.remove_tenant("t");
  EXPECT_TRUE(core.count("t", all_on).empty());
  core.remove_subject(1);  // gone already
  core.put_tenant(tenant_of("t", "pro"), {});
  EXPECT_EQ(only(core).n2, 0);
  core.put_subject(1, user("1", "a"));
  EXPECT_EQ(only(core).n2, 1);
}

TEST(engine, answers_in_the_order_of_the_factor_set_and_only_what_applies) {
  world w;
  w.put(tenant_of("t", "operator-connect"));
  const auto counts = w.core().count("t", all_on);
  ASSERT_EQ(counts.size(), 1U);
  std::vector<std::string> ids;
  for (const auto& one : counts.front().factors) ids.push_back(one.which->id);
  EXPECT_EQ(
      ids, (std::vector<std::string>{"operator-connect", "lifecycle-management", "user-interface", "service-numbers"}));
}

TEST(engine, a_candidate_counts_beside_the_effective_rules) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]})");
  core.put_subject(1, user("1", "a"));
  core.put_subject(2, user("2", "b"));
  core.put_subject(3, user("3", "b"));
  EXPECT_FALSE(core.has_candidate());
  ASSERT_TRUE(core.set_candidate(compiled_rules(licence_of(R"({"id": "g", "match": [{"tag": "^b$"}]})"))));
  EXPECT_EQ(only(core).n1, 1);
  EXPECT_EQ(only(core, which_rules::candidate).n1, 2);
  core.remove_subject(3);
  EXPECT_EQ(only(core, which_rules::candidate).n1, 1);
  core.adopt_candidate();
  EXPECT_FALSE(core.has_candidate());
  EXPECT_EQ(only(core).which->id, "g");
  EXPECT_EQ(only(core).n1, 1);
}

const switch_position all_off = [](const licence&, const factor&) { return false; };
switch_position all_but(const std::string& id) {
  return [id](const licence&, const factor& which) { return which.id != id; };
}

TEST(engine, counts_the_units_that_change_hands_with_a_switch) {
  auto core = with_tenant(R"({"id": "f", "priority": 1, "match": [{"tag": "^a$"}]}, {"id": "g", "priority": 2})");
  core.put_subject(1, user("1", "a", 3));
  core.put_subject(2, user("2", "b", 5));
  EXPECT_EQ(core.moved("t", all_on, all_on), 0);
  EXPECT_EQ(core.moved("t", all_on, all_but("f")), 3);
  EXPECT_EQ(core.moved("t", all_but("f"), all_on), 3);
  EXPECT_EQ(core.moved("t", all_on, all_but("g")), 5);
  EXPECT_EQ(core.moved("t", all_on, all_off), 8);
  EXPECT_EQ(core.moved("nobody", all_on, all_off), 0);
}

TEST(engine, exchanged_subjects_move_though_the_sums_stay) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]})");
  core.put_subject(1, user("1", "a"));
  core.put_subject(2, user("2", "b"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(licence_of(R"({"id": "f", "match": [{"tag": "^b$"}]})"))));
  EXPECT_EQ(only(core).n1, only(core, which_rules::candidate).n1);
  EXPECT_EQ(core.moved("t", all_on, all_on, which_rules::candidate), 2);
  EXPECT_EQ(core.moved("t", all_on, all_off, which_rules::candidate), 1);
}

TEST(engine, a_subject_moves_once_for_each_licence) {
  constexpr auto licences = R"({"licences": [
    {"id": "l", "title": "L", "factors": [{"id": "f"}]}, {"id": "m", "title": "M", "factors": [{"id": "f"}]}]})";
  engine core(compiled_rules(testing::set_of(licences)));
  core.put_tenant(tenant_of("t", "pro"), {});
  core.put_subject(1, user("1", "a", 7));
  EXPECT_EQ(core.moved("t", all_on, all_off), 14);
  // The licence m goes, that of l stays with its holder though the rules are others.
  ASSERT_TRUE(core.set_candidate(compiled_rules(licence_of(R"({"id": "e", "priority": 2}, {"id": "f"})"))));
  EXPECT_EQ(core.moved("t", all_on, all_on, which_rules::candidate), 7);
  EXPECT_EQ(core.moved("t", all_on, all_but("f"), which_rules::candidate), 14);
  EXPECT_EQ(core.moved("t", all_off, all_on, which_rules::candidate), 7);
}

TEST(engine, a_dropped_candidate_leaves_everything_as_it_was) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]})");
  core.put_subject(1, user("1", "a"));
  ASSERT_TRUE(core.set_candidate(compiled_rules(licence_of(R"({"id": "g"})"))));
  core.drop_candidate();
  EXPECT_FALSE(core.has_candidate());
  EXPECT_EQ(only(core).which->id, "f");
  EXPECT_EQ(only(core).n1, 1);
}

TEST(engine, a_candidate_that_reads_another_field_needs_it_held_before) {
  const auto wider = compiled_rules(licence_of(R"({"id": "f", "match": [{"group": "^x$"}]})"));
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]})");
  EXPECT_FALSE(core.set_candidate(wider));
  EXPECT_FALSE(core.has_candidate());
  core.hold_fields(*wider);
  core.put_subject(1, subject_of("t", subject_kind::user, "1", {{"group", {"x"}}, {"tag", {"b"}}}));
  ASSERT_TRUE(core.set_candidate(wider));
  EXPECT_EQ(only(core).n1, 0);
  EXPECT_EQ(only(core, which_rules::candidate).n1, 1);
}

TEST(engine, holding_more_fields_keeps_tenants_and_the_candidate) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^a$"}]})");
  ASSERT_TRUE(core.set_candidate(compiled_rules(licence_of(R"({"id": "g"})"))));
  core.hold_fields(*compiled_rules(licence_of(R"({"id": "f", "match": [{"group": "^x$"}]})")));
  EXPECT_TRUE(core.has_candidate());
  core.put_subject(1, user("1", "a"));
  EXPECT_EQ(only(core).n1, 1);
  EXPECT_EQ(only(core, which_rules::candidate).n1, 1);
}

TEST(engine, id_is_a_field_and_a_missing_field_is_the_empty_text) {
  auto core = with_tenant(R"({"id": "f", "match": [{"id": "^ann$", "tag": "^$"}]})");
  core.put_subject(1, subject_of("t", subject_kind::user, "ann", {}));
  core.put_subject(2, subject_of("t", subject_kind::user, "ben", {}));
  core.put_subject(3, user("ann", "x"));
  EXPECT_EQ(only(core).n1, 1);
}

TEST(engine, texts_of_a_list_are_tested_one_by_one) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^b$"}], "reject": [{"tag": "^c$"}]})");
  const auto tags = [](const std::string& id, std::vector<std::string> texts) {
    return subject_of("t", subject_kind::user, id, {{"tag", std::move(texts)}});
  };
  core.put_subject(1, tags("1", {"a", "b"}));
  core.put_subject(2, tags("2", {"b", "c"}));
  core.put_subject(3, tags("3", {std::string("\0", 1)}));
  core.put_subject(4, tags("4", {std::string("\0\1\0\0\0b", 6)}));  // looks like a list inside
  EXPECT_EQ(only(core).n1, 1);
  EXPECT_EQ(only(core).n2, 4);
}

constexpr const char* catastrophic = R"({"id": "f", "match": [{"tag": "^(\\w+\\s?)*$"}]})";
std::string runaway(std::size_t i) {
  return std::string(28, 'a') + std::to_string(i) + "!";
}

TEST(engine, a_match_that_is_given_up_counts_as_not_met_and_flags_the_factor) {
  auto core = with_tenant(catastrophic);
  core.put_subject(1, user("1", "ann"));
  EXPECT_FALSE(only(core).failed);
  core.put_subject(5, user("5", runaway(1)));
  core.put_subject(4, user("4", runaway(1)));
  core.put_subject(6, user("6", runaway(2)));
  core.put_subject(7, user("7", std::string(257, 'a')));
  EXPECT_TRUE(only(core).failed);
  EXPECT_EQ(only(core).n1, 1);
  EXPECT_EQ(only(core).n2, 5);
  const auto problems = core.problems("t");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().what, kind::failed_criterion);
  EXPECT_EQ(problems.front().criterion, "match[0].tag");
  EXPECT_EQ(problems.front().field, "tag");
  EXPECT_EQ(problems.front().subjects, 4);
  EXPECT_EQ(problems.front().example, 4U);
  EXPECT_EQ(problems.front().distinct_values, 2U);
  EXPECT_THAT(problems.front().text, HasSubstr("longer than 256 bytes, and the match was given up"));
}

TEST(engine, a_failed_reject_does_not_reject) {
  auto core = with_tenant(R"({"id": "f", "reject": [{"tag": "^(\\w+\\s?)*$"}]})");
  core.put_subject(1, user("1", runaway(1)));
  EXPECT_EQ(only(core).n1, 1);
  EXPECT_TRUE(only(core).failed);
}

TEST(engine, a_plain_no_settles_a_criterion_that_cannot_be_tested_elsewhere) {
  auto core = with_tenant(R"({"id": "f", "match": [{"tag": "^(\\w+\\s?)*$", "group": "^x$"}]})");
  core.put_subject(1, user("1", runaway(1)));
  EXPECT_FALSE(only(core).failed);
  core.put_subject(2, subject_of("t", subject_kind::user, "2", {{"tag", {runaway(1)}}, {"group", {"x"}}}));
  EXPECT_TRUE(only(core).failed);
}

TEST(engine, failures_leave_with_their_subjects) {
  auto core = with_tenant(catastrophic);
  core.put_subject(1, user("1", runaway(1), 0));
  core.put_subject(2, user("2", runaway(2)));
  core.remove_subject(1);
  EXPECT_TRUE(only(core).failed);
  EXPECT_EQ(core.problems("t").at(0).distinct_values, 1U);
  core.put_subject(2, user("2", "short"));
  EXPECT_FALSE(only(core).failed);
  EXPECT_TRUE(core.problems("t").empty());
  EXPECT_EQ(only(core).n1, 1);
}

TEST(engine, a_test_that_gives_up_too_often_is_not_tried_any_more) {
  for (const char* pattern : {"^(\\\\w+\\\\s?)*$", "^(\\\\w+\\\\s?)*$|^${tenant.id}$"}) {
    auto core = with_tenant(R"({"id": "f", "match": [{"tag": ")" + std::string(pattern) + R"("}]})");
    for (std::uint64_t i = 0; i < most_given_up; ++i) core.put_subject(i, user(std::to_string(i), runaway(i)));
    core.put_subject(1000, user("ok", "ann"));
    EXPECT_EQ(only(core).n1, 1);
    EXPECT_EQ(core.problems("t").at(0).distinct_values, most_given_up);
    core.put_subject(1001, user("last", runaway(1001)));
    core.put_subject(1002, user("untried", "ben"));
    EXPECT_EQ(only(core).n1, 1);
    EXPECT_GT(core.problems("t").at(0).distinct_values, most_given_up);
    EXPECT_EQ(core.problems("t").at(0).subjects, 102);
  }
}

TEST(engine, lane_of_32_factors_uses_every_bit) {
  std::string factors;
  for (int i = 1; i <= 32; ++i) {
    factors += (i == 1 ? "" : ",") + std::string(R"({"id": "f)") + std::to_string(i) + R"(", "priority": )" +
               std::to_string(33 - i) + "}";
  }
  auto core = with_tenant(factors);
  core.put_subject(1, user("1", "a"));
  for (std::string off; off.size() < 32; off += 'x') {
    const auto on = [&](const licence&, const factor& which) {
      return which.priority > static_cast<std::int64_t>(off.size());
    };
    const auto counts = core.count("t", on);
    for (const auto& one : counts.at(0).factors) {
      EXPECT_EQ(one.n1, one.which->priority == static_cast<std::int64_t>(off.size()) + 1 ? 1 : 0);
      EXPECT_EQ(one.n2, 1);
    }
  }
}

TEST(engine, can_be_moved) {
  auto core = with_tenant(R"({"id": "f"})");
  core.put_subject(1, user("1", "a"));
  engine moved = std::move(core);
  moved.put_subject(2, user("2", "a"));
  EXPECT_EQ(only(moved).n1, 2);
}

}  // namespace
}  // namespace licaudit::factors
