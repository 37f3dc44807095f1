#include "daemon/ledger/database.hpp"

#include "daemon/ledger/failpoint.hpp"
#include "daemon/ledger/reading_gate.hpp"

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <utility>

namespace licaudit::ledger {

namespace {

// A second process never writes, so a lock is only ever held for the moment of a checkpoint or a reader's first page.
constexpr int busy_timeout_ms = 5000;

/// No space, a quota or a limit of file size; any other I/O error does not heal by itself.
bool is_full(sqlite3* connection) {
  const int code = sqlite3_errcode(connection);
  if (code != SQLITE_IOERR) return code == SQLITE_FULL;
  const int cause = sqlite3_system_errno(connection);
  return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

[[noreturn]] void fail(sqlite3* connection, std::string_view doing) {
  // Only the bounds of a read transaction interrupt.
  if (sqlite3_errcode(connection) == SQLITE_INTERRUPT)
    throw reading_ended("the question took too long beside what is written; ask for less, or again in a minute");
  throw storage_error("the ledger: " + std::string(doing) + ": " + sqlite3_errmsg(connection), is_full(connection));
}

void check_bound(int code, sqlite3_stmt* statement) {
  if (code != SQLITE_OK) fail(sqlite3_db_handle(statement), "bind");
}

// FULL: what was acknowledged survives a power loss. No automatic checkpoints: only the writer makes them, after its
// answer (SQLite before 3.51.3 can damage a WAL that two connections checkpoint).
constexpr const char* writer_settings =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096;";
constexpr const char* copy_settings =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;";
constexpr const char* reader_settings = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8192;";

int access_of(database::mode how) {
  if (how == database::mode::foreign) return SQLITE_OPEN_READONLY;
  return SQLITE_OPEN_READWRITE | (how == database::mode::read_only ? 0 : SQLITE_OPEN_CREATE);
}

const char* settings_of(database::mode how) {
  if (how == database::mode::read_only || how == database::mode::foreign) return reader_settings;
  return how == database::mode::copy ? copy_settings : writer_settings;
}

}  // namespace

rows::~rows() {
  if (taken_.empty()) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  shelf_->insert(std::move(taken_));
}

bool rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(statement_), "read or write");
}

void rows::rewind() {
  sqlite3_reset(statement_);
}

std::int64_t rows::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::optional<std::int64_t> rows::optional_integer(int column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::string_view rows::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool rows::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

result<std::unique_ptr<database>> database::open(const std::filesystem::path& file, mode how) {
  // SQLite's own account of its memory takes a lock for every allocation, and nobody asks for it.
  [[maybe_unused]] static const int unaccounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3* connection = nullptr;
  // The read-only connection too is opened for writing: a WAL cannot be read otherwise when it is the first to come.
  const int flags = SQLITE_OPEN_NOMUTEX | access_of(how);
  const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
  std::unique_ptr<database> open(new database(connection));
  if (code != SQLITE_OK)
    return failure{errc::unreachable, file.string() + ": cannot be opened: " + sqlite3_errmsg(connection)};
  if (how != mode::foreign && sqlite3_db_readonly(connection, "main") == 1)
    return failure{errc::unreachable, file.string() + ": may only be read; give it to the user that licauditd runs as"};
  sqlite3_busy_timeout(connection, busy_timeout_ms);
  sqlite3_extended_result_codes(connection, 0);
  int no = 0;
  sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, how == mode::read_only ? 1 : 0, &no);
  try {
    const bool writes = how == mode::read_write || how == mode::copy;
    if (writes && add_given_rows(connection, &open->given_) != SQLITE_OK) fail(connection, "add a table");
    open->script(settings_of(how));
  } catch (const storage_error& error) {
    const int primary = sqlite3_errcode(connection);
    if (primary != SQLITE_NOTADB && primary != SQLITE_CORRUPT)
      return failure{errc::unreachable, file.string() + ": cannot be used: " + error.what() +
                                            "; see its owner, its mode and the space on its disk"};
    return failure{errc::corrupt, file.string() + ": is not a ledger: " + error.what() +
                                      "; restore it from a backup, or move it away to begin anew"};
  }
  return open;
}

database::~database() {
  for (auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  sqlite3_close(connection_);
}

void database::script(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(connection_, "execute");
}

std::int64_t database::last_row() const {
  return sqlite3_last_insert_rowid(connection_);
}

int database::changes() const {
  return sqlite3_changes(connection_);
}

bool database::in_transaction() const {
  return sqlite3_get_autocommit(connection_) == 0;
}

void database::beat(std::atomic<std::uint64_t>& pulse) {
  pulse_ = &pulse;
  watch_steps();
}

void database::watch_steps() {
  constexpr int steps = 10000;
  sqlite3_progress_handler(
      connection_, steps,
      [](void* self) {
        const auto* const open = static_cast<database*>(self);
        if (open->pulse_ != nullptr) open->pulse_->fetch_add(1, std::memory_order_relaxed);
        if (open->working_) open->working_();
        return open->must_end_reading() ? 1 : 0;
      },
      this);
}

void database::while_working(std::function<void()> call) {
  working_ = std::move(call);
  watch_steps();
}

void database::write_ahead() {
  // Busy: pages that a statement stands on stay for the commit.
  if (const int code = sqlite3_db_cacheflush(connection_); code != SQLITE_OK && code != SQLITE_BUSY)
    throw storage_error("the ledger: write ahead: " + std::string(sqlite3_errstr(code)), code == SQLITE_FULL);
  // The WAL, unlike the database, carries no locks that closing another descriptor of it would drop.
  const int wal = ::open(sqlite3_filename_wal(sqlite3_db_filename(connection_, "main")), O_RDONLY | O_CLOEXEC);
  if (wal < 0) return;
  (void)::sync_file_range(wal, 0, 0, SYNC_FILE_RANGE_WRITE);
  ::close(wal);
}

void database::release_memory() {
  sqlite3_db_release_memory(connection_);
}

void database::checkpoint(bool truncate, std::chrono::milliseconds patience) {
  // A reader in its transaction keeps the WAL from being cut; to wait for it long would hold up every command.
  sqlite3_busy_timeout(connection_, static_cast<int>(patience.count()));
  pass_failpoint("before-checkpoint");
  sqlite3_wal_checkpoint_v2(connection_, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE,
                            nullptr, nullptr);
  pass_failpoint("after-checkpoint");
  sqlite3_busy_timeout(connection_, busy_timeout_ms);
}

void database::bound_reading(std::shared_ptr<const reading_gate> gate, std::chrono::milliseconds longest) {
  reading_.gate = std::move(gate);
  reading_.longest = longest;
  watch_steps();
}

void database::begin_reading(reading_kind kind) {
  reading_.turn = reading_.gate ? reading_.gate->turn() : 0;
  reading_.deadline.reset();
  if (kind == reading_kind::question) reading_.deadline = std::chrono::steady_clock::now() + reading_.longest;
  script("BEGIN");
  reading_.under_way = true;
}

void database::end_reading() noexcept {
  reading_.under_way = false;
  // Without rows of its own a COMMIT cannot fail; if the transaction is gone already, there is nothing to end.
  sqlite3_exec(connection_, "COMMIT", nullptr, nullptr, nullptr);
}

bool database::must_end_reading() const {
  if (!reading_.under_way) return false;
  if (reading_.gate && reading_.gate->turn() != reading_.turn) return true;
  return reading_.deadline && std::chrono::steady_clock::now() > *reading_.deadline;
}

statement_shelf::node_type database::prepared(std::string_view sql) {
  // SQLite counts its steps per statement: many small ones would never reach the handler.
  if (pulse_ != nullptr) pulse_->fetch_add(1, std::memory_order_relaxed);
  const std::string key(sql);
  if (auto known = idle_.extract(key)) return known;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_, key.c_str(), static_cast<int>(key.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) fail(connection_, "prepare " + key);
  return idle_.extract(idle_.emplace(key, statement));
}

void database::bind(sqlite3_stmt* statement, int position, std::int64_t value) {
  check_bound(sqlite3_bind_int64(statement, position, value), statement);
}

void database::bind(sqlite3_stmt* statement, int position, std::string_view value) {
  const char* bytes = value.data() == nullptr ? "" : value.data();
  check_bound(sqlite3_bind_text64(statement, position, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8), statement);
}

void database::bind(sqlite3_stmt* statement, int position, const blob& value) {
  const char* bytes = value.bytes.data() == nullptr ? "" : value.bytes.data();  // a null pointer would bind NULL
  check_bound(sqlite3_bind_blob64(statement, position, bytes, value.bytes.size(), SQLITE_TRANSIENT), statement);
}

void database::bind(sqlite3_stmt* statement, int position, const std::optional<std::int64_t>& value) {
  if (value) return bind(statement, position, *value);
  check_bound(sqlite3_bind_null(statement, position), statement);
}

void database::bind(sqlite3_stmt* statement, int position, const std::optional<std::string>& value) {
  if (value) return bind(statement, position, std::string_view(*value));
  check_bound(sqlite3_bind_null(statement, position), statement);
}

}  // namespace licaudit::ledger
