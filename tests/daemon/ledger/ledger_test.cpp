#include "daemon/ledger/ledger.hpp"

#include "bookkeeper.hpp"
#include "child.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/schema.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

namespace licaudit::ledger {
namespace {

std::string bytes_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ledger_test, keeps_its_identity) {
  scratch_state state;
  std::string identity;
  {
    auto book = state.open();
    identity = book->identity();
    EXPECT_EQ(identity.size(), 32u);
    EXPECT_EQ(identity.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(book->epoch(), 1);
    EXPECT_EQ(book->head().sequence, 0);
    EXPECT_EQ(book->last_instant(), instant{});
    EXPECT_EQ(book->file(), state.file());
  }
  EXPECT_EQ(state.open()->identity(), identity);
  EXPECT_NE(scratch_state().open()->identity(), identity);
}

TEST(ledger_test, makes_the_folder_it_is_to_lie_in) {
  scratch_state state;
  EXPECT_TRUE(ledger::open(state.folder() / "a" / "b"));
}

TEST(ledger_test, refuses_a_second_one_on_the_same_state) {
  scratch_state state;
  auto book = state.open();
  const auto second = ledger::open(state.folder());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, errc::conflict);
  EXPECT_TRUE(has(second.error().detail, "another licauditd works on this state; stop it first"))
      << second.error().detail;
  book.reset();
  EXPECT_TRUE(ledger::open(state.folder()));
}

TEST(ledger_test, refuses_a_second_process_on_the_same_state) {
  scratch_state state;
  auto book = state.open();
  // The child touches no connection: the lock is refused before the database is opened.
  EXPECT_EQ(in_child([&] {
              const auto second = ledger::open(state.folder());
              return second ? 1 : second.error().code == errc::conflict ? 0 : 2;
            }),
            0);
}

TEST(ledger_test, leaves_a_newer_version_untouched) {
  scratch_state state;
  static_cast<void>(state.open());
  raw_sqlite(state.file()).execute("PRAGMA user_version = 900");
  const auto before = bytes_in(state.file());
  const auto newer = ledger::open(state.folder());
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, errc::refused);
  EXPECT_TRUE(has(newer.error().detail, "is of version 900")) << newer.error().detail;
  EXPECT_TRUE(has(newer.error().detail, state.file().string()));
  EXPECT_EQ(bytes_in(state.file()), before);
}

TEST(ledger_test, refuses_what_is_no_ledger) {
  scratch_state state;
  std::ofstream(state.file()) << "A text that is longer than the header of a database, and is none by any means. "
                              << std::string(200, '.');
  const auto text = ledger::open(state.folder());
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, errc::corrupt);
  EXPECT_TRUE(has(text.error().detail, "is not a ledger")) << text.error().detail;
  EXPECT_EQ(bytes_in(state.file()).substr(0, 6), "A text");
}

TEST(ledger_test, refuses_the_database_of_another_program) {
  scratch_state state;
  raw_sqlite(state.file()).execute("CREATE TABLE songs (title TEXT)");
  const auto other = ledger::open(state.folder());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, errc::corrupt);
  EXPECT_TRUE(has(other.error().detail, "another program")) << other.error().detail;
  EXPECT_EQ(raw_sqlite(state.file()).value("SELECT count(*) FROM sqlite_master"), "1");
}

TEST(ledger_test, refuses_a_folder_in_the_place_of_the_file) {
  scratch_state state;
  std::filesystem::create_directory(state.file());
  const auto folder = ledger::open(state.folder());
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, errc::unreachable);
  EXPECT_TRUE(has(folder.error().detail, state.file().string()));
  std::filesystem::remove(state.file());
  EXPECT_TRUE(ledger::open(state.folder())) << "the lock was given back";
}

TEST(ledger_test, refuses_a_state_that_is_a_file) {
  scratch_state state;
  std::ofstream(state.folder() / "file") << "x";
  const auto file = ledger::open(state.folder() / "file");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, errc::unreachable);
}

TEST(ledger_test, tells_a_file_it_may_not_write_from_a_damaged_one) {
  scratch_state state;
  static_cast<void>(state.open());
  ::chmod(state.folder().c_str(), 0777);
  ::chmod((state.folder() / "licaudit.lock").c_str(), 0666);
  for (const mode_t mode : {0444u, 0000u}) {
    ::chmod(state.file().c_str(), mode);
    EXPECT_EQ(in_child([&] {
                constexpr uid_t nobody = 65534;
                if (::geteuid() == 0 && ::setuid(nobody) != 0) return 3;  // root may do everything
                const auto closed = ledger::open(state.folder());
                return closed ? 1 : closed.error().code == errc::unreachable ? 0 : 2;
              }),
              0)
        << mode;
  }
}

TEST(ledger_test, notices_a_chain_without_a_whole_hash) {
  scratch_state state;
  bookkeeper(*state.open()).calculate(at("2026-01-01T00:00:00Z"));
  raw_sqlite(state.file()).execute("UPDATE entry SET hash = X'00'");
  const auto damaged = ledger::open(state.folder());
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, errc::corrupt);
}

TEST(ledger_test, migrates_in_order_and_once) {
  scratch_state state;
  auto db = database::open(state.file(), database::mode::read_write).value();
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(migrate(*db, state.file()));
    auto version = db->query("PRAGMA user_version");
    ASSERT_TRUE(version.next());
    EXPECT_EQ(version.integer(0), static_cast<std::int64_t>(migrations().size()));
    EXPECT_FALSE(db->in_transaction());
  }
}

TEST(ledger_test, refuses_a_negative_version) {
  scratch_state state;
  raw_sqlite(state.file()).execute("PRAGMA user_version = -1");
  const auto odd = ledger::open(state.folder());
  ASSERT_FALSE(odd);
  EXPECT_EQ(odd.error().code, errc::corrupt);
}

TEST(ledger_test, cuts_the_wal_when_idle) {
  scratch_state state;
  auto book = state.open();
  bookkeeper keeper(*book);
  for (int i = 0; i < 20; ++i) keeper.calculate(at("2026-01-01T00:00:00Z") + std::chrono::seconds(i));
  const auto wal = state.file().string() + "-wal";
  const auto grown = std::filesystem::file_size(wal);
  EXPECT_GT(grown, 0u);
  book->checkpoint(false);
  EXPECT_EQ(std::filesystem::file_size(wal), grown);
  book->checkpoint(true);
  EXPECT_EQ(std::filesystem::file_size(wal), 0u);
  EXPECT_EQ(state.read()->verify(true).value().calculations, 20);
}

TEST(ledger_test, the_wal_does_not_grow_where_it_is_checkpointed) {
  scratch_state state;
  auto book = state.open();
  bookkeeper keeper(*book);
  const auto wal = state.file().string() + "-wal";
  std::uintmax_t largest = 0;
  for (int i = 0; i < 200; ++i) {
    keeper.calculate(at("2026-01-01T00:00:00Z") + std::chrono::seconds(i));
    book->checkpoint(false);
    if (i < 100) largest = std::max(largest, std::filesystem::file_size(wal));
  }
  EXPECT_LE(std::filesystem::file_size(wal), largest * 2);
}

TEST(ledger_test, has_a_pulse) {
  scratch_state state;
  auto book = state.open();
  const auto before = book->pulse().load();
  bookkeeper(*book).calculate(at("2026-01-01T00:00:00Z"));
  EXPECT_GT(book->pulse().load(), before) << "small statements count too";
}

}  // namespace
}  // namespace licaudit::ledger
