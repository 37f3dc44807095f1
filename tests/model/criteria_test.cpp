#include "model/factor_set.hpp"
#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

criteria read(const std::string& text) {
  return criteria_from_json(relaxed(text), "match").value();
}
std::string problem(const std::string& text) {
  return problem_of(criteria_from_json(relaxed(text), "match"));
}
std::string round(const std::string& text) {
  return canonical_json(to_json(read(text)));
}

TEST(criteria_test, reads_a_map_of_fields_as_tests_that_must_all_match) {
  const auto list = read("[{'tag':'x','name':'^a '},{'line_uri':'.'}]");
  ASSERT_EQ(list.size(), 2U);
  ASSERT_EQ(list[0].tests.size(), 2U);
  EXPECT_EQ(list[0].tests[0], (field_test{"name", "regex", "^a ", {}}));  // by field, and not trimmed
  EXPECT_EQ(list[0].tests[1], (field_test{"tag", "regex", "x", {}}));
  EXPECT_EQ(list[1].tests[0].field, "line_uri");
}

TEST(criteria_test, reads_settings_and_their_default) {
  const auto list = read("[{'tag':'.','setting':'ToMatch'},{'tag':'','setting':'ToReject','default':'none'}]");
  EXPECT_EQ(list[0].setting, "ToMatch");
  EXPECT_FALSE(list[0].only_where_set);
  EXPECT_EQ(list[1].setting, "ToReject");
  EXPECT_TRUE(list[1].only_where_set);
  EXPECT_EQ(list[1].tests.size(), 1U);
}

TEST(criteria_test, reads_plugins_with_their_options) {
  const auto list = read("[{'line_uri':{'plugin':'number-range','ranges':['+4420'],'strict':true}}]");
  const auto& test = list[0].tests[0];
  EXPECT_EQ(test.plugin, "number-range");
  EXPECT_EQ(test.pattern, "");
  EXPECT_EQ(canonical_json(test.options), R"({"ranges":["+4420"],"strict":true})");
  EXPECT_EQ(read("[{'a':{'plugin':'regex','pattern':'x'}}]"), read("[{'a':'x'}]"));
}

TEST(criteria_test, writes_what_it_reads) {
  EXPECT_EQ(round("[{'b':'y','a':'x'},{'c':{'plugin':'p','n':1}},{'d':'','setting':'S','default':'none'}]"),
            R"([{"a":"x","b":"y"},{"c":{"n":1,"plugin":"p"}},{"d":"","default":"none","setting":"S"}])");
  const auto list = read("[{'b':'y','a':'x'},{'c':{'plugin':'p','n':1}},{'d':'','setting':'S','default':'none'}]");
  EXPECT_EQ(criteria_from_json(to_json(list), "again").value(), list);
  EXPECT_EQ(round("[]"), "[]");
}

TEST(criteria_test, refuses_a_criterion_without_a_field) {
  EXPECT_EQ(problem("[{'a':'x'},{}]"), "match[1]: expected at least one field with its regex, found none");
  EXPECT_EQ(problem("[{'setting':'S'}]"), "match[0]: expected at least one field with its regex, found none");
}

TEST(criteria_test, names_the_place_of_what_is_wrong) {
  EXPECT_EQ(problem("{}"), "match: expected a list of criteria, found a map");
  EXPECT_EQ(problem("['x']"), "match[0]: expected a map, found 'x'");
  EXPECT_EQ(problem("[{'a':5}]"), "match[0]: a: expected a regex as text, or a map with the key plugin, found 5");
  EXPECT_EQ(problem("[{'a':['x']}]"),
            "match[0]: a: expected a regex as text, or a map with the key plugin, found a list");
  EXPECT_EQ(problem("[{'a':{'ranges':[]}}]"), "match[0]: a: plugin: expected a text, found nothing");
  EXPECT_EQ(problem("[{'a':{'plugin':'../x'}}]"),
            "match[0]: a: plugin: expected the name of a factor plugin, found '../x'");
  EXPECT_EQ(problem("[{'a':{'plugin':'regex','patern':'x'}}]"), "match[0]: a: pattern: expected a text, found nothing");
  EXPECT_EQ(problem("[{'a':{'plugin':'regex','pattern':'x','flags':'i'}}]"),
            "match[0]: a: unknown key 'flags'; known are pattern, plugin");
}

TEST(criteria_test, refuses_settings_that_mean_nothing) {
  EXPECT_EQ(problem("[{'a':'x','setting':' '}]"),
            "match[0]: setting: expected the name of an application setting, found ' '");
  EXPECT_EQ(problem("[{'a':'x','setting':5}]"), "match[0]: setting: expected a text, found 5");
  EXPECT_EQ(problem("[{'a':'x','default':'none'}]"),
            "match[0]: default: expected none, beside a setting, found 'none'");
  EXPECT_EQ(problem("[{'a':'x','setting':'S','default':'.'}]"),
            "match[0]: default: expected none, beside a setting, found '.'");
}

}  // namespace
}  // namespace licaudit
