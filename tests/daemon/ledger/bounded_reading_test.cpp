// Readers are in nobody's way for long, and the WAL stays small.
#include "bookkeeper.hpp"
#include "daemon/ledger/database.hpp"
#include "daemon/ledger/reading.hpp"
#include "daemon/ledger/reading_gate.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace licaudit::ledger {
namespace {

using testing::HasSubstr;

constexpr std::uintmax_t mebibyte = 1U << 20U;
// Never ends by itself.
constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i > 0) SELECT max(i) FROM n, entry";

result<int> ask_endlessly(database& db, reading_kind kind) {
  return reading(
      db,
      [&]() -> result<int> {
        auto rows = db.query(endless);
        return rows.next() ? 1 : 0;
      },
      kind);
}

class bounded_reading_test : public testing::Test {
 protected:
  bounded_reading_test() : book(state.open()) {
    bookkeeper(*book).decide(at("2026-01-01T00:00:00Z"), "acme", "enabled", true);
    db = database::open(state.file(), database::mode::read_only).value();
  }

  /// One commit of about `bytes`.
  void write(std::uintmax_t bytes) {
    transaction tx(*book);
    const std::string text(4000, 'x');
    const auto sequence = tx.enter("inventory", book->last_instant() + std::chrono::milliseconds(1), {});
    for (std::uintmax_t written = 0; written < bytes; written += text.size()) {
      const subject_name name{"acme", subject_kind::user, std::to_string(++subjects)};
      tx.put_version(sequence, tx.find_or_add_subject(name), subject{name, {{"upn", {text}}}, 1});
    }
    tx.commit();
    book->checkpoint(false);
  }

  scratch_state state;
  std::unique_ptr<ledger> book;
  std::unique_ptr<database> db;
  int subjects = 0;
};

TEST_F(bounded_reading_test, a_question_ends_at_its_deadline_and_can_be_asked_again) {
  db->bound_reading(book->gate(), std::chrono::milliseconds(20));
  const auto ended = ask_endlessly(*db, reading_kind::question);
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, errc::unreachable) << "503: to be asked again";
  EXPECT_THAT(ended.error().detail, HasSubstr("took too long"));
  EXPECT_FALSE(db->in_transaction());
  const auto again = reading(*db, [&]() -> result<std::int64_t> {
    auto rows = db->query("SELECT count(*) FROM entry");
    return rows.next() ? rows.integer(0) : 0;
  });
  EXPECT_EQ(again.value(), 1);
}

TEST_F(bounded_reading_test, a_question_over_the_whole_ledger_ends_only_when_the_writer_asks) {
  db->bound_reading(book->gate(), std::chrono::milliseconds(1));
  auto asked = std::async(std::launch::async, [&] { return ask_endlessly(*db, reading_kind::whole_ledger); });
  EXPECT_EQ(asked.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  book->gate()->clear();
  EXPECT_FALSE(asked.get());
}

TEST_F(bounded_reading_test, the_wal_stays_small_beside_a_reader_that_holds_on) {
  db->bound_reading(book->gate());
  std::atomic<bool> done{false};
  std::atomic<int> begun{0}, ended{0};
  // One question after the other, each as long as it is let: there is always a read transaction under way.
  std::thread holder([&] {
    while (!done) {
      ++begun;
      if (!ask_endlessly(*db, reading_kind::whole_ledger)) ++ended;
    }
  });
  while (begun == 0) std::this_thread::yield();
  std::uintmax_t largest = 0;
  for (int commits = 0; commits < 24; ++commits) {
    write(4 * mebibyte);
    largest = std::max(largest, book->wal_bytes());
  }
  done = true;
  while (begun != ended) {
    book->gate()->clear();
    std::this_thread::yield();
  }
  holder.join();
  EXPECT_LT(largest, 64 * mebibyte);
  EXPECT_GT(largest, 8 * mebibyte) << "else nothing was tried";
}

TEST_F(bounded_reading_test, an_idle_moment_cuts_what_a_large_run_left) {
  // Beside a reader that is gone by then.
  db->begin_reading();
  ASSERT_TRUE(db->query("SELECT 1 FROM entry").next());
  write(70 * mebibyte);
  EXPECT_GT(book->wal_bytes(), 64 * mebibyte) << "of one run's own transaction";
  db->end_reading();
  book->checkpoint(true);
  EXPECT_EQ(book->wal_bytes(), 0U);
}

}  // namespace
}  // namespace licaudit::ledger
