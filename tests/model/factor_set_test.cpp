#include "model/factor_set.hpp"

#include "tests/model/written.hpp"

#include <gtest/gtest.h>

#include <string>

namespace licaudit {
namespace {

const std::string sample = R"({
  'services': {'hosted-essentials': {'monitors_users': false}, 'cx': {}},
  'licences': [
    {'id': 'ump', 'title': 'UMP user licence', 'billing': {'of': 'acquired', 'by': 'peak'}, 'factors': [
      {'id': 'service-numbers', 'subject': 'number', 'priority': 1, 'switchable': true, 'reject': [{'assigned_to': '.'}]},
      {'id': 'lifecycle', 'priority': 3, 'configured': [{'lifecycle_template': '.'}]},
      {'id': 'direct-routing', 'title': 'Direct Routing', 'subject': 'user', 'priority': 1,
       'services': ['ump-365', 'direct-routing-pro', 'ump-365'],
       'configured': [{'pstn_gateway': '.'}], 'match': [{'pstn_gateway': '_X_', 'setting': 'S'}]}]},
    {'id': 'call-recording', 'factors': []}]
})";

factor_set read(const std::string& text) {
  return factor_set_from_json(relaxed(text)).value();
}
std::string problem(const std::string& text) {
  return problem_of(factor_set_from_json(relaxed(text)));
}
std::string factor_problem(const std::string& keys) {
  return problem("{'licences':[{'id':'ump','factors':[{'id':'f'," + keys + "}]}]}");
}

TEST(factor_set_test, reads_licences_by_id_and_factors_by_priority) {
  const auto rules = read(sample);
  ASSERT_EQ(rules.licences.size(), 2U);
  EXPECT_EQ(rules.licences[0].id, "call-recording");
  const auto& factors = rules.licences[1].factors;
  ASSERT_EQ(factors.size(), 3U);
  EXPECT_EQ(factors[0].id, "direct-routing");
  EXPECT_EQ(factors[1].id, "service-numbers");  // the same priority, but numbers come after users
  EXPECT_EQ(factors[2].id, "lifecycle");
}

TEST(factor_set_test, fills_in_what_may_be_absent) {
  const auto rules = read(sample);
  EXPECT_EQ(rules.find("call-recording")->title, "call-recording");
  EXPECT_EQ(rules.find("call-recording")->billing_of, "calculated");
  EXPECT_EQ(rules.find("call-recording")->billing_by, "last");
  EXPECT_EQ(rules.find("ump")->billing_of, "acquired");
  EXPECT_EQ(rules.find("ump")->billing_by, "peak");
  const auto* lifecycle = rules.find("ump", "lifecycle");
  ASSERT_NE(lifecycle, nullptr);
  EXPECT_EQ(lifecycle->title, "lifecycle");
  EXPECT_EQ(lifecycle->kind, subject_kind::user);
  EXPECT_FALSE(lifecycle->switchable);
  EXPECT_TRUE(lifecycle->match.empty());
}

TEST(factor_set_test, finds_by_id) {
  const auto rules = read(sample);
  EXPECT_EQ(rules.find("none"), nullptr);
  EXPECT_EQ(rules.find("none", "lifecycle"), nullptr);
  EXPECT_EQ(rules.find("ump", "none"), nullptr);
  EXPECT_EQ(rules.find("ump", "service-numbers")->kind, subject_kind::number);
}

TEST(factor_set_test, applies_to_the_services_it_names_or_to_all) {
  const auto rules = read(sample);
  const auto* routing = rules.find("ump", "direct-routing");
  EXPECT_EQ(routing->services, (std::vector<std::string>{"direct-routing-pro", "ump-365"}));
  EXPECT_TRUE(routing->applies_to("ump-365"));
  EXPECT_FALSE(routing->applies_to("cx"));
  EXPECT_TRUE(rules.find("ump", "lifecycle")->applies_to("cx"));
}

TEST(factor_set_test, knows_which_services_monitor_users) {
  const auto rules = read(sample);
  EXPECT_FALSE(rules.service_monitors_users("hosted-essentials"));
  EXPECT_TRUE(rules.service_monitors_users("cx"));
  EXPECT_TRUE(rules.service_monitors_users("any other"));
}

TEST(factor_set_test, reads_back_what_it_writes) {
  const auto rules = read(sample);
  EXPECT_EQ(factor_set_from_json(to_json(rules)).value(), rules);
  EXPECT_EQ(factor_set_from_json(parsed(revision_of(rules).text)).value(), rules);
  EXPECT_EQ(factor_set_from_json(to_json(factor_set{})).value(), factor_set{});
}

TEST(factor_set_test, is_named_by_the_hash_of_its_text) {
  const auto revision = revision_of(factor_set{});
  EXPECT_EQ(revision.text, R"({"licences":[],"services":{}})");
  EXPECT_EQ(revision.name, to_hex(sha256(revision.text)));
}

TEST(factor_set_test, has_one_revision_in_whatever_order_it_was_written) {
  const auto one =
      read("{'licences':[{'id':'a','factors':[{'id':'x','priority':1},{'id':'y','priority':2}]},{'id':'b'}]}");
  const auto two = read(
      "{'licences':[{'id':'b'},{'factors':[{'priority':2,'id':'y'},{'id':'x'}],'id':'a','title':'a'}],'services':{}}");
  EXPECT_EQ(revision_of(one).name, revision_of(two).name);
  EXPECT_NE(revision_of(one).name, revision_of(read(sample)).name);
}

TEST(factor_set_test, names_the_place_of_what_is_wrong) {
  EXPECT_EQ(problem("[]"), "factors: expected a map, found a list");
  EXPECT_EQ(problem("{'licenses':[]}"), "factors: unknown key 'licenses'; known are licences, services");
  EXPECT_EQ(problem("{'licences':[{'title':'x'}]}"), "licence: id: expected a text, found nothing");
  EXPECT_EQ(problem("{'licences':[{'id':'a b'}]}"),
            "licence a b: id: expected 1 to 128 letters, digits, '.', '_' or '-', found 'a b'");
  EXPECT_EQ(problem("{'licences':[{'id':'ump','billing':{'of':'both'}}]}"),
            "licence ump: billing: of: expected calculated or acquired, found 'both'");
  EXPECT_EQ(problem("{'licences':[{'id':'ump','billing':{'by':'mean'}}]}"),
            "licence ump: billing: by: expected last, peak or average, found 'mean'");
  EXPECT_EQ(problem("{'services':{'cx':{'monitors_users':'no'}}}"),
            "services: cx: monitors_users: expected true or false, found 'no'");
  EXPECT_EQ(problem("{'services':{'c x':{}}}"), "services: c x: expected the name of a service");
}

TEST(factor_set_test, names_the_factor_that_is_wrong) {
  EXPECT_EQ(factor_problem("'priority':0"),
            "licence ump: factor f: priority: expected a whole number of at least 1, found 0");
  EXPECT_EQ(factor_problem("'subject':'phone'"),
            "licence ump: factor f: subject: expected user, number or meter, found 'phone'");
  EXPECT_EQ(factor_problem("'switchable':'yes'"),
            "licence ump: factor f: switchable: expected true or false, found 'yes'");
  EXPECT_EQ(factor_problem("'services':'cx'"), "licence ump: factor f: services: expected a list, found 'cx'");
  EXPECT_EQ(factor_problem("'services':['c x']"),
            "licence ump: factor f: services: expected a list of names of services, found a list");
  EXPECT_EQ(factor_problem("'match':[{'tag':5}]"),
            "licence ump: factor f: match[0]: tag: expected a regex as text, or a map with the key plugin, found 5");
}

TEST(factor_set_test, refuses_ids_that_come_twice) {
  EXPECT_EQ(problem("{'licences':[{'id':'a'},{'id':'a'}]}"), "two licences have the id a");
  EXPECT_EQ(problem("{'licences':[{'id':'a','factors':[{'id':'f'},{'id':'f'}]}]}"),
            "licence a: two factors have the id f");
}

}  // namespace
}  // namespace licaudit
