// Settings that are wrong: each says file, line, column, and what to do; and the daemon goes on with the last good
// ones.
#include "tests/system/scripted_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::test {

using ::testing::HasSubstr;

namespace {

struct bad_file {
  const char* name;
  const char* file;  ///< below demo/
  const char* text;
  const char* place;  ///< FILE:LINE:COLUMN
  const char* says;
};

const bad_file bad_files[] = {
    {"broken_yaml", "tenants.d/x.yaml", "- id: x\n  sites: [ { name: a }\n- id: y\n", "x.yaml:3:1", "expected YAML"},
    {"unknown_key", "licauditd.yaml", "plugins: plugins\nschedule: { synk: 15m }\n", "licauditd.yaml:2:13",
     "did you mean 'sync'"},
    {"duplicate_key", "licauditd.yaml", "plugins: plugins\nstate: a\nstate: b\n", "licauditd.yaml:3:1",
     "expected each key once"},
    {"unquoted_number", "sources.d/x.yaml", "- { name: x, plugin: csv, config: { path: +442079460001 } }\n",
     "x.yaml:1:43", "quote it, '+442079460001'"},
    {"unquoted_octal", "tenants.d/x.yaml", "- { id: x, name: 010 }\n", "x.yaml:1:18", "quote it, '010'"},
    {"regex", "../factors.d/x.yaml",
     "licences:\n  - id: x\n    title: X\n    factors:\n"
     "      - { id: a, title: A, subject: user, priority: 1, match: [ { upn: 'ab(c' } ] }\n",
     "x.yaml:5:72", "position 4"},
    {"regex_of_a_source", "sources.d/x.yaml",
     "- { name: x, plugin: csv, tenant: { field: dial_plan, regex: '^cust-(.+$' } }\n", "x.yaml:1:62", "position"},
    {"equal_priority", "../factors.d/x.yaml",
     "licences:\n  - id: x\n    title: X\n    factors:\n      - { id: a, title: A, subject: user, priority: 1 }\n"
     "      - { id: b, title: B, subject: user, priority: 1 }\n",
     "x.yaml:6:53", "`a` has the priority 1 too"},
    {"tenant_cycle", "tenants.d/x.yaml", "- { id: a, parent: b }\n- { id: b, parent: a }\n", "x.yaml:1:20",
     "a under b under a"},
    {"missing_parent", "tenants.d/x.yaml", "- { id: a, parent: nowhere }\n", "x.yaml:1:20", "'nowhere'"},
    {"duplicate_tenant", "tenants.d/x.yaml", "- { id: tailspin, parent: northwind }\n", "x.yaml:1:9",
     "tailspin.yaml:2"},
    {"missing_program", "sources.d/x.yaml", "- { name: x, plugin: nope }\n", "x.yaml:1:22", "'nope'"},
    {"missing_factor_plugin", "../factors.d/x.yaml",
     "licences:\n  - id: x\n    title: X\n    factors:\n"
     "      - { id: a, title: A, subject: user, priority: 1, match: [ { upn: { plugin: nope } } ] }\n",
     "x.yaml:5:", "nope"}};

}  // namespace

TEST(bad_settings, are_named_by_check_config_with_file_line_and_column) {
  for (const auto& bad : bad_files) {
    const scripted_host host;
    host.write(bad.file, bad.text);
    const auto checked = run_program({binary("licauditd"), "--check-config", "--config", host.config().string()}, "");
    EXPECT_EQ(checked.status, 8) << bad.name;
    EXPECT_THAT(checked.err, HasSubstr(bad.place)) << bad.name;
    EXPECT_THAT(checked.err, HasSubstr(bad.says)) << bad.name;
    const auto started = run_program({binary("licauditd"), "--config", host.config().string()}, "");
    EXPECT_EQ(started.status, 8) << bad.name;
  }
}

TEST(bad_settings, of_a_reload_leave_everything_running_as_it_was) {
  scripted_host host;
  host.script("people", snapshot(users(12)));
  host.source("people.yaml", "people", ", tenant: contoso");
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const std::string good = host.read("licauditd.yaml");
  for (const auto& bad : bad_files) {
    const std::string before = host.read(bad.file);
    host.write(bad.file, bad.text);
    const auto refused = host.cli({"reload"});
    EXPECT_TRUE(host.wait_ready()) << bad.name << ": systemd hears that it goes on";
    EXPECT_EQ(refused.status, 8) << bad.name;
    EXPECT_THAT(refused.err, HasSubstr(bad.place)) << bad.name;
    EXPECT_EQ(host.shown("contoso", "direct-routing"), "12 (12)") << bad.name;
    if (before.empty())
      std::filesystem::remove(host.folder() / "demo" / bad.file);
    else
      host.write(bad.file, before);
  }
  EXPECT_EQ(host.cli({"reload"}).status, 0);
  EXPECT_EQ(host.cli({"refresh"}).status, 0);
  EXPECT_EQ(host.cli({"verify", "--full"}).status, 0);
}

}  // namespace licaudit::test
