#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>
#include <boost/json/serialize.hpp>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;

class sources : public settings_folder {
 protected:
  sources() {
    write_source_plugin("teams");
    write_source_plugin("audiocodes-ini");
  }
};

TEST_F(sources, reads_lists_and_the_folder_beside_the_file_in_order) {
  write("sources.d/20-b.yaml", "name: second\nplugin: teams\nconfig: { path: x }\n");
  write("sources.d/10-a.yaml", "- { name: first, plugin: teams, timeout: 90s }\n");
  const auto got = good(R"(schedule: { sync: 1h }
sources:
  - name: teams
    plugin: teams
    tenant: contoso
    every: 5m
    config: { users: users.json, limit: 5, secret: { file: /etc/secret }, numbers: ['010'] }
  - name: dial-plans
    plugin: audiocodes-ini
    for_each: { service: direct-routing-pro }
    config: { path: '/srv/sbc/${tenant.id}.ini' }
  - { name: by-field, plugin: teams, tenant: { field: dial_plan, regex: '^cust-(.+)$' } }
)");
  ASSERT_EQ(got->sources.size(), 5U);
  const auto& teams = got->sources[0];
  EXPECT_EQ(teams.name, "teams");
  EXPECT_EQ(teams.tenant, "contoso");
  EXPECT_EQ(teams.every, std::chrono::minutes(5));
  EXPECT_EQ(teams.timeout, std::chrono::minutes(5));
  EXPECT_EQ(teams.directory, folder_);
  EXPECT_EQ(json::serialize(teams.config),
            R"({"users":"users.json","limit":5,"secret":{"file":"/etc/secret"},"numbers":["010"]})");
  EXPECT_EQ(got->sources[1].for_each_service, "direct-routing-pro");
  EXPECT_EQ(got->sources[1].every, std::chrono::hours(1));
  ASSERT_TRUE(got->sources[2].by_field.has_value());
  EXPECT_EQ(got->sources[2].by_field->regex, "^cust-(.+)$");
  EXPECT_EQ(got->sources[3].name, "first");
  EXPECT_EQ(got->sources[3].timeout, std::chrono::seconds(90));
  EXPECT_EQ(got->sources[4].name, "second");
  EXPECT_EQ(got->sources[4].directory, folder_ / "sources.d");
}

TEST_F(sources, a_file_of_the_folder_may_have_the_key_that_the_main_file_has) {
  write("sources.d/people.yaml", "sources:\n  - name: people\n    plugin: teams\n");
  const auto got = good("");
  ASSERT_EQ(got->sources.size(), 1U);
  EXPECT_EQ(got->sources[0].name, "people");
  write("sources.d/people.yaml", "sources:\n  - name: people\n    plugin: teams\nschedule: { sync: 1h }\n");
  EXPECT_FALSE(problems_of("").empty()) << "settings of other kinds stand in the main file alone";
}

TEST_F(sources, says_what_is_wrong_with_an_entry) {
  write("lib/licaudit/sources/not-executable", "");
  EXPECT_THAT(
      problems_of(R"(sources:
  - { plugin: teams }
  - { name: a }
  - { name: b, plugin: teems }
  - { name: c, plugin: ../../bin/sh }
  - { name: d, plugin: not-executable }
  - { name: local, plugin: teams }
  - { name: e, plugin: teams, timeout: 5, every: 1 fortnight }
  - { name: f, plugin: teams, tenant: x, for_each: { service: y } }
  - { name: g, plugin: teams, for_each: {} }
  - { name: h, plugin: teams, config: [1], schedule: 5m }
  - teams
)"),
      ElementsAre(
          "licauditd.yaml:2:5: sources[0]: expected the key 'name', by which the source is known, found none",
          "licauditd.yaml:3:5: sources[1]: expected the key 'plugin', the name of a source plugin, found none",
          "licauditd.yaml:4:24: sources[2].plugin: expected the name of a program in lib/licaudit/sources, found "
          "'teems'",
          "licauditd.yaml:5:24: sources[3].plugin: expected a name of 1 to 128 letters, digits, '.', '_' or '-', found "
          "'../../bin/sh'",
          "licauditd.yaml:6:24: sources[4].plugin: expected a program that may be executed, found "
          "lib/licaudit/sources/not-executable without that right",
          "licauditd.yaml:7:13: sources[5].name: expected a name other than tenants and local, which are built in, "
          "found "
          "'local'",
          "licauditd.yaml:8:40: sources[6].timeout: expected a duration such as 90s, 15m, 1h or 1d, found 5",
          "licauditd.yaml:8:50: sources[6].every: expected a duration such as 90s, 15m, 1h or 1d, found '1 "
          "fortnight'",
          "licauditd.yaml:9:52: sources[7].for_each: expected either tenant or for_each, found both",
          "licauditd.yaml:10:41: sources[8].for_each: expected the key 'service', the service whose tenants get an "
          "instance "
          "each, found none",
          "licauditd.yaml:11:39: sources[9].config: expected a map, found a list",
          "licauditd.yaml:11:44: sources[9].schedule: expected a known key, found 'schedule'",
          "licauditd.yaml:12:5: sources[10]: expected a map, found 'teams'"));
}

TEST_F(sources, refuses_a_name_given_twice_also_in_another_file) {
  write("sources.d/a.yaml", "- { name: teams, plugin: teams }\n");
  EXPECT_THAT(
      problems_of("sources:\n  - { name: teams, plugin: teams }\n"),
      ElementsAre("sources.d/a.yaml:1:11: [0].name: expected a name that no other source has, found 'teams', which "
                  "licauditd.yaml:2 has"));
}

TEST_F(sources, refuses_bad_regexes_with_their_position) {
  const auto got = problems_of(R"(sources:
  - { name: a, plugin: teams, tenant: { field: dial_plan, regex: '^cust-(.+$' } }
  - { name: b, plugin: teams, tenant: { field: dial_plan, regex: '^cust-\((?:.+)[(]$' } }
  - { name: c, plugin: teams, tenant: { regex: '(?<tenant>.+)' } }
  - { name: d, plugin: teams, tenant: 7 }
)");
  ASSERT_EQ(got.size(), 4U);
  EXPECT_THAT(got[0], ::testing::StartsWith("licauditd.yaml:2:66: sources[0].tenant.regex: expected a regex, found "
                                            "'^cust-(.+$': "));
  EXPECT_THAT(got[0], ::testing::HasSubstr("position"));
  EXPECT_EQ(got[1],
            "licauditd.yaml:3:66: sources[1].tenant.regex: expected a regex whose group 1 is the tenant, found "
            "'^cust-\\((?:.+)[(]$' without a group");
  EXPECT_EQ(
      got[2],
      "licauditd.yaml:4:39: sources[2].tenant: expected the key 'field', the field whose text names the tenant, found "
      "none");
  EXPECT_EQ(got[3],
            "licauditd.yaml:5:39: sources[3].tenant: expected the id of a tenant, or a map with field and regex, found "
            "7");
}

TEST_F(sources, refuses_placeholders_that_nobody_fills) {
  EXPECT_THAT(
      problems_of(R"(sources:
  - { name: a, plugin: teams, config: { path: '/srv/${tenant.id}.ini' } }
  - { name: b, plugin: teams, for_each: { service: x }, config: { path: ['${site.name}', '${tenant.'] } }
)"),
      ElementsAre("licauditd.yaml:2:47: sources[0].config.path: expected no ${tenant.FIELD} in a source without "
                  "for_each, found '/srv/${tenant.id}.ini'",
                  "licauditd.yaml:3:74: sources[1].config.path[0]: expected ${tenant.FIELD} and no other placeholder, "
                  "found '${site.name}'",
                  "licauditd.yaml:3:90: sources[1].config.path[1]: expected ${tenant.FIELD} and no other placeholder, "
                  "found '${tenant.'"));
}

}  // namespace
}  // namespace licaudit::settings
