// A ledger leaves one host and lives on on another.
#include "tests/system/scripted_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

namespace licaudit::test {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

program_outcome restore(const running_daemon& host, const std::filesystem::path& file,
                        const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{binary("licaudit"), "restore", file.string(), "--config", host.config().string()};
  words.insert(words.end(), more.begin(), more.end());
  return run_program(words, "");
}

std::string one_value(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* open = nullptr;
  std::string value;
  if (sqlite3_open_v2(file.c_str(), &open, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(open, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
      if (const auto* text = sqlite3_column_text(statement, 0)) value = reinterpret_cast<const char*>(text);
    sqlite3_finalize(statement);
  }
  sqlite3_close(open);
  return value;
}

/// A source that says what cursor it was given, and gives three users.
std::string cursor_source() {
  return "printf '%s\\n' \"$request\" >> \"$(dirname \"$0\")/requests\"\n"
         "printf '{\"kind\":\"begin\",\"protocol\":1,\"mode\":\"snapshot\"}\\n'\n"
         "for u in a b c; do printf "
         "'{\"kind\":\"user\",\"tenant\":\"contoso\",\"id\":\"%s\",\"fields\":{\"upn\":\"x\"}}\\n' $u; done\n"
         "printf '{\"kind\":\"end\",\"cursor\":\"delta-7\"}\\n'\n";
}

}  // namespace

TEST(backup, of_a_running_host_lives_on_on_another_one) {
  scripted_host old_host;
  old_host.script("teams", cursor_source());
  old_host.source("teams.yaml", "teams", ", tenant: contoso, config: { client_secret: hunter2 }");
  ASSERT_TRUE(old_host.start()) << old_host.said();
  ASSERT_EQ(old_host.cli({"refresh"}).status, 0);
  const auto file = old_host.folder() / "copy.db";
  const auto copied = old_host.cli({"backup", file.string()});
  ASSERT_EQ(copied.status, 0) << copied.err;
  EXPECT_EQ(old_host.cli({"backup", file.string()}).status, 5) << "it replaces nothing";
  EXPECT_EQ(one_value(file, "SELECT cursor LIKE '%delta-7' FROM source WHERE name = 'teams'"), "1");
  EXPECT_EQ(one_value(file, "SELECT count(*) FROM rule_text"), "1");
  EXPECT_EQ(one_value(file, "SELECT count(*) FROM backup_settings WHERE path = 'licauditd.yaml'"), "1");
  EXPECT_EQ(one_value(file, "SELECT count(*) FROM backup_settings WHERE text LIKE '%hunter2%'"), "0");
  const auto before = old_host.ask({"status"});
  old_host.kill_hard();

  scripted_host new_host;
  new_host.script("teams", cursor_source());
  new_host.source("teams.yaml", "teams", ", tenant: contoso");
  const auto restored = restore(new_host, file);
  ASSERT_EQ(restored.status, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("nothing is known from"));
  ASSERT_TRUE(new_host.start()) << new_host.said();
  EXPECT_EQ(new_host.cli({"refresh"}).status & ~6, 0);
  const auto after = new_host.ask({"status"});
  EXPECT_EQ(after.at("ledger"), before.at("ledger"));
  EXPECT_GT(after.at("epoch").to_number<std::int64_t>(), before.at("epoch").to_number<std::int64_t>());
  EXPECT_EQ(new_host.ask({"show", "contoso"}).at("monitored").to_number<int>(), 3);
  const auto log = new_host.cli({"log", "--type", "restore"});
  EXPECT_THAT(log.out, HasSubstr("nothing is known from"));
  const auto verified = new_host.cli({"verify", "--full"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  // The first run after the restore began without a cursor.
  const auto requests = new_host.folder() / "demo" / "plugins" / "sources" / "requests";
  std::ifstream asked(requests);
  std::string first;
  std::getline(asked, first);
  EXPECT_THAT(first, HasSubstr(R"("cursor":null)"));
}

TEST(backup, of_settings_can_be_looked_at_without_any_of_ones_own) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  const auto file = host.folder() / "copy.db", into = host.folder() / "settings";
  ASSERT_EQ(host.cli({"backup", file.string()}).status, 0);
  const auto shown = run_program({binary("licaudit"), "restore", file.string(), "--settings-to", into.string()}, "");
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_TRUE(std::filesystem::exists(into / "licauditd.yaml"));
  EXPECT_TRUE(std::filesystem::exists(into / "tenants.d"));
  EXPECT_EQ(run_program({binary("licaudit"), "restore", file.string(), "--settings-to", into.string()}, "").status, 5);
}

TEST(backup, is_not_restored_under_a_running_daemon_nor_from_a_damaged_file) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  const auto file = host.folder() / "copy.db";
  ASSERT_EQ(host.cli({"backup", file.string()}).status, 0);
  const auto busy = restore(host, file);
  EXPECT_EQ(busy.status, 5);
  EXPECT_THAT(busy.err, HasSubstr("another licauditd"));
  EXPECT_EQ(host.stop(), 0);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  const auto damaged = restore(host, file);
  EXPECT_EQ(damaged.status, 5);
  EXPECT_THAT(damaged.err, HasSubstr("nothing was changed"));
  EXPECT_EQ(restore(host, "/nonexistent").status, 5);
  ASSERT_TRUE(host.start()) << "the ledger of before is untouched: " << host.said();
  EXPECT_EQ(host.cli({"verify"}).status, 0);
}

TEST(backup, may_be_written_by_the_daemon_itself) {
  running_daemon host;
  ASSERT_TRUE(host.start()) << host.said();
  const auto file = host.folder() / "copy.db";
  const auto ask = [&](const std::string& path) {
    return run_program({"/usr/bin/curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--unix-socket",
                        host.socket().string(), "-d", R"({"path":")" + path + R"("})", "http://localhost/v1/backup"},
                       "")
        .out;
  };
  if (!std::filesystem::exists("/usr/bin/curl")) GTEST_SKIP() << "no curl here";
  EXPECT_EQ(ask(file.string()), "200");
  EXPECT_EQ(one_value(file, "PRAGMA quick_check"), "ok");
  EXPECT_EQ(ask(file.string()), "409");
  EXPECT_EQ(ask("copy.db"), "400");
  EXPECT_EQ(ask("/nonexistent/copy.db"), "422");
}

}  // namespace licaudit::test
