#include "daemon/ledger/retention.hpp"

#include "bookkeeper.hpp"
#include "daemon/ledger/database.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

using testing::HasSubstr;

constexpr retention_limits limits{25, 120};

subject_name user(const std::string& id) {
  return {"acme", subject_kind::user, id};
}

/// Twelve years, a calculation in every month of the first and the last one, from January 2014 on.
class retention_test : public testing::Test {
 protected:
  retention_test() : book(state.open()), keeper(*book) {
    tenant record;
    record.id = "acme";
    keeper.put_tenant(at("2014-01-01T00:00:00Z"), record);
    keeper.put_subjects(at("2014-01-01T00:00:01Z"), {{user("left-long-ago"), field_map{{"upn", {"gone"}}}},
                                                     {user("moved"), field_map{{"upn", {"old"}}}},
                                                     {user("still-here"), field_map{{"upn", {"same"}}}}});
    keeper.show(tally("acme", 3, 3));
    keeper.calculate(at("2014-01-01T00:00:02Z"));
    keeper.put_subjects(at("2014-05-01T00:00:00Z"),
                        {{user("left-long-ago"), std::nullopt}, {user("moved"), field_map{{"upn", {"newer"}}}}});
    keeper.show(tally("acme", 2, 2));
    keeper.calculate(at("2014-05-01T00:00:01Z"));
    keeper.calculate(at("2017-01-01T00:00:00Z"));
    keeper.decide(at("2017-02-01T00:00:00Z"), "acme", "switch:ump/dr", false);
    keeper.put_subjects(at("2025-12-01T00:00:00Z"),
                        {{user("moved"), field_map{{"upn", {"newest"}}}}, {user("new"), field_map{}}});
    keeper.show(tally("acme", 3, 3));
    keeper.calculate(at("2025-12-01T00:00:01Z"));
    keeper.calculate(at("2026-01-01T00:00:01Z"));
    keeper.calculate(at("2026-02-01T00:00:00Z"));
    for (const char* ended : {"2014-01-01T00:00:00Z", "2014-02-01T00:00:00Z", "2026-01-01T00:00:00Z"}) {
      transaction tx(*book);
      source_run run;
      run.source = "teams";
      run.ended = at(ended);
      tx.add_run(run);
      tx.commit();
    }
  }

  /// As the daemon does it once a day. False: nothing was due.
  bool run(instant when, std::int64_t rows = 3, const retention_limits& how = limits) {
    retention carries_out(*book);
    auto what = carries_out.due(how, when);
    if (what) {
      what->at = when;
      transaction tx(*book);
      tx.add_operation(*what);
      tx.commit();
    }
    for (slices = 0; carries_out.remove_some(rows); ++slices) {
      const auto found = state.read()->verify(true).value();
      EXPECT_TRUE(found.clean()) << "after slice " << slices << ": " << found.problems.front();
    }
    return what.has_value();
  }
  void expect_clean() const {
    const auto found = state.read()->verify(true).value();
    EXPECT_TRUE(found.clean()) << found.problems.front();
  }
  std::string value(const std::string& sql) const { return raw_sqlite(state.file()).value(sql); }

  const instant now = at("2026-02-10T03:30:00Z");
  scratch_state state;
  std::unique_ptr<ledger> book;
  bookkeeper keeper;
  int slices = 0;
};

TEST_F(retention_test, removes_what_is_older_by_whole_months_and_keeps_every_hash) {
  const auto entries = book->head().sequence;
  const auto head = value("SELECT hex(hash) FROM entry WHERE sequence = " + std::to_string(entries));
  ASSERT_TRUE(run(now));
  EXPECT_GT(slices, 3) << "in more than one slice";
  EXPECT_EQ(value("SELECT count(*) FROM entry"), std::to_string(entries + 1));
  EXPECT_EQ(value("SELECT hex(hash) FROM entry WHERE sequence = " + std::to_string(entries)), head);
  // Ten years before February 2026: from February 2016 on.
  EXPECT_EQ(value("SELECT min(month) FROM tally"), "201701");
  EXPECT_EQ(value("SELECT count(*) FROM calculation WHERE month < 201602"), "0");
  EXPECT_EQ(value("SELECT count(*) FROM payload p JOIN entry e USING (sequence) WHERE e.at < 1454284800000"), "0");
  EXPECT_EQ(value("SELECT count(*) FROM run"), "1");
  expect_clean();
}

TEST_F(retention_test, keeps_what_is_still_so_whatever_its_age) {
  ASSERT_TRUE(run(now));
  int seen = 0;
  book->each_subject([&](subject_number, const subject& one) {
    ++seen;
    EXPECT_NE(one.name.id, "left-long-ago");
    if (one.name.id == "still-here") {
      EXPECT_EQ(one.fields.at("upn"), std::vector<std::string>{"same"});
    }
    if (one.name.id == "moved") {
      EXPECT_EQ(one.fields.at("upn"), std::vector<std::string>{"newest"});
    }
  });
  EXPECT_EQ(seen, 3);
  EXPECT_EQ(value("SELECT count(*) FROM subject WHERE id = 'left-long-ago'"), "0") << "name and fields are gone";
  EXPECT_EQ(book->decisions().size(), 1U);
  EXPECT_EQ(book->tenants().size(), 1U);
  EXPECT_EQ(book->tallies().size(), 1U);
}

TEST_F(retention_test, says_who_held_what_from_its_horizon_on_and_refuses_before) {
  ASSERT_TRUE(run(now));
  const auto proof = state.read();
  // As it stood when the time that is kept began: `moved` had its second name then.
  const auto then = proof->tenant_at("acme", at("2025-11-30T00:00:00Z")).value();
  const auto kept = raw_sqlite(state.file()).value("SELECT max(sequence) FROM entry WHERE at < 1704067200000");
  EXPECT_LE(then.sequence, std::stoll(kept)) << "the calculation in force is older than the horizon";
  const auto before = proof->subjects_at("acme", then.sequence);
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().code, errc::unknown);
  EXPECT_THAT(before.error().detail, HasSubstr("2024-01-01"));
  const auto at_horizon = proof->subjects_at("acme", std::stoll(kept)).value();
  ASSERT_EQ(at_horizon.size(), 2U);
  EXPECT_EQ(at_horizon[0].value.fields.at("upn"), std::vector<std::string>{"newer"});
}

TEST_F(retention_test, is_entered_once_a_month_and_does_nothing_twice) {
  ASSERT_TRUE(run(now));
  EXPECT_FALSE(run(now + std::chrono::hours(24)));
  EXPECT_FALSE(run(now, 3, {60, 240})) << "limits that were raised bring nothing back";
  expect_clean();
}

TEST_F(retention_test, goes_on_after_a_restart_in_the_middle) {
  {
    retention carries_out(*book);
    auto what = carries_out.due(limits, now);
    ASSERT_TRUE(what);
    what->at = now;
    transaction tx(*book);
    tx.add_operation(*what);
    tx.commit();
    EXPECT_TRUE(carries_out.remove_some(1));
  }
  book.reset();
  book = state.open();
  expect_clean();
  EXPECT_FALSE(run(now)) << "the chain says it already";
  EXPECT_EQ(value("SELECT count(*) FROM calculation WHERE month < 201602"), "0");
}

TEST_F(retention_test, keeps_the_month_of_the_last_calculation_however_old) {
  keeper.decide(at("2098-12-01T00:00:00Z"), "acme", "switch:ump/dr", true);
  ASSERT_TRUE(run(at("2099-01-01T00:00:00Z")));
  EXPECT_EQ(value("SELECT min(month) FROM tally"), "202602");
  EXPECT_EQ(book->tallies().size(), 1U);
  expect_clean();
}

TEST_F(retention_test, a_clock_that_leaps_forward_proves_nothing_for_a_week) {
  ASSERT_TRUE(run(now));
  const auto tallies = value("SELECT count(*) FROM tally");
  const auto leapt = at("2099-01-01T03:00:00Z");
  for (int day = 0; day < 7; ++day) {
    keeper.calculate(leapt + std::chrono::days(day));
    EXPECT_FALSE(run(leapt + std::chrono::days(day) + std::chrono::hours(1))) << day;
  }
  EXPECT_TRUE(run(leapt + std::chrono::hours(7 * 24 + 1))) << "nobody set it right";
  EXPECT_EQ(value("SELECT count(*) FROM tally WHERE month < 202602"), "0");
}

TEST_F(retention_test, a_clock_that_comes_back_is_believed_again) {
  ASSERT_TRUE(run(now));
  keeper.calculate(at("2030-01-01T00:00:00Z"));
  EXPECT_FALSE(run(at("2030-01-01T01:00:00Z")));
  // Set right: entries never go back, so the ones that follow stand a millisecond apart.
  for (int i = 1; i < 30; ++i) keeper.calculate(at("2030-01-01T00:00:00Z") + std::chrono::milliseconds(i));
  EXPECT_FALSE(run(at("2026-02-12T00:00:00Z")));
  EXPECT_FALSE(run(at("2029-12-31T00:00:00Z"))) << "rather kept too long than removed too early";
  EXPECT_TRUE(run(at("2030-01-09T00:00:00Z"))) << "the clock has caught up";
}

TEST_F(retention_test, a_host_that_was_switched_off_for_years_keeps_what_it_had_for_a_week) {
  ASSERT_TRUE(run(now));
  EXPECT_FALSE(run(at("2099-01-01T00:00:00Z")));
  EXPECT_EQ(book->tallies().size(), 1U);
  expect_clean();
}

TEST_F(retention_test, a_ledger_without_an_entry_has_nothing_to_lose) {
  scratch_state young;
  const auto fresh = young.open();
  EXPECT_FALSE(retention(*fresh).due(limits, now));
}

TEST_F(retention_test, a_payload_that_is_missing_without_it_is_an_alarm) {
  raw_sqlite(state.file()).execute("DELETE FROM payload WHERE sequence = 3");
  EXPECT_FALSE(state.read()->verify(false).value().clean());
}

TEST_F(retention_test, and_so_is_one_that_it_does_not_reach) {
  ASSERT_TRUE(run(now));
  raw_sqlite(state.file()).execute("DELETE FROM payload WHERE sequence = (SELECT max(sequence) FROM calculation)");
  EXPECT_FALSE(state.read()->verify(false).value().clean());
}

TEST_F(retention_test, an_operation_that_was_never_entered_excuses_nothing) {
  raw_sqlite raw(state.file());
  raw.execute("INSERT INTO operation VALUES (900, 0, 'retention', 'licauditd', '')");
  raw.execute(
      R"(INSERT INTO payload VALUES (900, '{"detail":{"calculations":{"before":"2026-01-01T00:00:00Z","sequence":5}}}'))");
  raw.execute("DELETE FROM payload WHERE sequence = 3");
  EXPECT_FALSE(state.read()->verify(false).value().clean());
}

TEST_F(retention_test, a_tally_that_was_changed_is_still_found_in_what_is_kept) {
  ASSERT_TRUE(run(now));
  raw_sqlite(state.file()).execute("UPDATE tally SET n1 = 77 WHERE month = 201701 AND n2 IS NOT NULL");
  EXPECT_FALSE(state.read()->verify(false).value().clean());
}

TEST_F(retention_test, gives_no_number_of_a_subject_again) {
  keeper.put_subjects(at("2026-02-01T00:00:00Z"), {{user("last"), field_map{}}});
  keeper.put_subjects(at("2026-02-02T00:00:00Z"), {{user("last"), std::nullopt}});
  const auto highest = value("SELECT max(number) FROM subject");
  keeper.calculate(at("2039-12-24T00:00:00Z"));
  ASSERT_TRUE(run(at("2040-01-01T00:00:00Z")));
  EXPECT_EQ(value("SELECT max(number) FROM subject"), highest);
}

}  // namespace
}  // namespace licaudit::ledger
