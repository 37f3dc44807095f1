#include "daemon/ledger/restoring.hpp"

#include "bookkeeper.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const subject_name ann{"acme", subject_kind::user, "ann"};

/// A ledger with one source, and its backup of 2 February.
class restoring_test : public testing::Test {
 protected:
  restoring_test() {
    auto book = old_host.open();
    bookkeeper keeper(*book);
    keeper.put_subjects(at("2026-02-01T00:00:00Z"), {{ann, field_map{{"upn", {"ann@x"}}}}});
    keeper.show(tally("acme", 1, 1));
    keeper.calculate(at("2026-02-01T00:00:00.001Z"));
    transaction tx(*book);
    const auto number = tx.find_subject(ann).value();
    tx.put_given("teams", number, line_hash{1, 2, 3}, *tx.current(number));
    tx.count_given("teams", tx.name_of(number).tenant, 1);
    tx.set_cursor("teams", "delta-7");
    source_run run;
    run.source = "teams";
    run.ended = at("2026-02-01T00:00:00Z");
    tx.add_run(run);
    tx.commit();
    identity = book->identity();
    head = book->head().sequence;
    auto into = whole_file::prepare(backup(), 0).value();
    write_backup(old_host.file(), into, {at("2026-02-02T00:00:00Z"), "old", {{"licauditd.yaml", "text"}}}, book->gate(),
                 {})
        .value();
    into.keep().value();
  }

  std::filesystem::path backup() const { return old_host.folder() / "backup.db"; }
  result<restored> try_restore() const { return restore(request()); }
  restore_request request() const {
    restore_request what;
    what.backup = backup();
    what.state = new_host.folder() / "state";
    what.caller = "root";
    what.now = at("2026-02-09T12:00:00Z");
    return what;
  }
  std::filesystem::path restored_file() const { return request().state / "licaudit.db"; }
  /// The new host stays as it was.
  void expect_refused(errc code, const char* why) const {
    const auto outcome = try_restore();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, code) << outcome.error().detail;
    EXPECT_THAT(outcome.error().detail, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(restored_file()));
  }

  scratch_state old_host, new_host;
  std::string identity;
  std::int64_t head = 0;
};

TEST_F(restoring_test, begins_an_epoch_and_names_the_gap) {
  const auto outcome = try_restore();
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(outcome->ledger, identity);
  EXPECT_EQ(outcome->known_until, at("2026-02-02T00:00:00Z"));
  EXPECT_EQ(outcome->until, at("2026-02-09T12:00:00Z"));
  EXPECT_TRUE(outcome->replaced.empty());
  EXPECT_THAT(outcome->sources, ElementsAre("teams"));

  auto book = ledger::open(request().state).value();
  EXPECT_EQ(book->identity(), identity);
  EXPECT_EQ(book->epoch(), outcome->epoch);
  EXPECT_GT(book->epoch(), 1);
  EXPECT_EQ(book->head().sequence, head + 1);
  const auto proof = reader::open(restored_file()).value();
  operation_query query;
  query.since = at("2026-02-09T00:00:00Z");
  query.until = at("2026-02-10T00:00:00Z");
  query.type = "restore";
  const auto logged = proof->operations(query).value();
  ASSERT_EQ(logged.size(), 1U);
  EXPECT_EQ(logged[0].detail.at("gap").at("from").as_string(), "2026-02-02T00:00:00.000Z");
  EXPECT_EQ(logged[0].detail.at("gap").at("to").as_string(), "2026-02-09T12:00:00.000Z");
  EXPECT_TRUE(proof->verify(true).value().clean());
  EXPECT_EQ(raw_sqlite(restored_file()).value("SELECT count(*) FROM sqlite_master WHERE name LIKE 'backup%'"), "0");
}

TEST_F(restoring_test, makes_every_source_run_in_full_and_lets_no_subject_leave) {
  ASSERT_TRUE(try_restore());
  auto book = ledger::open(request().state).value();
  EXPECT_EQ(book->cursor("teams"), "");
  auto given = book->given("teams");
  given.read();
  ASSERT_EQ(given.subjects.size(), 1U);
  EXPECT_NE(given.subjects[0].line, (line_hash{1, 2, 3})) << "the line is read again";
  int subjects = 0;
  book->each_subject([&](subject_number, const subject& one) { subjects += one.name == ann ? 1 : 0; });
  EXPECT_EQ(subjects, 1);
  const auto sources = book->sources();
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_TRUE(sources[0].last_failed) << "its tenants are degraded until it has run";
  EXPECT_THAT(sources[0].problem, HasSubstr("restored"));
}

TEST_F(restoring_test, keeps_the_ledger_of_before_with_all_that_it_had) {
  const auto state = request().state;
  std::string other;
  {
    auto book = ledger::open(state).value();
    other = book->identity();
    bookkeeper(*book).decide(at("2026-01-01T00:00:00Z"), "apex", "enabled", true);
  }
  const auto outcome = try_restore();
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(ledger::open(state).value()->identity(), identity);
  ASSERT_FALSE(outcome->replaced.empty());
  EXPECT_EQ(raw_sqlite(outcome->replaced).value("SELECT value FROM identity WHERE key = 'ledger'"), other);
  EXPECT_EQ(raw_sqlite(outcome->replaced).count("entry"), 1);
}

TEST_F(restoring_test, takes_the_place_of_a_damaged_ledger_and_its_wal) {
  std::filesystem::create_directories(request().state);
  std::ofstream(restored_file()) << "this is no database, and it is longer than a header, as damaged files are ....";
  std::ofstream(restored_file().string() + "-wal") << "left over";
  const auto outcome = try_restore();
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_TRUE(std::filesystem::exists(outcome->replaced));
  EXPECT_TRUE(reader::open(restored_file()).value()->verify(true).value().clean());
}

TEST_F(restoring_test, gives_each_restore_an_epoch_of_its_own) {
  const auto first = try_restore();
  auto again = request();
  again.state = new_host.folder() / "another";
  again.now += std::chrono::hours(1);
  const auto second = restore(again);
  ASSERT_TRUE(first && second);
  EXPECT_GT(second->epoch, first->epoch) << "of one backup restored twice";
}

TEST_F(restoring_test, does_not_run_backwards_where_the_clock_does) {
  auto what = request();
  what.now = at("2020-01-01T00:00:00Z");
  const auto outcome = restore(what);
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_GT(ledger::open(what.state).value()->last_instant(), at("2026-02-01T00:00:00.001Z"));
}

TEST_F(restoring_test, refuses_while_a_daemon_works_on_the_state) {
  auto book = ledger::open(request().state).value();
  const auto outcome = try_restore();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, errc::conflict);
}

TEST_F(restoring_test, refuses_what_is_no_backup) {
  auto missing = request();
  missing.backup = new_host.folder() / "missing";
  const auto outcome = restore(missing);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, errc::refused);
  std::ofstream(backup(), std::ios::trunc) << "a text that somebody took for a backup";
  expect_refused(errc::corrupt, "is no database");
  std::filesystem::remove(backup());
  raw_sqlite(backup()).execute("CREATE TABLE recipes (name TEXT)");
  expect_refused(errc::corrupt, "another program");
  std::filesystem::remove(backup());
  std::ofstream(backup(), std::ios::trunc).flush();
  expect_refused(errc::refused, "no ledger");
}

TEST_F(restoring_test, refuses_a_newer_version) {
  raw_sqlite(backup()).execute("PRAGMA user_version = 99");
  expect_refused(errc::refused, "version 99");
}

TEST_F(restoring_test, refuses_a_chain_that_does_not_verify) {
  raw_sqlite(backup()).execute("UPDATE subject_version SET quantity = 2");
  expect_refused(errc::corrupt, "does not verify");
}

TEST_F(restoring_test, refuses_damaged_pages) {
  const auto bytes = std::filesystem::file_size(backup());
  {
    std::fstream file(backup(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t page = 4096; page < bytes; page += 4096) {
      file.seekp(static_cast<std::streamoff>(page));
      file << std::string(64, '\xff');
    }
  }
  expect_refused(errc::corrupt, "damaged");
  std::filesystem::resize_file(backup(), bytes / 2);
  expect_refused(errc::corrupt, "damaged");
}

TEST_F(restoring_test, refuses_a_ledger_at_work) {
  auto what = request();
  auto book = old_host.open();
  bookkeeper(*book).decide(at("2026-03-01T00:00:00Z"), "acme", "enabled", true);
  what.backup = old_host.file();
  const auto outcome = restore(what);
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().detail, HasSubstr("licaudit backup"));
}

TEST_F(restoring_test, shows_the_settings_of_a_backup_and_of_nothing_else) {
  std::filesystem::permissions(backup(), std::filesystem::perms::owner_read);
  const auto note = look_into(backup());
  ASSERT_TRUE(note) << note.error().detail;
  ASSERT_EQ(note->settings.size(), 1U);
  EXPECT_EQ(note->settings[0].text, "text");
  EXPECT_EQ(note->made_by, "old");
  EXPECT_FALSE(look_into(old_host.folder() / "missing"));
  EXPECT_FALSE(look_into(old_host.file())) << "a ledger, but no backup";
  std::ofstream(old_host.folder() / "text") << "hello";
  EXPECT_FALSE(look_into(old_host.folder() / "text"));
}

TEST_F(restoring_test, brings_a_backup_of_an_older_version_up) {
  auto what = request();
  std::vector<std::string_view> newer = migrations();
  newer.push_back("CREATE TABLE later (number INTEGER PRIMARY KEY) STRICT;");
  what.update.to = &newer;
  const auto outcome = restore(what);
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(raw_sqlite(restored_file()).count("later"), 0);
  EXPECT_FALSE(ledger::open(what.state)) << "of a newer version than this program knows";
}

}  // namespace
}  // namespace licaudit::ledger
