// What is told of criteria that could not be tested: for whom, how many values, and in which words.
#include "factors/failure_report.hpp"

#include "factors/engine.hpp"
#include "fussy_plugin.hpp"
#include "world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::factors {
namespace {

using testing::compiled_rules;
using ::testing::ElementsAre;
using testing::fussy_plugin;
using ::testing::IsEmpty;
using testing::licence_of;
using testing::subject_of;
using testing::tenant_of;

const switch_position all_on = [](const licence&, const factor&) { return true; };
constexpr const char* likes_x = R"({"id": "f", "match": [{"tag": {"plugin": "fussy", "likes": "x"}}]})";

engine with_tenants(const std::string& factors, std::shared_ptr<std::size_t> asked = nullptr) {
  engine made(compiled_rules(licence_of(factors), fussy_plugin(std::move(asked))));
  for (const char* id : {"t", "u"}) made.put_tenant(tenant_of(id, "pro"), {});
  return made;
}
void put(engine& core, std::uint64_t number, std::vector<std::string> tags, const std::string& tenant = "t") {
  core.put_subject(number, subject_of(tenant, subject_kind::user, std::to_string(number), {{"tag", std::move(tags)}}));
}
/// `criterion subjects/values example` of each problem.
std::vector<std::string> told(const engine& core, const std::string& tenant = "t") {
  std::vector<std::string> texts;
  for (const auto& one : core.problems(tenant)) {
    texts.push_back(one.criterion + " " + std::to_string(one.subjects) + "/" + std::to_string(one.distinct_values) +
                    " #" + std::to_string(one.example));
  }
  return texts;
}
std::int64_t licensed(const engine& core) {
  return core.count("t", all_on).at(0).factors.at(0).n1;
}

TEST(failure_report, counts_subjects_and_values_apart) {
  auto core = with_tenants(likes_x);
  put(core, 12, {"?a"});
  put(core, 11, {"?a"});
  put(core, 13, {"?b"});
  put(core, 14, {"x"});
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 3/2 #11"));
}

TEST(failure_report, a_number_is_as_long_as_it_is_written) {
  engine core(compiled_rules(licence_of(R"({"id": "f", "match": [{"tag": "0$"}]})")));
  core.put_tenant(tenant_of("t", "pro"), {});
  put(core, 1, {std::string(256, '0')});
  EXPECT_THAT(told(core), IsEmpty());
  EXPECT_EQ(licensed(core), 1);
  put(core, 2, {std::string(257, '0')});
  put(core, 3, {"tel:+" + std::string(252, '0')});
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 2/0 #2"));
  EXPECT_EQ(licensed(core), 1);
}

TEST(failure_report, shrinks_with_each_subject_that_leaves) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?a"});
  put(core, 2, {"?b"});
  put(core, 3, {"?b"});
  core.remove_subject(1);
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 2/1 #2"));
  core.remove_subject(2);
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/1 #3"));
  core.remove_subject(3);
  EXPECT_THAT(told(core), IsEmpty());
}

TEST(failure_report, a_subject_whose_value_is_mended_is_told_no_more) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?a"});
  put(core, 1, {"x"});
  EXPECT_THAT(told(core), IsEmpty());
  EXPECT_EQ(licensed(core), 1);
  put(core, 1, {"?a"});
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/1 #1"));
  EXPECT_EQ(licensed(core), 0);
}

TEST(failure_report, subjects_are_the_tenants_and_values_of_a_shared_test_everybodys) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?a"}, "t");
  put(core, 2, {"?b"}, "u");
  put(core, 3, {"?c"}, "u");
  EXPECT_THAT(told(core, "t"), ElementsAre("match[0].tag 1/3 #1"));
  EXPECT_THAT(told(core, "u"), ElementsAre("match[0].tag 2/3 #2"));
  core.remove_tenant("u");
  EXPECT_THAT(told(core, "t"), ElementsAre("match[0].tag 1/1 #1"));
}

TEST(failure_report, values_of_a_tenants_own_test_are_its_own) {
  auto core = with_tenants(likes_x);
  auto own = tenant_of("t", "pro");
  own.criteria["l/f"].match = criteria{{{{"tag", "fussy", "", {{"likes", "y"}}}}, "", false}};
  core.put_tenant(own, {});
  put(core, 1, {"?a"}, "t");
  put(core, 2, {"?b"}, "u");
  put(core, 3, {"?c"}, "u");
  EXPECT_THAT(told(core, "t"), ElementsAre("match[0].tag 1/1 #1"));
  EXPECT_THAT(told(core, "u"), ElementsAre("match[0].tag 2/2 #2"));
}

TEST(failure_report, a_value_that_is_too_long_is_no_value_that_was_given_up) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?" + std::string(256, 'a')});
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/0 #1"));
  EXPECT_EQ(core.problems("t").front().text,
            "a value is longer than 256 bytes: `tag` of 1 subjects was not tested and counts as not met; shorten the "
            "value or simplify the pattern");
}

TEST(failure_report, says_that_the_match_was_given_up_where_nothing_is_too_long) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?" + std::string(255, 'a')});
  put(core, 2, {"?b"});
  EXPECT_EQ(core.problems("t").front().text,
            "the match was given up as too complex: `tag` of 2 subjects was not tested and counts as not met; shorten "
            "the value or simplify the pattern");
}

TEST(failure_report, says_both_reasons_where_both_hold) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?" + std::string(256, 'a')});
  put(core, 2, {"?b"});
  EXPECT_EQ(core.problems("t").front().text,
            "a value is longer than 256 bytes, and the match was given up as too complex: `tag` of 2 subjects was not "
            "tested and counts as not met; shorten the value or simplify the pattern");
}

TEST(failure_report, names_every_list_and_position_that_failed) {
  auto core = with_tenants(R"({"id": "f",
    "configured": [{"tag": {"plugin": "fussy", "likes": "a"}}],
    "match": [{"group": "^x$"}, {"tag": {"plugin": "fussy", "likes": "b"}}],
    "reject": [{"tag": {"plugin": "fussy", "likes": "c"}}]})");
  put(core, 1, {"?"});
  EXPECT_THAT(told(core), ElementsAre("configured[0].tag 1/1 #1", "match[1].tag 1/1 #1", "reject[0].tag 1/1 #1"));
  EXPECT_EQ(core.count("t", all_on).at(0).factors.at(0).n2, 0);
}

TEST(failure_report, tells_each_field_of_a_criterion_that_failed) {
  auto core = with_tenants(R"({"id": "f", "match": [{"tag": {"plugin": "fussy", "likes": "a"},
                                                     "city": {"plugin": "fussy", "likes": "b"}}]})");
  const auto both = subject_of("t", subject_kind::user, "1", {{"tag", {"?1"}}, {"city", {"?2"}}});
  core.put_subject(1, both);
  EXPECT_THAT(told(core), ElementsAre("match[0].city 1/1 #1", "match[0].tag 1/1 #1"));
  core.put_subject(1, subject_of("t", subject_kind::user, "1", {{"tag", {"?1"}}, {"city", {"b"}}}));
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/1 #1"));
  core.put_subject(1, subject_of("t", subject_kind::user, "1", {{"tag", {"?1"}}, {"city", {"other"}}}));
  EXPECT_THAT(told(core), IsEmpty());
}

TEST(failure_report, a_criterion_that_is_met_does_not_hide_another_that_failed) {
  auto core = with_tenants(R"({"id": "f", "match": [{"tag": {"plugin": "fussy", "likes": "a"}}, {"id": "^1$"}]})");
  put(core, 1, {"?"});
  EXPECT_EQ(licensed(core), 1);
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/1 #1"));
}

TEST(failure_report, a_text_of_a_list_that_passes_settles_the_list) {
  auto core = with_tenants(likes_x);
  put(core, 1, {"?a", "x"});
  EXPECT_THAT(told(core), IsEmpty());
  EXPECT_EQ(licensed(core), 1);
  put(core, 1, {"?a", "y"});
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/1 #1"));
  EXPECT_EQ(licensed(core), 0);
}

TEST(failure_report, a_factor_of_another_service_is_not_asked) {
  auto core =
      with_tenants(R"({"id": "f", "services": ["basic"], "match": [{"tag": {"plugin": "fussy", "likes": "x"}}]})");
  put(core, 1, {"?a"});
  EXPECT_THAT(told(core), IsEmpty());
  core.put_tenant(tenant_of("t", "basic"), {});
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 1/1 #1"));
}

TEST(failure_report, one_test_of_two_factors_is_told_for_each) {
  auto core = with_tenants(std::string(likes_x) + R"(, {"id": "g", "priority": 2,
    "reject": [{"tag": {"plugin": "fussy", "likes": "x"}}]})");
  put(core, 1, {"?a"});
  const auto problems = core.problems("t");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems.at(0).of_factor->id, "f");
  EXPECT_EQ(problems.at(1).of_factor->id, "g");
  EXPECT_EQ(problems.at(1).criterion, "reject[0].tag");
  EXPECT_EQ(problems.at(1).of_licence->id, "l");
}

TEST(failure_report, a_test_is_given_up_for_good_after_its_limit) {
  const auto asked = std::make_shared<std::size_t>(0);
  auto core = with_tenants(likes_x, asked);
  for (std::uint64_t i = 0; i < most_given_up + 50; ++i) put(core, i, {"?" + std::to_string(i)});
  EXPECT_EQ(*asked, most_given_up + 1);
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 150/101 #0"));
  put(core, 1000, {"x"});
  EXPECT_EQ(*asked, most_given_up + 1);
  EXPECT_EQ(licensed(core), 0);
}

TEST(failure_report, a_test_is_tried_again_once_enough_of_its_values_have_left) {
  auto core = with_tenants(likes_x);
  for (std::uint64_t i = 0; i <= most_given_up; ++i) put(core, i, {"?" + std::to_string(i)});
  put(core, 1000, {"x"});
  EXPECT_EQ(licensed(core), 0);
  core.remove_subject(0);
  core.remove_subject(1000);
  put(core, 1000, {"x"});
  EXPECT_EQ(licensed(core), 1);
  EXPECT_THAT(told(core), ElementsAre("match[0].tag 100/100 #1"));
}

TEST(failure_report, an_own_test_that_is_spent_leaves_the_shared_one_alone) {
  auto core = with_tenants(likes_x);
  auto own = tenant_of("u", "pro");
  own.criteria["l/f"].match = criteria{{{{"tag", "fussy", "", {{"likes", "y"}}}}, "", false}};
  core.put_tenant(own, {});
  for (std::uint64_t i = 0; i < most_given_up + 5; ++i) put(core, i, {"?" + std::to_string(i)}, "u");
  put(core, 1000, {"x"}, "t");
  EXPECT_EQ(licensed(core), 1);
  EXPECT_THAT(told(core, "t"), IsEmpty());
}

}  // namespace
}  // namespace licaudit::factors
