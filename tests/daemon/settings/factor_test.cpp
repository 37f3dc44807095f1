#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class factors_folder : public settings_folder {};

TEST_F(factors_folder, gives_what_the_json_form_gives) {
  write("factors.d/a.yaml", R"(
services: { hosted-essentials: { monitors_users: false }, plain: }
licences:
  - id: voice
    title: ' Voice '
    billing: { of: acquired, by: peak }
    factors:
      - id: second
        title: Second
        subject: number
        priority: 2
        switchable: true
        services: [b, a, b]
        configured: [ { zone: 'x', tag: '.' } ]
        match: [ { pstn_gateway: '^a$', setting: S } ]
        reject: [ { tag: '.', setting: T, default: none }, { id: { plugin: regex, pattern: 'b' } } ]
      - { id: first }
)");
  const auto expected = factor_set_from_json(parse_json(R"({
    "services": {"hosted-essentials": {"monitors_users": false}, "plain": {}},
    "licences": [{"id": "voice", "title": "Voice", "billing": {"of": "acquired", "by": "peak"}, "factors": [
      {"id": "second", "title": "Second", "subject": "number", "priority": 2, "switchable": true, "services": ["a", "b"],
       "configured": [{"zone": "x", "tag": "."}], "match": [{"pstn_gateway": "^a$", "setting": "S"}],
       "reject": [{"tag": ".", "setting": "T", "default": "none"}, {"id": {"plugin": "regex", "pattern": "b"}}]},
      {"id": "first"}]}]})")
                                                 .value())
                            .value();
  EXPECT_EQ(good("")->rules->set(), expected);
}

TEST_F(factors_folder, merges_files_in_their_order) {
  write("factors.d/20.yaml", "licences: [ { id: ump, factors: [ { id: mine, priority: 9 } ] } ]\n");
  write("factors.d/10.yaml",
        "services: { x: { monitors_users: false } }\n"
        "licences: [ { id: ump, title: T, billing: { of: acquired }, factors: [ { id: theirs } ] } ]\n");
  write("factors.d/30.yaml",
        "services: { x: { monitors_users: false }, y: }\n"
        "licences: [ { id: ump, title: T, billing: { by: peak } }, { id: agents, factors: [ { id: a } ] } ]\n");
  const auto set = good("")->rules->set();
  ASSERT_EQ(set.licences.size(), 2U);
  EXPECT_EQ(set.licences[0].id, "agents");
  EXPECT_EQ(set.licences[0].billing_of, "calculated");
  const auto& ump = set.licences[1];
  EXPECT_EQ(ump.title, "T");
  EXPECT_EQ(ump.billing_of, "acquired");
  EXPECT_EQ(ump.billing_by, "peak");
  ASSERT_EQ(ump.factors.size(), 2U);
  EXPECT_EQ(ump.factors[0].id, "theirs");
  EXPECT_EQ(ump.factors[1].id, "mine");
  EXPECT_FALSE(set.service_monitors_users("x"));
  EXPECT_TRUE(set.service_monitors_users("y"));
}

TEST_F(factors_folder, refuses_files_that_disagree) {
  write("factors.d/a.yaml",
        "services: { x: { monitors_users: false } }\n"
        "licences: [ { id: ump, title: A, billing: { by: peak }, factors: [ { id: a } ] } ]\n");
  write("factors.d/b.yaml",
        "services: { x: }\n"
        "licences: [ { id: ump, title: B, billing: { by: last }, factors: [ { id: a } ] } ]\n");
  EXPECT_THAT(
      problems_of(""),
      ElementsAre("factors.d/b.yaml:1:16: services.x: expected what factors.d/a.yaml:1 says of this service, found "
                  "something else",
                  "factors.d/b.yaml:2:31: licences[0].title: expected 'A' as in factors.d/a.yaml:2, found 'B'",
                  "factors.d/b.yaml:2:49: licences[0].billing.by: expected 'peak' as in factors.d/a.yaml:2, found "
                  "'last'",
                  "factors.d/b.yaml:2:74: licences[0].factors[0].id: expected an id that no other factor of the "
                  "licence has, found 'a', which factors.d/a.yaml:2 has"));
}

TEST_F(factors_folder, says_what_is_wrong_with_a_factor) {
  write("factors.d/a.yaml", R"(licences:
  - title: T
    factors: []
  - id: ump
    bill: {}
    billing: { of: sold, by: month }
    factors:
      - { id: a b }
      - { id: a, subject: phone, priority: 0, switchable: on, services: [x, 'y z'] }
      - { id: b, priority: 2, match: [ { tag: 5 } ], reject: [ [] ] }
      - { id: c, priority: 3, configured: { tag: '.' } }
      - { id: d, priority: 4, match: [ {}, { tag: '.', default: none }, { tag: [a] }, { tag: } ] }
      - { id: e, priority: 5, match: [ { tag: { ranges: [] } }, { tag: { plugin: regex, patern: x } } ] }
)");
  EXPECT_THAT(
      problems_of(""),
      ElementsAre(
          "factors.d/a.yaml:2:5: licences[0]: expected the key 'id', by which the licence is known, found none",
          "factors.d/a.yaml:5:5: licences[1].bill: expected a known key, found 'bill'",
          "factors.d/a.yaml:6:20: licences[1].billing.of: expected acquired or calculated, found 'sold'",
          "factors.d/a.yaml:6:30: licences[1].billing.by: expected peak, last or average, found 'month'",
          "factors.d/a.yaml:8:15: licences[1].factors[0].id: expected a name of 1 to 128 letters, digits, '.', '_' or "
          "'-', "
          "found 'a b'",
          "factors.d/a.yaml:9:27: licences[1].factors[1].subject: expected user, number or meter, found 'phone'",
          "factors.d/a.yaml:9:44: licences[1].factors[1].priority: expected a whole number of at least 1, found "
          "0",
          "factors.d/a.yaml:9:59: licences[1].factors[1].switchable: expected true or false, found 'on'",
          "factors.d/a.yaml:9:77: licences[1].factors[1].services[1]: expected a name of 1 to 128 letters, digits, "
          "'.', '_' "
          "or '-', found 'y z'",
          "factors.d/a.yaml:10:47: licences[1].factors[2].match[0].tag: expected a text, found 5: quote it, '5'",
          "factors.d/a.yaml:10:64: licences[1].factors[2].reject[0]: expected a map of fields and their regexes, found "
          "a "
          "list",
          "factors.d/a.yaml:11:43: licences[1].factors[3].configured: expected a list, found a map",
          "factors.d/a.yaml:12:40: licences[1].factors[4].match[0]: expected at least one field with its regex, found "
          "none",
          "factors.d/a.yaml:12:65: licences[1].factors[4].match[1].default: expected none, beside a setting, found "
          "'none'",
          "factors.d/a.yaml:12:80: licences[1].factors[4].match[2].tag: expected a regex, or a map with the key "
          "plugin, found "
          "a list",
          "factors.d/a.yaml:12:94: licences[1].factors[4].match[3].tag: expected a regex, or a map with the key "
          "plugin, found "
          "nothing",
          "factors.d/a.yaml:13:47: licences[1].factors[5].match[0].tag: expected the key 'plugin', the name of a "
          "factor "
          "plugin, found none",
          "factors.d/a.yaml:13:72: licences[1].factors[5].match[1].tag: expected the key 'pattern', a regex, found "
          "none",
          "factors.d/a.yaml:13:89: licences[1].factors[5].match[1].tag.patern: expected a known key, found 'patern': "
          "did you "
          "mean 'pattern'?"));
}

TEST_F(factors_folder, puts_errors_of_the_compiler_where_the_rule_stands) {
  write("factors.d/a.yaml", R"(licences:
  - id: ump
    factors:
      - { id: a, priority: 1, match: [ { tag: '.' }, { tag: '(x' } ] }
)");
  write("factors.d/b.yaml", R"(licences:
  - { id: ump, factors: [ { id: b, priority: 1 } ] }
  - { id: empty }
)");
  const auto got = problems_of("");
  ASSERT_EQ(got.size(), 3U);
  EXPECT_THAT(got[0],
              ::testing::AllOf(::testing::StartsWith("factors.d/a.yaml:4:61: licences[0].factors[0].match[1].tag: "),
                               ::testing::HasSubstr("position")));
  EXPECT_THAT(got[1],
              ::testing::AllOf(::testing::StartsWith("factors.d/b.yaml:2:46: licences[0].factors[0].priority: "),
                               ::testing::HasSubstr("`a` has the priority 1 too")));
  EXPECT_THAT(got[2], ::testing::StartsWith("factors.d/b.yaml:3:5: licences[1]: "));
}

TEST_F(factors_folder, is_the_one_beside_the_file_else_the_installed_catalogue) {
  EXPECT_THAT(good("")->rules->set().licences, IsEmpty());
  write("share/licaudit/factors.d/a.yaml", "licences: [ { id: installed, factors: [ { id: a } ] } ]\n");
  EXPECT_EQ(good("")->rules->set().licences.at(0).id, "installed");
  write("factors.d/a.yaml", "licences: [ { id: own, factors: [ { id: a } ] } ]\n");
  EXPECT_EQ(good("")->rules->set().licences.at(0).id, "own");
  write("more.yaml", "licences: [ { id: named, factors: [ { id: a } ] } ]\n");
  EXPECT_EQ(good("factors: [more.yaml, more.yaml]\n")->rules->set().licences.at(0).id, "named");
  // Said, so meant: no catalogue takes its place.
  EXPECT_THAT(good("factors: none.d/*.yaml\n")->rules->set().licences, IsEmpty());
}

TEST_F(factors_folder, may_lie_in_a_folder_with_wildcards_in_its_name) {
  write("odd [a]*/factors.d/a.yaml", "licences: [ { id: own, factors: [ { id: a } ] } ]\n");
  const auto file = write("odd [a]*/licauditd.yaml", "");
  const auto outcome = load(file, folder_ / "bin");
  ASSERT_NE(outcome.value, nullptr);
  EXPECT_EQ(outcome.value->rules->set().licences.at(0).id, "own");
}

}  // namespace
}  // namespace licaudit::settings
