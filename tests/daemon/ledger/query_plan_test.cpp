// No question may read a whole table that grows with subjects or with time, whatever SQLite thinks of an empty one.
#include "bookkeeper.hpp"
#include "raw_sqlite.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <functional>
#include <set>

namespace licaudit::ledger {
namespace {

std::set<std::string>* overheard = nullptr;

int note(unsigned, void*, void*, void* text) {
  const std::string sql = static_cast<const char*>(text);
  if (overheard != nullptr && sql.rfind("--", 0) != 0) overheard->insert(sql);
  return 0;
}

/// Called by SQLite for every connection that is opened.
int listen(sqlite3* connection, char**, const void*) {
  return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, note, nullptr);
}

class query_plan_test : public testing::Test {
 protected:
  query_plan_test() {
    overheard = nullptr;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(listen));
    book = state.open();
    reads = state.read();
    bookkeeper keeper(*book);
    tenant record;
    record.id = "acme";
    keeper.put_tenant(at("2026-01-01T00:00:00Z"), record);
    keeper.put_subjects(at("2026-01-01T00:00:00Z"), {{name, field_map{}}});
    keeper.show(tally("acme", 1, 1));
    for (const char* when : {"2026-01-02T00:00:00Z", "2026-02-02T00:00:00Z", "2026-03-02T00:00:00Z"})
      keeper.calculate(at(when));
  }
  ~query_plan_test() override {
    overheard = nullptr;
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(listen));
  }

  /// The steps of the plans of all that `work` asks that read a whole table or sort.
  std::string costly(const std::function<void()>& work, bool sorting_too = false) {
    std::set<std::string> asked;
    overheard = &asked;
    work();
    overheard = nullptr;
    std::string all;
    raw_sqlite raw(state.file());
    int plans = 0;
    for (const auto& sql : asked) {
      if (sql.find("SELECT") == std::string::npos && sql.find("DELETE") == std::string::npos) continue;
      ++plans;
      for (const auto& row : raw.rows("EXPLAIN QUERY PLAN " + sql)) {
        const std::string& step = row.at(3);
        const bool scan = step.rfind("SCAN", 0) == 0 && step.find("json_each") == std::string::npos &&
                          step.find("CONSTANT ROW") == std::string::npos;
        const bool sort = step.find("TEMP B-TREE") != std::string::npos;
        if (scan || (sort && sorting_too)) all += step + "; ";
      }
    }
    EXPECT_GT(plans, 0);
    return all;
  }

  const subject_name name{"acme", subject_kind::user, "a"};
  scratch_state state;
  std::unique_ptr<ledger> book;
  std::unique_ptr<reader> reads;
};

TEST_F(query_plan_test, history_reads_one_tenant_of_each_month) {
  history_query asked;
  asked.tenant = "acme";
  asked.since = at("2026-01-03T00:00:00Z");
  asked.until = at("2026-04-01T00:00:00Z");
  std::size_t entries = 0;
  EXPECT_EQ(costly([&] { entries = reads->history(asked).value().entries.size(); }, true), "");
  EXPECT_EQ(entries, 2u);
  asked.after = 4;
  EXPECT_EQ(costly([&] { entries = reads->history(asked).value().entries.size(); }, true), "");
  std::set<std::string> queries;
  overheard = &queries;
  static_cast<void>(reads->history(asked));
  overheard = nullptr;
  raw_sqlite raw(state.file());
  bool found = false;
  for (const auto& sql : queries)
    for (const auto& row : sql.find("FROM tally") == std::string::npos ? std::vector<std::vector<std::string>>()
                                                                       : raw.rows("EXPLAIN QUERY PLAN " + sql))
      found = found || row.at(3).find("SEARCH r USING PRIMARY KEY (month=? AND tenant=?") == 0;
  EXPECT_TRUE(found) << "by month and tenant";
}

TEST_F(query_plan_test, dated_questions_read_one_tenant) {
  EXPECT_EQ(costly([&] { static_cast<void>(reads->tenant_at("acme", at("2026-01-05T00:00:00Z"))); }), "");
  EXPECT_EQ(costly([&] { static_cast<void>(reads->subjects_at("acme", 3)); }, true), "");
  EXPECT_EQ(costly([&] { static_cast<void>(reads->subject_changes("acme", 1, 3)); }), "");
}

TEST_F(query_plan_test, runs_and_rules_read_what_they_show) {
  EXPECT_EQ(costly([&] { static_cast<void>(reads->runs("csv", 0, 10)); }, true), "");
  operation_query asked;
  asked.until = at("2027-01-01T00:00:00Z");
  EXPECT_EQ(costly([&] { static_cast<void>(reads->operations(asked)); }), "");
}

TEST_F(query_plan_test, writing_looks_everything_up) {
  EXPECT_EQ(costly(
                [&] {
                  transaction tx(*book);
                  const auto number = tx.find_or_add_subject(name);
                  static_cast<void>(tx.name_of(number));
                  static_cast<void>(tx.identity_of(number, name));
                  static_cast<void>(tx.find_subject("acme", subject_kind::user, "nobody"));
                  static_cast<void>(tx.current(number));
                  tx.put_given("csv", number, {}, subject{name, {}, 1});
                  static_cast<void>(tx.givers_of(number));
                  static_cast<void>(tx.is_given("csv", number));
                  static_cast<void>(tx.given_numbers("csv", "acme"));
                  tx.drop_given("csv", number);
                  tx.count_given("csv", "acme", 1);
                  static_cast<void>(tx.given_count("csv", "acme"));
                  static_cast<void>(tx.given_count("csv"));
                  tx.drop_held("csv", "acme");
                  tx.drop_sound("acme", "ump");
                  tx.drop_pending("acme", "switch:ump/dr");
                },
                true),
            "");
}

TEST_F(query_plan_test, a_source_reads_what_it_gave) {
  transaction tx(*book);
  tx.count_given("teams", "acme", 1);
  tx.count_given("csv", "acme", 9);
  tx.commit();
  EXPECT_EQ(costly([&] { book->given("csv").read(); }, true), "SCAN given_count; SCAN given; ")
      << "who gives most reads all, in the order in which it lies";
  EXPECT_EQ(costly([&] { book->given("teams").read(); }), "SCAN given_count; ") << "the others look theirs up";
}

TEST_F(query_plan_test, a_restart_reads_each_subject_once) {
  EXPECT_EQ(costly([&] { book->each_subject([](subject_number, const subject&) {}); }, true),
            "SCAN tenant; SCAN subject; SCAN subject_version; ");
}

TEST_F(query_plan_test, a_restart_reads_the_newest_month_and_the_newest_version) {
  // The newest calculation is found from the end of its table.
  EXPECT_EQ(costly([&] { static_cast<void>(book->tallies()); }, true), "SCAN calculation; ");
  EXPECT_EQ(costly([&] { static_cast<void>(book->tenants()); }, true), "SCAN t; ");
}

}  // namespace
}  // namespace licaudit::ledger
