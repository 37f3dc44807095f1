#pragma once

#include "bench/history/generated_year.hpp"

#include <filesystem>

struct sqlite3;
struct sqlite3_stmt;

namespace licaudit::bench {

/// What everybody builds first: one SQLite row per tenant, factor and calculation, numbers for names, durable like the
/// ledger.
class year_in_rows {
 public:
  year_in_rows(const std::filesystem::path& file, const generated_year& year);
  ~year_in_rows();
  year_in_rows(const year_in_rows&) = delete;
  year_in_rows& operator=(const year_in_rows&) = delete;

  /// The year's present numbers; how long the commit took.
  double commit();
  /// Bytes of the file with all in it.
  [[nodiscard]] double bytes();

 private:
  void run(const char* sql);

  std::filesystem::path file_;
  const generated_year& year_;
  sqlite3* connection_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

}  // namespace licaudit::bench
