#include "daemon/ledger/database.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace licaudit::ledger {
namespace {

using namespace std::string_literals;

class database_test : public testing::Test {
 protected:
  std::unique_ptr<database> open(database::mode how) { return database::open(state.file(), how).value(); }

  std::int64_t one(const std::string& sql) {
    auto found = db->query(sql);
    return found.next() ? found.integer(0) : -1;
  }

  scratch_state state;
  std::unique_ptr<database> db = open(database::mode::read_write);
};

TEST_F(database_test, keeps_bytes_as_they_are) {
  db->script("CREATE TABLE t (id TEXT NOT NULL, b BLOB NOT NULL) STRICT");
  const std::string text = "O'Brien \"x\"; -- \xc3\xa4\xe2\x82\xac\0end"s, bytes = "\0\xff\0"s;
  db->run("INSERT INTO t VALUES (?1, ?2)", text, blob{bytes});
  auto found = db->query("SELECT id, b FROM t WHERE id = ?1", text);
  ASSERT_TRUE(found.next());
  EXPECT_EQ(found.text(0), text);
  EXPECT_EQ(found.text(1), bytes);
  EXPECT_FALSE(found.next());
}

TEST_F(database_test, tells_empty_from_null) {
  db->script("CREATE TABLE t (a TEXT NOT NULL, b BLOB NOT NULL, c TEXT, d INTEGER) STRICT");
  db->run("INSERT INTO t VALUES (?1, ?2, ?3, ?4)", std::string_view(), blob{{}}, std::optional<std::string>(),
          std::optional<std::int64_t>());
  auto found = db->query("SELECT a, b, c, d FROM t");
  ASSERT_TRUE(found.next());
  EXPECT_FALSE(found.is_null(0));
  EXPECT_FALSE(found.is_null(1));
  EXPECT_TRUE(found.is_null(2));
  EXPECT_FALSE(found.optional_integer(3));
  EXPECT_EQ(found.text(2), "");
}

TEST_F(database_test, runs_a_query_while_its_rows_are_read) {
  db->script("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), (2), (3)");
  const char* above = "SELECT n FROM t WHERE n > ?1 ORDER BY n";
  std::string seen;
  auto outer = db->query(above, 0);
  while (outer.next()) {
    seen += std::to_string(outer.integer(0)) + ":";
    auto inner = db->query(above, outer.integer(0));
    while (inner.next()) seen += std::to_string(inner.integer(0));
    seen += " ";
  }
  EXPECT_EQ(seen, "1:23 2:3 3: ");
}

TEST_F(database_test, a_query_left_halfway_begins_anew) {
  db->script("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), (2)");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(one("SELECT n FROM t ORDER BY n"), 1);
  EXPECT_EQ(one("SELECT count(*) FROM t WHERE n = ?1"), 0) << "an unbound parameter is NULL, not what was bound before";
}

TEST_F(database_test, an_error_in_the_middle_leaves_the_statement_usable) {
  db->script("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT; BEGIN");
  const char* insert = "INSERT INTO t VALUES (?1)";
  db->run(insert, 1);
  try {
    db->run(insert, 1);
    FAIL() << "two rows with one key";
  } catch (const storage_error& error) {
    EXPECT_FALSE(error.is_full());
    EXPECT_NE(std::string(error.what()).find("UNIQUE"), std::string::npos);
  }
  EXPECT_TRUE(db->in_transaction());
  db->run(insert, 2);
  db->script("COMMIT");
  EXPECT_EQ(one("SELECT count(*) FROM t"), 2);
}

TEST_F(database_test, an_error_between_rows_is_thrown_by_next) {
  db->script("CREATE TABLE t (j TEXT); INSERT INTO t VALUES ('[1]'), ('no json')");
  auto found = db->query("SELECT json_array_length(j) FROM t ORDER BY rowid");
  EXPECT_TRUE(found.next());
  EXPECT_THROW(static_cast<void>(found.next()), storage_error);
}

TEST_F(database_test, a_full_file_is_told_apart_and_heals) {
  db->script("CREATE TABLE t (b BLOB); PRAGMA max_page_count = 20");
  const std::string big(8192, 'x');
  db->script("BEGIN");
  bool full = false;
  try {
    for (int i = 0; i < 100; ++i) db->run("INSERT INTO t VALUES (?1)", blob{big});
  } catch (const storage_error& error) {
    full = error.is_full();
  }
  EXPECT_TRUE(full);
  if (db->in_transaction()) db->script("ROLLBACK");
  EXPECT_EQ(one("SELECT count(*) FROM t"), 0);
  db->script("PRAGMA max_page_count = 1000");
  db->run("INSERT INTO t VALUES (?1)", blob{big});
  EXPECT_EQ(one("SELECT count(*) FROM t"), 1);
}

TEST_F(database_test, a_wrong_query_is_a_storage_error) {
  EXPECT_THROW(db->run("SELECT * FROM nowhere"), storage_error);
  EXPECT_THROW(db->script("no sql"), storage_error);
  EXPECT_THROW(db->run("SELECT 1", 7), storage_error) << "a value too many";
}

TEST_F(database_test, a_reader_cannot_write) {
  db->script("CREATE TABLE t (n INTEGER)");
  auto reads = open(database::mode::read_only);
  EXPECT_THROW(reads->run("INSERT INTO t VALUES (1)"), storage_error);
  EXPECT_THROW(reads->script("DROP TABLE t"), storage_error);
}

TEST_F(database_test, a_reader_does_not_make_the_file) {
  const auto missing = database::open(state.folder() / "missing.db", database::mode::read_only);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, errc::unreachable);
  EXPECT_FALSE(std::filesystem::exists(state.folder() / "missing.db"));
}

TEST_F(database_test, a_checkpoint_does_not_wait_for_a_reader) {
  db->script("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
  auto reads = open(database::mode::read_only);
  reads->script("BEGIN");
  {
    auto seen = reads->query("SELECT n FROM t");
    ASSERT_TRUE(seen.next());
  }
  db->script("INSERT INTO t VALUES (2)");
  const auto wal = state.file().string() + "-wal";
  const auto size = std::filesystem::file_size(wal);
  db->checkpoint(true);
  EXPECT_EQ(std::filesystem::file_size(wal), size) << "the reader still needs it";
  reads->script("COMMIT");
  db->checkpoint(true);
  EXPECT_EQ(std::filesystem::file_size(wal), 0u);
}

TEST_F(database_test, what_is_written_ahead_is_not_there_before_its_commit) {
  db->script("CREATE TABLE t (a TEXT NOT NULL) STRICT");
  const auto wal = [this] { return std::filesystem::file_size(state.file().string() + "-wal"); };
  const auto reader = open(database::mode::read_only);
  const auto seen = [&] {
    auto found = reader->query("SELECT count(*) FROM t");
    return found.next() ? found.integer(0) : -1;
  };
  for (const char* end : {"ROLLBACK", "COMMIT"}) {
    const auto before = wal();
    db->script("BEGIN IMMEDIATE");
    for (int i = 0; i < 500; ++i) db->run("INSERT INTO t VALUES (?1)", std::string(1000, 'x'));
    EXPECT_EQ(wal(), before);
    db->write_ahead();
    EXPECT_GT(wal(), before + 400'000);
    db->release_memory();
    EXPECT_EQ(seen(), 0);
    db->run("INSERT INTO t VALUES ('after')");
    EXPECT_EQ(one("SELECT count(*) FROM t"), 501);
    db->script(end);
    EXPECT_EQ(seen(), end == std::string("COMMIT") ? 501 : 0);
    db->checkpoint(true);
  }
  auto sound = db->query("PRAGMA integrity_check");
  ASSERT_TRUE(sound.next());
  EXPECT_EQ(sound.text(0), "ok");
}

TEST_F(database_test, beats_while_it_works) {
  std::atomic<std::uint64_t> pulse{0};
  db->beat(pulse);
  one("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000) SELECT sum(n) FROM c");
  EXPECT_GT(pulse.load(), 10u);
}

}  // namespace
}  // namespace licaudit::ledger
