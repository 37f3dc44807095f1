// Kills, restarts, bad files and other daemons.
#include "tests/system/running_daemon.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>

#include <fstream>

namespace licaudit::test {

using ::testing::HasSubstr;

namespace {

std::int64_t last_sequence(const running_daemon& host) {
  return host.ask({"status"}).at("last_calculation").at("sequence").to_number<std::int64_t>();
}

}  // namespace

TEST(hard_life, what_was_acknowledged_survives_a_kill_in_the_middle_of_a_refresh) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const auto acknowledged = last_sequence(host);
  // A source that says half of a run and then waits: the refresh is under way for certain when it has made its mark.
  host.write("half.sh",
             "#!/bin/sh\ncat > /dev/null\nprintf '{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"snapshot\"}\\n'\n"
             "printf '{\"kind\":\"user\",\"tenant\":\"contoso\",\"id\":\"half\",\"fields\":{}}\\n'\n"
             ": > \"$(dirname \"$0\")/marked\"\nexec sleep 60\n");
  const auto plugins = host.folder() / "demo" / "plugins" / "sources";
  std::filesystem::create_directories(plugins);
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(LICAUDIT_BINARY_DIRECTORY) + "/lib/licaudit/sources"))
    std::filesystem::create_symlink(entry.path(), plugins / entry.path().filename());
  std::filesystem::copy(host.folder() / "demo" / "half.sh", plugins / "half");
  std::filesystem::permissions(plugins / "half", std::filesystem::perms::owner_all);
  host.write("licauditd.yaml", host.read("licauditd.yaml") + "plugins: plugins\n");
  host.write("sources.d/half.yaml", "- { name: half, plugin: half }\n");
  const auto reloaded = host.cli({"reload"});
  ASSERT_EQ(reloaded.status, 0) << reloaded.err;
  const auto begun = std::chrono::steady_clock::now();
  while (!std::filesystem::exists(plugins / "marked") &&
         std::chrono::steady_clock::now() - begun < std::chrono::minutes(1))
    ASSERT_EQ(host.cli({"status"}).status & ~6, 0);
  ASSERT_TRUE(std::filesystem::exists(plugins / "marked"));
  host.kill_hard();

  std::filesystem::remove(host.folder() / "demo" / "sources.d" / "half.yaml");
  ASSERT_TRUE(host.start()) << host.said();
  const auto status = host.cli({"--json", "status"});
  ASSERT_THAT(status.out, HasSubstr("last_calculation")) << status.err << host.said();
  EXPECT_GE(last_sequence(host), acknowledged);
  EXPECT_EQ(host.ask({"show", "contoso"}).at("monitored").to_number<std::int64_t>(), 200)
      << "the half run is not there";
  const auto verified = host.cli({"verify", "--full"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
}

TEST(hard_life, a_second_daemon_on_the_same_state_is_refused) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  const auto second = run_program({binary("licauditd"), "--config", host.config().string()}, "");
  EXPECT_EQ(second.status, 5);
  EXPECT_THAT(second.err, HasSubstr("another licauditd"));
  EXPECT_EQ(host.cli({"status"}).status & ~6, 0) << "the first one goes on";
}

TEST(hard_life, a_regular_file_at_the_socket_path_stays_and_is_named) {
  running_daemon host;
  host.write("licaudit.sock", "precious");
  EXPECT_FALSE(host.start());
  EXPECT_THAT(host.said(), HasSubstr("licaudit.sock"));
  EXPECT_EQ(host.read("licaudit.sock"), "precious");
}

TEST(hard_life, a_ledger_of_a_newer_version_is_left_alone) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  EXPECT_EQ(host.stop(), 0);
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((host.state() / "licaudit.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  EXPECT_FALSE(host.start());
  EXPECT_THAT(host.said(), HasSubstr("version 9999"));
}

TEST(hard_life, a_bad_reload_changes_nothing_and_says_where) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const std::string good = host.read("licauditd.yaml");
  host.write("licauditd.yaml", good + "scedule: { sync: 15m }\n");
  const auto refused = host.cli({"reload"});
  EXPECT_EQ(refused.status, 8);
  EXPECT_THAT(refused.err, HasSubstr("scedule"));
  EXPECT_THAT(refused.err, HasSubstr("licauditd.yaml:"));
  host.signal(SIGHUP);
  ASSERT_TRUE(host.wait_ready());
  EXPECT_EQ(host.cli({"show", "tailspin"}).status, 0);
  const auto checked = run_program({binary("licauditd"), "--check-config", "--config", host.config().string()}, "");
  EXPECT_EQ(checked.status, 8);
  EXPECT_THAT(checked.err, HasSubstr("scedule"));
  host.write("licauditd.yaml", good);
  EXPECT_EQ(host.cli({"reload"}).status, 0);
}

TEST(hard_life, a_source_that_fails_degrades_its_tenant_and_keeps_the_counts) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  host.write("exports/teams/users.json", "[ {\"UserPrincipalName\": ");
  EXPECT_EQ(host.cli({"refresh", "teams"}).status, 6);
  const auto page = host.cli({"show", "contoso"});
  EXPECT_EQ(page.status, 6);
  EXPECT_THAT(page.out, HasSubstr("142 (148)"));
  EXPECT_THAT(page.out, HasSubstr("DEGRADED"));
  EXPECT_EQ(host.cli({"show", "tailspin"}).status, 0) << "one tenant's bad data never touches another";
}

TEST(hard_life, stops_in_order_and_takes_its_socket_along) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  EXPECT_EQ(host.stop(), 0);
  EXPECT_FALSE(std::filesystem::exists(host.socket()));
  EXPECT_EQ(host.cli({"status"}).status, 3);
}

TEST(metrics, are_what_promtool_accepts) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  ASSERT_EQ(host.cli({"refresh"}).status, 0);
  const auto metrics = run_program(
      {"/usr/bin/curl", "-sS", "--max-time", "20", "--unix-socket", host.socket().string(), "http://localhost/metrics"},
      "");
  ASSERT_EQ(metrics.status, 0) << metrics.err;
  EXPECT_THAT(metrics.out, HasSubstr("licaudit_build_info"));
  // ./dev test puts promtool on the path; without it the form is still tested above and in the api room.
  const auto judged = run_program(
      {"/bin/sh", "-c", "command -v promtool > /dev/null || exit 0; exec promtool check metrics"}, metrics.out);
  EXPECT_EQ(judged.status, 0) << judged.out << judged.err;
}

}  // namespace licaudit::test
