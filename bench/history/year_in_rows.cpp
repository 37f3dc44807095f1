#include "bench/history/year_in_rows.hpp"

#include "bench/timing.hpp"

#include <sqlite3.h>
#include <stdexcept>

namespace licaudit::bench {

year_in_rows::year_in_rows(const std::filesystem::path& file, const generated_year& year) : file_(file), year_(year) {
  if (sqlite3_open(file.c_str(), &connection_) != SQLITE_OK) throw std::runtime_error(file.string() + ": no database");
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
  run("PRAGMA wal_autocheckpoint=0");
  run("CREATE TABLE tally (tenant INTEGER, factor INTEGER, at INTEGER, n1 INTEGER, n2 INTEGER,"
      " PRIMARY KEY (tenant, factor, at)) WITHOUT ROWID");
  sqlite3_prepare_v2(connection_, "INSERT INTO tally VALUES (?1, ?2, ?3, ?4, ?5)", -1, &insert_, nullptr);
}

year_in_rows::~year_in_rows() {
  sqlite3_finalize(insert_);
  sqlite3_close(connection_);
}

void year_in_rows::run(const char* sql) {
  if (sqlite3_exec(connection_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return;
  throw std::runtime_error(file_.string() + ": " + sqlite3_errmsg(connection_));
}

double year_in_rows::commit() {
  const auto took = seconds_of([this] {
    run("BEGIN IMMEDIATE");
    for (std::size_t place = 0; place < year_.tenants() * generated_year::factors; ++place) {
      const auto& value = year_.at(place);
      sqlite3_bind_int64(insert_, 1, static_cast<sqlite3_int64>(place / generated_year::factors));
      sqlite3_bind_int64(insert_, 2, static_cast<sqlite3_int64>(place % generated_year::factors));
      sqlite3_bind_int64(insert_, 3, to_milliseconds(year_.now()) / 1000);
      sqlite3_bind_int64(insert_, 4, value.n1);
      sqlite3_bind_int64(insert_, 5, value.n2);
      if (sqlite3_step(insert_) != SQLITE_DONE) throw std::runtime_error(file_.string() + ": a row cannot be written");
      sqlite3_reset(insert_);
    }
    run("COMMIT");
  });
  run("PRAGMA wal_checkpoint(TRUNCATE)");
  return took;
}

double year_in_rows::bytes() {
  return static_cast<double>(std::filesystem::file_size(file_));
}

}  // namespace licaudit::bench
