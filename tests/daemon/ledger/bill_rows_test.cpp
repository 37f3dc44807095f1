#include "daemon/ledger/bill_rows.hpp"

#include "bookkeeper.hpp"
#include "daemon/ledger/observed_range.hpp"
#include "daemon/ledger/retention.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace licaudit::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// acme under host, counted in January and February 2026; what is decided is about January.
class bill_rows_test : public testing::Test {
 protected:
  bill_rows_test() : book(state.open()), keeper(*book) {
    tenant record;
    record.id = "host";
    keeper.put_tenant(at("2026-01-01T00:00:00Z"), record);
    record.id = "acme";
    record.parent = "host";
    keeper.put_tenant(at("2026-01-01T00:00:00.001Z"), record);
    keeper.show(tally("acme", 5, 5));
    keeper.show(tally("host", 5, 5));
    keeper.calculate(at("2026-01-10T00:00:00Z"));
    keeper.calculate(at("2026-02-10T00:00:00Z"));
  }

  /// As the office does it.
  std::int64_t rule(bill_papers papers, const char* when) {
    transaction tx(*book);
    const bill_ruling by{tx.next_sequence(), at(when), "north"};
    for (auto& one : papers.closed) one.by = by;
    for (auto& one : papers.accepted) one.by = by;
    for (auto& one : papers.corrected) one.by = by;
    operation what;
    what.at = by.at;
    what.type = "bill";
    what.caller = by.caller;
    what.detail["bill_rows"] = digest_of(202601, papers);
    const auto sequence = tx.add_operation(what);
    for (const auto& one : papers.closed) tx.put_closed_bill(202601, one);
    for (const auto& one : papers.accepted) tx.put_bill_acceptance(202601, one);
    for (const auto& one : papers.corrected) tx.put_bill_correction(202601, one);
    tx.commit();
    return sequence;
  }
  void close_all() {
    bill_papers papers;
    papers.closed.push_back({"acme", {}, R"({"with":[]})", R"({"licences":[{"licence":"ump","quantity":5}]})"});
    papers.closed.push_back({"host", {}, R"({"with":["acme"]})", R"({"licences":[]})"});
    rule(std::move(papers), "2026-02-11T00:00:00Z");
  }
  void correct() {
    bill_papers papers;
    papers.corrected.push_back({"acme", "ump", 4, amount{5'500'000}, "one left", {"host"}, {}});
    rule(std::move(papers), "2026-02-12T00:00:00Z");
  }
  observed_range observed(const char* tenant, std::int64_t month = 202601, bool closing = false) {
    range_question question{tenant, at("2025-12-31T00:00:00Z"), at("2026-02-02T00:00:00Z"), std::chrono::hours(999)};
    if (month == 202602) question.until = at("2026-03-02T00:00:00Z");
    question.month = month;
    question.closing = closing;
    return state.read()->observed(question).value();
  }
  std::vector<std::string> problems() { return state.read()->verify(false).value().problems; }
  void tamper(const std::string& sql) { raw_sqlite(state.file()).execute(sql); }

  scratch_state state;
  std::unique_ptr<ledger> book;
  bookkeeper keeper;
};

TEST_F(bill_rows_test, papers_of_a_month_read_back_as_they_were_written) {
  bill_papers papers;
  papers.accepted.push_back({"acme", "ump", at("2026-01-10T00:00:00Z"), 5, {}});
  const auto accepted = rule(std::move(papers), "2026-02-10T12:00:00Z");
  correct();
  const auto seen = observed("host");
  ASSERT_EQ(seen.papers.accepted.size(), 1U);
  EXPECT_EQ(seen.papers.accepted[0].by.sequence, accepted);
  EXPECT_EQ(seen.papers.accepted[0].by.caller, "north");
  EXPECT_EQ(seen.papers.accepted[0].from, at("2026-01-10T00:00:00Z"));
  ASSERT_EQ(seen.papers.corrected.size(), 1U);
  EXPECT_EQ(seen.papers.corrected[0].was, (amount{5'500'000}));
  EXPECT_EQ(seen.papers.corrected[0].difference(), (amount{-1'500'000}));
  EXPECT_THAT(seen.papers.corrected[0].above, ElementsAre("host"));
  EXPECT_EQ(seen.papers.last, accepted + 1);
  EXPECT_EQ(book->last_bill_ruling(202601), accepted + 1);
  EXPECT_EQ(book->last_bill_ruling(202602), 0);
  EXPECT_THAT(observed("host", 202602).papers.corrected, IsEmpty());
}

TEST_F(bill_rows_test, a_closed_bill_rests_on_nothing_but_itself) {
  close_all();
  const auto seen = observed("host");
  EXPECT_THAT(seen.tenants, IsEmpty());
  ASSERT_EQ(seen.papers.closed.size(), 2U);
  EXPECT_EQ(seen.papers.closed[0].tenant, "host");
  EXPECT_EQ(seen.papers.closed[1].form, R"({"licences":[{"licence":"ump","quantity":5}]})");
}

TEST_F(bill_rows_test, whoever_closes_learns_whose_month_before_is_open) {
  EXPECT_EQ(observed("acme", 202601, true).first_calculated.at("acme"), at("2026-01-10T00:00:00Z"));
  EXPECT_EQ(observed("host", 202602, true).first_calculated.size(), 2U);
  EXPECT_THAT(observed("host", 202602).first_calculated, IsEmpty()) << "nobody asked";
  close_all();
  EXPECT_THAT(observed("host", 202602, true).first_calculated, IsEmpty());
}

TEST_F(bill_rows_test, what_was_decided_cannot_be_changed_unseen) {
  close_all();
  correct();
  EXPECT_THAT(problems(), IsEmpty());
  tamper("UPDATE bill_closed SET form = '{}' WHERE tenant = (SELECT number FROM tenant WHERE id = 'acme')");
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("what it decided about bills is not what was entered")));
  tamper("DELETE FROM bill_closed");
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("what it decided about bills is missing")));
  tamper("UPDATE bill_correction SET caller = 'south'");
  EXPECT_EQ(problems().size(), 2U);
}

TEST_F(bill_rows_test, can_be_proved_when_retention_has_taken_all_else) {
  close_all();
  correct();
  keeper.calculate(at("2040-01-01T00:00:00Z"));
  keeper.calculate(at("2040-01-20T00:00:00Z"));
  retention old(*book);
  auto due = old.due({25, 120}, at("2040-02-01T00:00:00Z"));
  ASSERT_TRUE(due);
  due->at = at("2040-02-01T00:00:00Z");
  {
    transaction tx(*book);
    tx.add_operation(*due);
    tx.commit();
  }
  while (old.remove_some(2)) {
  }
  raw_sqlite shell(state.file());
  EXPECT_EQ(shell.value("SELECT count(*) FROM calculation WHERE month < 204001"), "0");
  EXPECT_EQ(observed("host").papers.closed.size(), 2U);
  EXPECT_THAT(problems(), IsEmpty());
  tamper("UPDATE bill_closed SET form = '{}'");
  EXPECT_EQ(problems().size(), 1U);
}

TEST_F(bill_rows_test, an_auditor_reads_them_with_sql) {
  close_all();
  correct();
  raw_sqlite shell(state.file());
  EXPECT_THAT(shell.rows("SELECT month, tenant, licence, quantity, closed_at, caller FROM bill_lines"),
              ElementsAre(ElementsAre("202601", "acme", "ump", "5", "2026-02-11T00:00:00.000Z", "north")));
  EXPECT_THAT(shell.rows("SELECT tenant, licence, was, quantity, reason, at FROM bill_corrections"),
              ElementsAre(ElementsAre("acme", "ump", "5.5", "4", "one left", "2026-02-12T00:00:00.000Z")));
}

}  // namespace
}  // namespace licaudit::ledger
