#include "tests/survival/ledger_copy.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace licaudit::test {

namespace fs = std::filesystem;

ledger_copy::ledger_copy(const fs::path& state, const fs::path& scratch) {
  fs::remove_all(scratch);
  fs::create_directories(scratch);
  for (const char* name : {"licaudit.db", "licaudit.db-wal"})
    if (fs::exists(state / name)) fs::copy_file(state / name, scratch / name);
  if (sqlite3_open((scratch / "licaudit.db").c_str(), &connection_) != SQLITE_OK)
    throw std::runtime_error("the copy of the ledger cannot be opened");
}

ledger_copy::~ledger_copy() {
  sqlite3_close(connection_);
}

std::vector<ledger_copy::row> ledger_copy::rows(const std::string& sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(connection_));
  std::vector<row> all;
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    row one;
    for (int column = 0; column < sqlite3_column_count(statement); ++column) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      one.emplace_back(text == nullptr ? "" : text);
    }
    all.push_back(std::move(one));
  }
  sqlite3_finalize(statement);
  if (code != SQLITE_DONE) throw std::runtime_error(sql + ": " + sqlite3_errmsg(connection_));
  return all;
}

std::string ledger_copy::value(const std::string& sql) const {
  const auto all = rows(sql);
  return all.empty() ? std::string() : all.front().front();
}

std::string ledger_copy::damage() const {
  std::string found;
  const auto expect = [&](const std::string& sql, const std::string& right, const std::string& complaint) {
    const auto is = value(sql);
    if (is != right) found += complaint + " (" + is + "); ";
  };
  expect("PRAGMA quick_check", "ok", "quick_check");
  expect("SELECT count(*) FROM entry a JOIN entry b ON b.sequence = a.sequence + 1 WHERE b.at < a.at", "0",
         "entries that are older than the one before");
  expect("SELECT count(*) - count(DISTINCT at) FROM calculation", "0", "calculations at one instant");
  expect("SELECT max(sequence) - count(*) FROM entry HAVING count(*) > 0 UNION ALL SELECT 0 LIMIT 1", "0",
         "missing entries");
  expect("SELECT count(*) FROM entry WHERE kind = 'operation' AND sequence NOT IN (SELECT sequence FROM operation)",
         "0", "operations without a row");
  expect("SELECT count(*) FROM entry WHERE kind = 'calculation' AND sequence NOT IN (SELECT sequence FROM calculation)",
         "0", "calculations without a row");
  return found;
}

}  // namespace licaudit::test
