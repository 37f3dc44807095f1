#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;

namespace licaudit::ledger {

/// A connection past the room: what somebody with a SQL shell can do to the file.
class raw_sqlite {
 public:
  explicit raw_sqlite(const std::filesystem::path& file);
  ~raw_sqlite();
  raw_sqlite(const raw_sqlite&) = delete;
  raw_sqlite& operator=(const raw_sqlite&) = delete;

  void execute(const std::string& sql);
  [[nodiscard]] std::vector<std::vector<std::string>> rows(const std::string& sql);
  [[nodiscard]] std::string value(const std::string& sql);  ///< first column of the first row; empty: none
  [[nodiscard]] long long count(const std::string& table);

 private:
  sqlite3* connection_ = nullptr;
};

}  // namespace licaudit::ledger
