// What a crash, a kill and a full disk leave behind.
#include "bookkeeper.hpp"
#include "child.hpp"
#include "daemon/ledger/database.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace licaudit::ledger {
namespace {

/// More than the cache of the writer holds, so that pages of the open transaction are in the WAL already.
void write_much(transaction& tx) {
  const auto sequence = tx.enter("inventory", at("2026-02-01T00:00:00Z"), {});
  const std::string long_text(4000, 'x');
  for (int i = 0; i < 8000; ++i) {
    const subject_name name{"acme", subject_kind::user, std::to_string(i)};
    tx.put_version(sequence, tx.find_or_add_subject(name), subject{name, {{"upn", {long_text}}}, 1});
  }
}

void expect_first_commit_only(const scratch_state& state) {
  auto book = state.open();
  EXPECT_EQ(book->head().sequence, 1);
  int subjects = 0;
  book->each_subject([&](subject_number, const subject&) { ++subjects; });
  EXPECT_EQ(subjects, 0);
  EXPECT_TRUE(state.read()->verify(true).value().clean());
  bookkeeper(*book).decide(at("2026-03-01T00:00:00Z"), "acme", "enabled", true);
  EXPECT_EQ(book->head().sequence, 2);
}

TEST(durability_test, a_process_that_ends_in_a_transaction_leaves_the_last_commit) {
  scratch_state state;
  const int status = in_child([&] {
    auto book = state.open();
    bookkeeper(*book).decide(at("2026-01-01T00:00:00Z"), "acme", "enabled", true);
    transaction tx(*book);
    write_much(tx);
    ::_exit(7);
    return 0;
  });
  ASSERT_EQ(WEXITSTATUS(status), 7);
  EXPECT_GT(std::filesystem::file_size(state.file().string() + "-wal"), 8u << 20)
      << "the transaction had begun to spill";
  expect_first_commit_only(state);
}

TEST(durability_test, a_killed_process_leaves_the_last_commit) {
  scratch_state state;
  const int status = in_child([&] {
    auto book = state.open();
    bookkeeper(*book).decide(at("2026-01-01T00:00:00Z"), "acme", "enabled", true);
    transaction tx(*book);
    write_much(tx);
    return std::raise(SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  expect_first_commit_only(state);
}

TEST(durability_test, what_was_committed_survives_a_kill) {
  scratch_state state;
  const int status = in_child([&] {
    auto book = state.open();
    bookkeeper keeper(*book);
    for (int i = 0; i < 50; ++i) keeper.decide(at("2026-01-01T00:00:00Z"), "acme", "enabled", true);
    return std::raise(SIGKILL);
  });
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(state.open()->head().sequence, 50);
}

void limit_files(rlim_t bytes) {
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

/// 0, or the number of the expectation that failed.
int fill_the_disk(const scratch_state& state) {
  std::signal(SIGXFSZ, SIG_IGN);
  auto book = state.open();
  bookkeeper(*book).decide(at("2026-01-01T00:00:00Z"), "acme", "enabled", true);
  const auto head = book->head();
  limit_files(1u << 20);
  bool full = false;
  try {
    transaction tx(*book);
    try {
      write_much(tx);
      tx.commit();
    } catch (const storage_error& error) {
      full = error.is_full();
      if (tx.next_sequence() == head.sequence + 1) return 1;
      throw;
    }
  } catch (const storage_error&) {
  }
  if (!full) return 2;
  if (book->head().hash != head.hash) return 3;
  if (book->decisions().size() != 1) return 4;  // questions go on
  book->checkpoint(true);
  limit_files(RLIM_INFINITY);
  bookkeeper(*book).decide(at("2026-03-01T00:00:00Z"), "acme", "enabled", true);
  return book->head().sequence == 2 ? 0 : 5;
}

TEST(durability_test, a_full_disk_changes_nothing_and_heals) {
  scratch_state state;
  EXPECT_EQ(in_child([&] { return fill_the_disk(state); }), 0);
  EXPECT_EQ(state.open()->head().sequence, 2);
  EXPECT_TRUE(state.read()->verify(true).value().clean());
}

TEST(durability_test, nothing_is_kept_of_a_transaction_that_goes_on_after_the_disk_was_full) {
  scratch_state state;
  EXPECT_EQ(in_child([&] {
              std::signal(SIGXFSZ, SIG_IGN);
              auto book = state.open();
              bookkeeper(*book).decide(at("2026-01-01T00:00:00Z"), "acme", "enabled", true);
              limit_files(1u << 20);
              transaction tx(*book);
              try {
                write_much(tx);
                tx.commit();
                return 1;
              } catch (const storage_error&) {
              }
              limit_files(RLIM_INFINITY);
              try {
                tx.set_cursor("csv", "page 2");
              } catch (const storage_error&) {
              }
              return 0;
            }),
            0);
  EXPECT_EQ(state.open()->cursor("csv"), "");
}

}  // namespace
}  // namespace licaudit::ledger
