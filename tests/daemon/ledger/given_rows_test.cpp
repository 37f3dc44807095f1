#include "daemon/ledger/given_rows.hpp"

#include "daemon/ledger/database.hpp"
#include "scratch_state.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace licaudit::ledger {
namespace {

class given_rows_test : public testing::Test {
 protected:
  using list = std::vector<std::vector<std::optional<std::int64_t>>>;

  static given_rows over(const list& all) {
    return {all.size(), [&all](std::size_t row, int column) -> std::optional<std::int64_t> {
              const auto place = static_cast<std::size_t>(column - 1);
              return place < all[row].size() ? all[row][place] : std::nullopt;
            }};
  }

  std::string written() {
    std::string text;
    auto all = db->query("SELECT a, b, c FROM t ORDER BY a");
    while (all.next()) {
      for (const int column : {0, 1, 2}) text += all.is_null(column) ? "-," : std::to_string(all.integer(column)) + ',';
      text += ' ';
    }
    return text;
  }

  scratch_state state;
  std::unique_ptr<database> db = database::open(state.file(), database::mode::read_write).value();
};

constexpr const char* into_t = "INSERT OR FAIL INTO t SELECT c1, c2, ?1 FROM given_rows";

TEST_F(given_rows_test, are_written_by_one_statement) {
  db->script("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c INTEGER) STRICT");
  const list all = {{1, 10}, {2, std::nullopt}, {-3, INT64_MIN}};
  db->run_over(over(all), into_t, 7);
  EXPECT_EQ(written(), "-3,-9223372036854775808,7, 1,10,7, 2,-,7, ");
  EXPECT_EQ(db->changes(), 3);
}

TEST_F(given_rows_test, may_be_none) {
  db->script("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c INTEGER) STRICT");
  db->run_over(over({}), into_t, 7);
  EXPECT_EQ(written(), "");
}

TEST_F(given_rows_test, come_anew_each_time) {
  db->script("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c INTEGER) STRICT");
  db->run_over(over({{1, 1}, {2, 2}}), into_t, 7);
  db->run_over(over({{3, 3}}), into_t, 8);
  EXPECT_EQ(written(), "1,1,7, 2,2,7, 3,3,8, ");
}

TEST_F(given_rows_test, are_gone_when_the_statement_ends) {
  db->script("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c INTEGER) STRICT");
  const list twice = {{1, 1}, {1, 2}};
  EXPECT_THROW(db->run_over(over(twice), into_t, 7), storage_error);
  EXPECT_FALSE(db->query("SELECT * FROM given_rows").next());
  db->run_over(over({{2, 2}}), into_t, 8);
  EXPECT_EQ(written(), "1,1,7, 2,2,8, ") << "what stood before the failure is the transaction's to keep or not";
}

TEST_F(given_rows_test, leave_no_trace_in_the_file) {
  auto found = db->query("SELECT count(*) FROM sqlite_master WHERE name = 'given_rows'");
  ASSERT_TRUE(found.next());
  EXPECT_EQ(found.integer(0), 0);
  const auto reads = database::open(state.file(), database::mode::read_only).value();
  EXPECT_THROW(reads->run("SELECT * FROM given_rows"), storage_error);
}

}  // namespace
}  // namespace licaudit::ledger
