#include "raw_sqlite.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace licaudit::ledger {

raw_sqlite::raw_sqlite(const std::filesystem::path& file) {
  if (sqlite3_open(file.c_str(), &connection_) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(connection_));
  sqlite3_busy_timeout(connection_, 5000);
  execute("PRAGMA synchronous=OFF");
}

raw_sqlite::~raw_sqlite() {
  sqlite3_close(connection_);
}

void raw_sqlite::execute(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(connection_));
}

std::vector<std::vector<std::string>> raw_sqlite::rows(const std::string& sql) {
  std::vector<std::vector<std::string>> all;
  const auto take = [](void* into, int columns, char** texts, char**) {
    auto& row = static_cast<std::vector<std::vector<std::string>>*>(into)->emplace_back();
    for (int i = 0; i < columns; ++i) row.emplace_back(texts[i] == nullptr ? "" : texts[i]);
    return 0;
  };
  if (sqlite3_exec(connection_, sql.c_str(), take, &all, nullptr) != SQLITE_OK)
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(connection_));
  return all;
}

std::string raw_sqlite::value(const std::string& sql) {
  const auto all = rows(sql);
  return all.empty() || all.front().empty() ? std::string() : all.front().front();
}

long long raw_sqlite::count(const std::string& table) {
  return std::stoll(value("SELECT count(*) FROM " + table));
}

}  // namespace licaudit::ledger
