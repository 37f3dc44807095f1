#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct sqlite3;

namespace licaudit::test {

/// What a daemon that is dead has left on the disk, read with plain SQL from a copy: the file itself belongs to the
/// next daemon, which has to recover from it by itself.
class ledger_copy {
 public:
  /// `state`: the daemon's folder; `scratch`: where the copy may lie; what lies there goes.
  ledger_copy(const std::filesystem::path& state, const std::filesystem::path& scratch);
  ~ledger_copy();
  ledger_copy(const ledger_copy&) = delete;
  ledger_copy& operator=(const ledger_copy&) = delete;

  using row = std::vector<std::string>;
  /// Throws if it is no such SQL, or the file is damaged.
  [[nodiscard]] std::vector<row> rows(const std::string& sql) const;
  /// The first column of the first row; empty without rows.
  [[nodiscard]] std::string value(const std::string& sql) const;
  [[nodiscard]] long long number(const std::string& sql) const { return std::stoll("0" + value(sql)); }

  /// No table is there: the daemon died before its first commit.
  [[nodiscard]] bool is_empty() const { return number("SELECT count(*) FROM sqlite_master") == 0; }

  /// What is wrong with the file itself and with what hangs together across its tables; empty: nothing.
  [[nodiscard]] std::string damage() const;

 private:
  sqlite3* connection_ = nullptr;
};

}  // namespace licaudit::test
