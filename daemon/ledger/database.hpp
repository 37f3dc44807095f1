#pragma once

#include "daemon/ledger/given_rows.hpp"
#include "model/result.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
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

/// A read transaction was ended from outside: it lasted too long, or the writer needs room. The same question may be
/// asked again.
class reading_ended : public storage_error {
 public:
  explicit reading_ended(const std::string& what) : storage_error(what, false) {}
};

class reading_gate;

/// How long a question may keep the WAL from being cut. `whole_ledger`: one that reads all there is; it ends only when
/// the writer needs room.
enum class reading_kind : std::uint8_t { question, whole_ledger };
inline constexpr std::chrono::milliseconds longest_question{30'000};

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
  void rewind();              ///< to before the first, with what is bound
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
  /// `copy`: a file that is nobody's ledger yet, written without care for a crash: whoever makes it syncs it when it is
  /// whole. `foreign`: one that is only looked into.
  enum class mode { read_write, read_only, copy, foreign };

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

  /// One statement over many rows, which it reads from the table `given_rows`. Not on a connection that only reads.
  template <class... Values>
  void run_over(const given_rows& all, std::string_view sql, const Values&... values) {
    given_ = &all;
    struct until_done {
      const given_rows*& held;
      ~until_done() { held = nullptr; }
    } const done{given_};
    run(sql, values...);
  }

  /// For `again`: taken off the shelf once, for many rows.
  rows statement(std::string_view sql) { return rows(idle_, prepared(sql)); }
  /// Asks or writes once more, with these values.
  template <class... Values>
  bool again(rows& statement, const Values&... values) {
    beat_once();
    statement.rewind();
    [[maybe_unused]] int position = 0;
    (bind(statement.statement_, ++position, values), ...);
    return statement.next();
  }

  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] int changes() const;
  /// False also after SQLite has rolled back by itself, as it may when the disk is full.
  [[nodiscard]] bool in_transaction() const;
  /// Adds to `pulse` with every query and every few thousand steps of SQLite's machine.
  void beat(std::atomic<std::uint64_t>& pulse);
  /// Called every few thousand steps of SQLite's machine, so that long work can be told from none; empty: no more.
  void while_working(std::function<void()> call);
  /// What a transaction has changed so far goes to the WAL, and the disk begins to write it while the transaction goes
  /// on: its commit has the less to wait for. Nothing is durable by that. A page that is changed once more afterwards
  /// costs a second pass over all that was written behind it.
  void write_ahead();
  /// Pages that are kept for the next question, all of them.
  void release_memory();
  /// Does not throw: a checkpoint that cannot be made now is made later. Waits for readers no longer than `patience`.
  void checkpoint(bool truncate, std::chrono::milliseconds patience = std::chrono::milliseconds(0));

  /// Read transactions from now on end when the gate asks for it, or after `longest`, with reading_ended.
  void bound_reading(std::shared_ptr<const reading_gate> gate, std::chrono::milliseconds longest = longest_question);
  void begin_reading(reading_kind kind = reading_kind::question);
  void end_reading() noexcept;
  /// What a transaction that uses other means than queries asks for itself.
  [[nodiscard]] bool must_end_reading() const;

 private:
  friend class page_copy;
  explicit database(sqlite3* connection) : connection_(connection) {}
  void watch_steps();
  statement_shelf::node_type prepared(std::string_view sql);
  void beat_once() {
    if (pulse_ != nullptr) pulse_->fetch_add(1, std::memory_order_relaxed);
  }
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
  std::function<void()> working_;
  const given_rows* given_ = nullptr;  ///< what the table of that name holds; null: nothing

  struct reading_bounds {
    std::shared_ptr<const reading_gate> gate;
    std::chrono::milliseconds longest{longest_question};
    std::uint64_t turn = 0;                                           ///< of the gate when the transaction began
    std::optional<std::chrono::steady_clock::time_point> deadline{};  ///< none: the gate alone
    bool under_way = false;
  };
  reading_bounds reading_;
};

}  // namespace licaudit::ledger
