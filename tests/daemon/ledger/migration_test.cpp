#include "daemon/ledger/schema.hpp"

#include "bookkeeper.hpp"
#include "child.hpp"
#include "daemon/ledger/migration_step.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace licaudit::ledger {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr int many = 60'000;

class migration_test : public testing::Test {
 protected:
  migration_test() {
    auto book = state.open();
    transaction tx(*book);
    const auto sequence = tx.enter("inventory", at("2026-01-01T00:00:00Z"), {});
    tx.commit();
    book.reset();
    raw_sqlite(state.file())
        .execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(many) +
                 ") INSERT INTO subject_version SELECT i << 32 | " + std::to_string(sequence) + ", 1, '{}' FROM n");
  }

  /// The versions there are, and then these.
  result<std::unique_ptr<ledger>> open_with(std::vector<std::string_view> added) {
    steps = migrations();
    steps.insert(steps.end(), added.begin(), added.end());
    schema_update how;
    how.to = &steps;
    how.tell = [this](const std::string& line) { said.push_back(line); };
    return ledger::open(state.folder(), how);
  }
  [[nodiscard]] std::filesystem::path kept() const { return state.file().string() + ".version-1"; }
  [[nodiscard]] std::string version() const { return raw_sqlite(state.file()).value("PRAGMA user_version"); }

  scratch_state state;
  std::vector<std::string_view> steps;
  std::vector<std::string> said;
};

constexpr const char* add_a_column =
    "ALTER TABLE subject_version ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;\n"
    "-- slices of subject_version.subject\n"
    "UPDATE subject_version SET weight = subject * 2 WHERE subject > ?1 AND subject <= ?2;\n"
    "CREATE TABLE after_it (number INTEGER PRIMARY KEY) STRICT;\n";

TEST_F(migration_test, keeps_the_file_as_it_was_and_says_where) {
  ASSERT_TRUE(open_with({add_a_column}));
  EXPECT_EQ(version(), "2");
  EXPECT_THAT(said, Contains(AllOf(HasSubstr(kept().string()), HasSubstr("version 1"))));
  raw_sqlite before(kept());
  EXPECT_EQ(before.value("PRAGMA user_version"), "1");
  EXPECT_EQ(before.value("PRAGMA quick_check"), "ok");
  EXPECT_EQ(before.count("subject_version"), many);
}

TEST_F(migration_test, goes_over_a_large_table_in_slices_and_says_how_far_it_is) {
  const auto opened = open_with({add_a_column});
  ASSERT_TRUE(opened) << opened.error().detail;
  raw_sqlite after(state.file());
  EXPECT_EQ(after.value("SELECT count(*) FROM subject_version WHERE weight = subject * 2"), std::to_string(many))
      << "each row once, the first and the last included";
  EXPECT_EQ(after.count("after_it"), 0);
  EXPECT_THAT(said, Contains(HasSubstr("of version 2 now")));
}

TEST_F(migration_test, of_slices_tells_the_share_that_is_done_and_that_it_lives) {
  auto db = database::open(state.file(), database::mode::read_write).value();
  std::vector<std::string> told;
  migration_step step(
      *db, 2, [&](const std::string& line) { told.push_back(line); }, pace(std::chrono::milliseconds(0)));
  step.run(
      "-- slices of subject_version.subject\n"
      "UPDATE subject_version SET quantity = 2 WHERE subject > ?1 AND subject <= ?2;\n");
  for (const char* line : {"begun", "subject_version: 33 %", "subject_version: 66 %", "subject_version: 100 %",
                           "at work for 0 s", "of version 2 now"})
    EXPECT_THAT(told, Contains(HasSubstr(line)));
}

TEST_F(migration_test, that_fails_leaves_the_file_as_it_was) {
  const auto failing = open_with({"CREATE TABLE half (number INTEGER) STRICT; INSERT INTO no_such_table VALUES (1);"});
  ASSERT_FALSE(failing);
  EXPECT_THAT(failing.error().detail, HasSubstr("no_such_table"));
  EXPECT_EQ(version(), "1");
  EXPECT_EQ(raw_sqlite(state.file()).value("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), "0");
  EXPECT_TRUE(std::filesystem::exists(kept()));
  EXPECT_TRUE(state.read()->verify(false)) << "the program of before goes on with it";
  // A later attempt does not write over the backup of the first.
  ASSERT_TRUE(open_with({add_a_column}));
  EXPECT_TRUE(std::filesystem::exists(kept().string() + ".2"));
}

TEST_F(migration_test, that_is_killed_leaves_the_file_as_it_was) {
  const int status = in_child([&] {
    schema_update how;
    auto all = migrations();
    all.push_back(add_a_column);
    how.to = &all;
    how.tell = [](const std::string& line) {
      if (line.find("begun") != line.npos) ::_exit(7);
    };
    return ledger::open(state.folder(), how) ? 0 : 1;
  });
  ASSERT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(version(), "1");
  ASSERT_TRUE(open_with({add_a_column}));
}

TEST_F(migration_test, of_several_steps_keeps_those_that_were_done) {
  const auto failing = open_with({"CREATE TABLE two (number INTEGER) STRICT;", "nonsense;"});
  ASSERT_FALSE(failing);
  EXPECT_EQ(version(), "2");
  EXPECT_EQ(raw_sqlite(state.file()).count("two"), 0);
}

TEST_F(migration_test, without_room_for_the_backup_does_not_begin) {
  std::filesystem::permissions(state.folder(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const bool may_write_anywhere = ::geteuid() == 0;
  const auto refused = open_with({add_a_column});
  std::filesystem::permissions(state.folder(), std::filesystem::perms::owner_all);
  if (may_write_anywhere) GTEST_SKIP() << "root may write everywhere";
  EXPECT_FALSE(refused);
  EXPECT_EQ(version(), "1");
}

TEST(first_migration_test, of_a_new_file_says_nothing_and_keeps_nothing) {
  scratch_state state;
  std::vector<std::string> said;
  schema_update how;
  how.tell = [&](const std::string& line) { said.push_back(line); };
  ASSERT_TRUE(ledger::open(state.folder(), how));
  EXPECT_TRUE(said.empty()) << said.front();
  for (const auto& entry : std::filesystem::directory_iterator(state.folder()))
    EXPECT_THAT(entry.path().filename().string(), Not(HasSubstr("version-")));
}

}  // namespace
}  // namespace licaudit::ledger
