#include "daemon/ledger/backup.hpp"

#include "bookkeeper.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/reading_gate.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace licaudit::ledger {
namespace {

using testing::HasSubstr;

std::vector<std::pair<subject_name, std::optional<field_map>>> users(int count, const std::string& upn) {
  std::vector<std::pair<subject_name, std::optional<field_map>>> all;
  for (int i = 0; i < count; ++i)
    all.push_back(
        {{"acme", subject_kind::user, "u" + std::to_string(i)}, field_map{{"upn", {upn + std::to_string(i)}}}});
  return all;
}

class backup_test : public testing::Test {
 protected:
  backup_test() : book(state.open()) {
    bookkeeper(*book).put_subjects(at("2026-01-01T00:00:00Z"), users(3000, std::string(400, 'x')));
    transaction tx(*book);
    tx.set_cursor("teams", "delta-7");
    tx.commit();
  }

  std::filesystem::path target() const { return state.folder() / "copy.db"; }
  whole_file prepared() const { return whole_file::prepare(target(), 0).value(); }
  std::vector<std::string> names_in_folder() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(state.folder()))
      names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  scratch_state state;
  std::unique_ptr<ledger> book;
  backup_note note{at("2026-01-02T00:00:00Z"), "host, licauditd 1", {{"licauditd.yaml", "state: /x\n"}}};
};

TEST_F(backup_test, holds_what_was_committed_and_nothing_else) {
  transaction open_one(*book);
  open_one.set_cursor("teams", "never committed");
  auto into = prepared();
  const auto facts = write_backup(state.file(), into, note, book->gate(), {});
  ASSERT_TRUE(facts) << facts.error().detail;
  ASSERT_TRUE(into.keep());
  EXPECT_EQ(facts->sequence, book->head().sequence);
  EXPECT_EQ(facts->head, to_hex(book->head().hash));
  EXPECT_EQ(facts->bytes, static_cast<std::int64_t>(std::filesystem::file_size(target())));
  raw_sqlite copy(target());
  EXPECT_EQ(copy.value("PRAGMA quick_check"), "ok");
  EXPECT_EQ(copy.value("PRAGMA journal_mode"), "delete") << "one file, without a WAL";
  EXPECT_EQ(copy.value("SELECT cursor FROM source WHERE name = 'teams'"), "delta-7");
  EXPECT_EQ(copy.count("subject_version"), 3000);
  EXPECT_EQ(copy.value("SELECT text FROM backup_settings"), "state: /x\n");
}

TEST_F(backup_test, is_of_one_instant_whatever_is_written_meanwhile) {
  auto into = prepared();
  int steps = 0;
  std::int64_t before = book->head().sequence;
  const auto facts = write_backup(state.file(), into, note, book->gate(), [&](const copy_progress& so_far) {
    EXPECT_LE(so_far.pages, so_far.of);
    bookkeeper(*book).put_subjects(at("2026-01-03T00:00:00Z"), users(50, "moved" + std::to_string(++steps)));
    return true;
  });
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_GT(steps, 1) << "more than one step, or nothing was tried";
  EXPECT_EQ(facts->sequence, before);
  ASSERT_TRUE(into.keep());
  EXPECT_TRUE(reader::open(target()).value()->verify(true).value().clean());
}

TEST_F(backup_test, begins_anew_when_the_writer_needs_room_and_gives_up_after_some_times) {
  auto into = prepared();
  int calls = 0;
  const auto facts = write_backup(state.file(), into, note, book->gate(), [&](const copy_progress&) {
    if (++calls == 1) {
      bookkeeper(*book).decide(at("2026-01-03T00:00:00Z"), "acme", "enabled", false);
      book->gate()->clear();
    }
    return true;
  });
  ASSERT_TRUE(facts) << facts.error().detail;
  EXPECT_EQ(facts->sequence, book->head().sequence) << "the second attempt sees what came meanwhile";

  const auto never = write_backup(state.file(), into, note, book->gate(), [&](const copy_progress&) {
    book->gate()->clear();
    return true;
  });
  ASSERT_FALSE(never);
  EXPECT_EQ(never.error().code, errc::unreachable);
  EXPECT_THAT(never.error().detail, HasSubstr("quiet"));
}

TEST_F(backup_test, leaves_nothing_behind_when_it_is_given_up) {
  const auto before = names_in_folder();
  {
    auto into = prepared();
    const auto facts = write_backup(state.file(), into, note, book->gate(), [](const copy_progress&) { return false; });
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().code, errc::timed_out);
  }
  EXPECT_EQ(names_in_folder(), before);
}

TEST_F(backup_test, what_a_crash_left_goes_with_the_next_start) {
  book.reset();
  const auto left = state.folder() / ".licaudit-abcdef.partial";
  std::ofstream(left) << "half";
  std::ofstream(left.string() + "-journal") << "half";
  const auto kept = state.folder() / ".licaudit-something-else";
  std::ofstream(kept) << "mine";
  book = state.open();
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_FALSE(std::filesystem::exists(left.string() + "-journal"));
  EXPECT_TRUE(std::filesystem::exists(kept));
}

TEST(whole_file_test, says_what_is_in_the_way) {
  scratch_state state;
  const auto code = [](const std::filesystem::path& path, std::uintmax_t bytes = 0) {
    const auto made = whole_file::prepare(path, bytes);
    EXPECT_FALSE(made) << path;
    EXPECT_THAT(made.error().detail, HasSubstr(path.parent_path().string()));
    return made.error().code;
  };
  EXPECT_EQ(code("relative.db"), errc::malformed);
  EXPECT_EQ(code(state.folder() / ""), errc::malformed);
  std::ofstream(state.folder() / "there.db") << "mine";
  EXPECT_EQ(code(state.folder() / "there.db"), errc::conflict);
  std::filesystem::create_symlink("nowhere", state.folder() / "link.db");
  EXPECT_EQ(code(state.folder() / "link.db"), errc::conflict) << "also one that points nowhere";
  EXPECT_EQ(code(state.folder() / "no" / "such.db"), errc::refused);
  EXPECT_EQ(code(state.folder() / "large.db", std::uintmax_t{1} << 60U), errc::unreachable);
}

TEST(whole_file_test, does_not_replace_what_appeared_meanwhile) {
  scratch_state state;
  const auto target = state.folder() / "copy.db";
  auto made = whole_file::prepare(target, 0);
  ASSERT_TRUE(made);
  std::ofstream(target) << "mine";
  EXPECT_FALSE(made->keep());
  std::string text;
  std::ifstream(target) >> text;
  EXPECT_EQ(text, "mine");
}

TEST(whole_file_test, gives_its_bytes_without_a_name) {
  scratch_state state;
  auto made = whole_file::prepare(state.folder() / "copy.db", 0);
  ASSERT_TRUE(made);
  std::ofstream(made->temporary()) << "bytes";
  const auto descriptor = made->open_and_unlink();
  ASSERT_TRUE(descriptor);
  EXPECT_TRUE(std::filesystem::is_empty(state.folder()));
  char bytes[8] = {};
  EXPECT_EQ(::read(*descriptor, bytes, sizeof bytes), 5);
  ::close(*descriptor);
}

}  // namespace
}  // namespace licaudit::ledger
