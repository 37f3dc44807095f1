#include "daemon/settings/settings.hpp"
#include "tests/daemon/settings/settings_folder.hpp"

#include <gmock/gmock.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace licaudit::settings {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class main_file : public settings_folder {};

TEST_F(main_file, gives_the_defaults_of_an_empty_file) {
  const auto got = good("# nothing\n");
  EXPECT_EQ(got->file, folder_ / "licauditd.yaml");
  EXPECT_EQ(got->state, "/var/lib/licaudit");
  EXPECT_EQ(got->socket_path, "/run/licaudit/licaudit.sock");
  EXPECT_EQ(got->socket_mode, 0660U);
  EXPECT_EQ(got->sync_every, std::chrono::minutes(15));
  EXPECT_EQ(got->calculate_every, std::chrono::hours(1));
  EXPECT_EQ(got->guard.shrink_percent, 20);
  EXPECT_EQ(got->guard.swing_percent, 20);
  EXPECT_EQ(got->guard.least, 10);
  EXPECT_EQ(got->retention_subjects_months, 25);
  EXPECT_EQ(got->retention_calculations_months, 120);
  EXPECT_FALSE(got->rules_automatic);
  EXPECT_EQ(got->plugins, folder_ / "lib/licaudit");
  EXPECT_THAT(got->deletion_secret_sha256, IsEmpty());
  EXPECT_THAT(got->access, IsEmpty());
  EXPECT_THAT(got->sources, IsEmpty());
  EXPECT_THAT(got->tenants, IsEmpty());
  ASSERT_NE(got->rules, nullptr);
}

TEST_F(main_file, reads_every_key) {
  const std::string hash(64, 'A');
  const auto got = good(R"(
state: state
socket: { path: run/a.sock, mode: '0600' }
schedule: { sync: 90s, calculate: 1d }
guard: { shrink: 5%, swing: 100%, least: 0 }
retention: { subjects: 2 years, calculations: 30 months }
rules: automatic
plugins: /opt/licaudit
http:
sinks: []
deletion_secret_sha256: )" +
                        hash + "\n");
  EXPECT_EQ(got->state, folder_ / "state");
  EXPECT_EQ(got->socket_path, folder_ / "run/a.sock");
  EXPECT_EQ(got->socket_mode, 0600U);
  EXPECT_EQ(got->sync_every, std::chrono::seconds(90));
  EXPECT_EQ(got->calculate_every, std::chrono::hours(24));
  EXPECT_EQ(got->guard.shrink_percent, 5);
  EXPECT_EQ(got->guard.swing_percent, 100);
  EXPECT_EQ(got->guard.least, 0);
  EXPECT_EQ(got->retention_subjects_months, 24);
  EXPECT_EQ(got->retention_calculations_months, 30);
  EXPECT_TRUE(got->rules_automatic);
  EXPECT_EQ(got->plugins, "/opt/licaudit");
  EXPECT_EQ(got->deletion_secret_sha256, std::string(64, 'a'));
}

TEST_F(main_file, collects_every_problem_with_its_place) {
  EXPECT_THAT(
      problems_of(R"(stat: /var/lib/licaudit
socket: { path: 7, mode: 0660, group: no-such-group-here }
schedule: { sync: 15, calculate: soon }
guard: { shrink: 20, least: -1 }
retention: 25 months
rules: manual
rules: automatic
access: none
)"),
      ElementsAre("licauditd.yaml:1:1: stat: expected a known key, found 'stat': did you mean 'state'?",
                  "licauditd.yaml:2:17: socket.path: expected a text, found 7: quote it, '7'",
                  "licauditd.yaml:2:26: socket.mode: expected a quoted text or a plain number, found 0660, which "
                  "some readers take for another number: quote it, '0660'",
                  "licauditd.yaml:2:39: socket.group: expected a group that exists on this machine, found "
                  "'no-such-group-here'",
                  "licauditd.yaml:3:19: schedule.sync: expected a duration such as 90s, 15m, 1h or 1d, found "
                  "15",
                  "licauditd.yaml:3:34: schedule.calculate: expected a duration such as 90s, 15m, 1h or 1d, found "
                  "'soon'",
                  "licauditd.yaml:4:18: guard.shrink: expected a percentage such as 20%, found 20",
                  "licauditd.yaml:4:29: guard.least: expected a whole number of at least 0, found -1",
                  "licauditd.yaml:5:12: retention: expected a map, found '25 months'",
                  "licauditd.yaml:6:8: rules: expected on-apply or automatic, found 'manual'",
                  "licauditd.yaml:7:1: rules: expected each key once, found 'rules' again after line 6",
                  "licauditd.yaml:8:9: access: expected a list, found 'none'"));
}

TEST_F(main_file, is_one_map_in_one_document) {
  EXPECT_THAT(problems_of("- a\n"), ElementsAre("licauditd.yaml:1:1: expected a map, found a list"));
  EXPECT_THAT(problems_of("rules: automatic\n---\nstate: x\n"),
              ElementsAre("licauditd.yaml:3:1: a second document: this file is one document"));
  EXPECT_THAT(problems_of("a: [1\n"),
              ElementsAre("licauditd.yaml:2:1: expected YAML, found end of sequence flow not found"));
  std::filesystem::remove(folder_ / "licauditd.yaml");
  EXPECT_THAT(texts(load_all().problems), ElementsAre("licauditd.yaml: there is no such file"));
}

TEST_F(main_file, refuses_features_that_come_later) {
  EXPECT_THAT(problems_of("sinks:\n  - { name: noc, plugin: webhook }\n"),
              ElementsAre("licauditd.yaml:2:5: sinks[0]: sinks are not supported yet: leave this entry out"));
}

TEST_F(main_file, listens_for_tokens_on_this_machine_unless_told_otherwise) {
  EXPECT_FALSE(good("http:\n")->http_listen.has_value());
  EXPECT_EQ(good("http: { listen: 9478 }\n")->http_listen, (listen_address{"127.0.0.1", 9478}));
  EXPECT_EQ(good("http: { listen: 127.0.0.1:0 }\n")->http_listen, (listen_address{"127.0.0.1", 0}));
  EXPECT_EQ(good("http: { listen: 192.0.2.7:65535 }\n")->http_listen, (listen_address{"192.0.2.7", 65535}));
  EXPECT_EQ(good("http: { listen: '[::1]:9478' }\n")->http_listen, (listen_address{"::1", 9478}));
}

TEST_F(main_file, says_what_is_wrong_with_the_place_of_the_listener) {
  const std::string expected =
      "expected an address in digits and a port, such as 127.0.0.1:9478, '[::1]:9478' or only 9478, found ";
  for (const char* wrong : {"localhost:9478", "127.0.0.1:", "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:-1",
                            "[127.0.0.1]:1", "::1:9478", ":9478", "1.2.3.4:1x"}) {
    EXPECT_THAT(problems_of("http: { listen: '" + std::string(wrong) + "' }\n"),
                ElementsAre("licauditd.yaml:1:17: http.listen: " + expected + "'" + wrong + "'"));
  }
  EXPECT_EQ(problems_of("http: { listen: 65536 }\n").size(), 1U);
  EXPECT_EQ(problems_of("http: {}\n").size(), 1U);
  EXPECT_EQ(problems_of("http: { listen: 1, port: 2 }\n").size(), 1U);
}

TEST_F(main_file, refuses_a_socket_path_that_the_system_would_cut) {
  const std::string fits(106, 's');
  EXPECT_EQ(good("socket: { path: /" + fits + " }\n")->socket_path, "/" + fits);
  EXPECT_THAT(
      problems_of("socket: { path: /" + fits + "s }\n"),
      ElementsAre("licauditd.yaml:1:17: socket.path: expected a path of at most 107 bytes, as the system allows for "
                  "sockets, found 108 bytes"));
}

TEST_F(main_file, takes_a_missing_default_group_for_none) {
  const auto got = good("socket: { group: licaudit }\n");
  EXPECT_EQ(got->socket_gid.has_value(), getgrnam("licaudit") != nullptr);
}

TEST_F(main_file, makes_numbers_of_users_and_groups) {
  const std::string hash(64, 'b');
  const auto got = good(
      "access:\n"
      "  - { user: root, role: provider }\n"
      "  - { group: root, role: reseller, tenant: northwind, subjects: true }\n"
      "  - { user: 1042, role: auditor }\n"
      "  - { token_sha256: " +
      hash + ", role: customer, tenant: contoso, update: true, expires: 2027-01-01 }\n");
  ASSERT_EQ(got->access.size(), 4U);
  EXPECT_EQ(got->access[0].uid, 0U);
  EXPECT_EQ(got->access[0].role, role::provider);
  EXPECT_EQ(got->access[0].tenant, "");
  EXPECT_EQ(got->access[1].gid, getgrnam("root")->gr_gid);
  EXPECT_FALSE(got->access[1].uid.has_value());
  EXPECT_EQ(got->access[1].tenant, "northwind");
  EXPECT_TRUE(got->access[1].subjects);
  EXPECT_EQ(got->access[2].uid, 1042U);
  EXPECT_EQ(got->access[2].name, "1042");
  EXPECT_EQ(got->access[3].token_sha256, hash);
  EXPECT_TRUE(got->access[3].update);
  ASSERT_TRUE(got->access[3].expires.has_value());
  EXPECT_EQ(to_rfc3339(*got->access[3].expires), "2027-01-01T00:00:00.000Z");
}

TEST_F(main_file, says_what_is_wrong_with_access) {
  EXPECT_THAT(
      problems_of(R"(access:
  - { user: no-such-user-here, role: provider }
  - { role: provider }
  - { user: root, group: root, role: provider }
  - { user: root, role: boss }
  - { user: root }
  - { token_sha256: abc, role: customer }
  - { user: root, role: customer, update: yes, tenant: 'a/b', expires: 2027-02-30, rolle: x }
)"),
      ElementsAre(
          "licauditd.yaml:2:13: access[0].user: expected a user that exists on this machine, found "
          "'no-such-user-here'",
          "licauditd.yaml:3:5: access[1]: expected exactly one of user, group and token_sha256, found none",
          "licauditd.yaml:4:5: access[2]: expected exactly one of user, group and token_sha256, found 2",
          "licauditd.yaml:5:25: access[3].role: expected a role: provider, reseller, partner, customer or auditor, "
          "found "
          "'boss'",
          "licauditd.yaml:6:5: access[4]: expected the key 'role', a role: provider, reseller, partner, customer or "
          "auditor, found none",
          "licauditd.yaml:7:21: access[5].token_sha256: expected a SHA-256 of 64 hex digits, found a text of 3 "
          "characters",
          "licauditd.yaml:8:43: access[6].update: expected true or false, found 'yes'",
          "licauditd.yaml:8:56: access[6].tenant: expected a name of 1 to 128 letters, digits, '.', '_' or '-', found "
          "'a/b'",
          "licauditd.yaml:8:72: access[6].expires: expected a date such as 2027-01-01, or RFC 3339, found "
          "'2027-02-30'",
          "licauditd.yaml:8:84: access[6].rolle: expected a known key, found 'rolle': did you mean 'role'?"));
}

TEST_F(main_file, needs_files_that_are_named_and_lets_patterns_match_nothing) {
  EXPECT_THAT(problems_of("factors: rules.yaml\ntenants: [tenants.d/*.yaml, /nowhere/tenants.yaml]\n"),
              ElementsAre("licauditd.yaml:1:10: factors: expected a file that exists, or a pattern, found rules.yaml",
                          "licauditd.yaml:2:29: tenants[1]: expected a file that exists, or a pattern, found "
                          "/nowhere/tenants.yaml"));
  EXPECT_THAT(good("factors: none/*.yaml\ntenants: []\n")->rules->set().licences, IsEmpty());
}

/// The commented defaults of the installed file, without their comment signs, for the keys whose default is one line.
std::string shipped_defaults() {
  std::ifstream in(LICAUDIT_SOURCE_DIRECTORY "/config/licauditd.yaml");
  std::string text;
  for (std::string line; std::getline(in, line);) {
    for (const char* key : {"state", "socket", "schedule", "guard", "retention", "rules", "tenants"}) {
      if (line.rfind("#" + std::string(key) + ": ", 0) == 0) text += line.substr(1) + "\n";
    }
  }
  return text;
}

TEST_F(main_file, is_shipped_with_the_true_defaults_in_its_comments) {
  const auto expected = good("");
  const auto shown = shipped_defaults();
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 7);
  const auto got = good(shown);
  EXPECT_EQ(got->state, expected->state);
  EXPECT_EQ(got->socket_path, expected->socket_path);
  EXPECT_EQ(got->socket_mode, expected->socket_mode);
  EXPECT_EQ(got->socket_gid, expected->socket_gid);
  EXPECT_EQ(got->sync_every, expected->sync_every);
  EXPECT_EQ(got->calculate_every, expected->calculate_every);
  EXPECT_EQ(got->guard.shrink_percent, expected->guard.shrink_percent);
  EXPECT_EQ(got->guard.swing_percent, expected->guard.swing_percent);
  EXPECT_EQ(got->guard.least, expected->guard.least);
  EXPECT_EQ(got->retention_subjects_months, expected->retention_subjects_months);
  EXPECT_EQ(got->retention_calculations_months, expected->retention_calculations_months);
  EXPECT_EQ(got->rules_automatic, expected->rules_automatic);
  EXPECT_EQ(got->tenant_patterns, expected->tenant_patterns);
}

TEST_F(main_file, loads_as_it_is_shipped) {
  std::filesystem::copy(LICAUDIT_SOURCE_DIRECTORY "/config/licauditd.yaml", folder_ / "licauditd.yaml");
  EXPECT_THAT(texts(load_all().problems), IsEmpty());
}

TEST_F(main_file, of_the_demo_loads) {
  for (const char* plugin : {"records", "teams", "csv", "audiocodes-ini"}) write_source_plugin(plugin);
  const auto outcome = load(LICAUDIT_SOURCE_DIRECTORY "/config/demo/licauditd.yaml", folder_ / "bin");
  ASSERT_THAT(texts(outcome.problems), IsEmpty());
  EXPECT_EQ(outcome.value->tenants.size(), 13U);
  EXPECT_NE(outcome.value->rules->set().find("ump", "service-numbers"), nullptr);
}

}  // namespace
}  // namespace licaudit::settings
