#pragma once

#include "model/result.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace licaudit::ledger {

/// The store cannot do what it must: disk full, I/O error, damaged file. Ends the command; `full` tells the one that
/// heals by itself.
class storage_error : public std::runtime_error {
 public:
  storage_error(const std::string& what, bool full) : std::runtime_error(what), full_(full) {}
  [[nodiscard]] bool is_full() const { return full_; }

 private:
  bool full_;
};

/// Bytes, as against text, for a parameter.
struct blob {
  std::string_view bytes;
};

/// Prepared statements that nobody reads from, by their SQL.
using statement_shelf = std::unordered_multimap<std::string, sqlite3_stmt*>;

/// The rows of one query, to be destroyed before its database; texts and blobs are valid until the next row. It takes
/// its statement off the shelf for as long as it lives: the same query may run again meanwhile, and gets another one.
class rows {
 public:
  rows(statement_shelf& shelf, statement_shelf::node_type statement)
      : shelf_(&shelf), taken_(std::move(statement)), statement_(taken_.mapped()) {}
  rows(rows&& other) noexcept = default;
  rows& operator=(rows&&) = delete;
  ~rows();

  [[nodiscard]] bool next();  ///< throws storage_error
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  ///< blobs too; empty for NULL
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class database;
  statement_shelf* shelf_;
  statement_shelf::node_type taken_;  ///< empty: moved from
  sqlite3_stmt* statement_;
};

/// One SQLite connection, one thread. Statements are prepared once and kept; all parameters are bound.
class database {
 public:
  enum class mode { read_write, read_only };

  /// errc::unreachable if the file cannot be opened or written, errc::corrupt if it is no database.
  [[nodiscard]] static result<std::unique_ptr<database>> open(const std::filesystem::path& file, mode how);
  ~database();
  database(const database&) = delete;
  database& operator=(const database&) = delete;

  /// Several statements without parameters or rows.
  void script(const std::string& sql);

  template <class... Values>
  rows query(std::string_view sql, const Values&... values) {
    rows result(idle_, prepared(sql));
    [[maybe_unused]] int position = 0;
    (bind(result.statement_, ++position, values), ...);
    return result;
  }

  template <class... Values>
  void run(std::string_view sql, const Values&... values) {
    auto result = query(sql, values...);
    while (result.next()) {
    }
  }

  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] int changes() const;
  /// False also after SQLite has rolled back by itself, as it may when the disk is full.
  [[nodiscard]] bool in_transaction() const;
  /// Adds to `pulse` with every query and every few thousand steps of SQLite's machine.
  void beat(std::atomic<std::uint64_t>& pulse);
  /// Neither throws nor waits: a checkpoint that cannot be made now is made later.
  void checkpoint(bool truncate);

 private:
  explicit database(sqlite3* connection) : connection_(connection) {}
  statement_shelf::node_type prepared(std::string_view sql);
  static void bind(sqlite3_stmt* statement, int position, std::int64_t value);
  static void bind(sqlite3_stmt* statement, int position, std::string_view value);
  static void bind(sqlite3_stmt* statement, int position, const blob& value);
  static void bind(sqlite3_stmt* statement, int position, const std::optional<std::int64_t>& value);
  static void bind(sqlite3_stmt* statement, int position, const std::optional<std::string>& value);
  static void bind(sqlite3_stmt* statement, int position, int value) { bind(statement, position, std::int64_t{value}); }
  static void bind(sqlite3_stmt* statement, int position, const std::string& value) {
    bind(statement, position, std::string_view(value));
  }
  static void bind(sqlite3_stmt* statement, int position, const char* value) {
    bind(statement, position, std::string_view(value));
  }

  sqlite3* connection_;
  statement_shelf idle_;
  std::atomic<std::uint64_t>* pulse_ = nullptr;
};

}  // namespace licaudit::ledger
