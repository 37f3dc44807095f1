#include "daemon/ledger/given_rows.hpp"

#include <sqlite3.h>

#include <new>

namespace licaudit::ledger {

namespace {

// What SQLite calls of a virtual table. It makes its own part of these what it must be, and hands it back.

struct table : sqlite3_vtab {
  explicit table(const given_rows** held) : sqlite3_vtab(), now(held) {}
  const given_rows** now;
};

struct cursor : sqlite3_vtab_cursor {
  explicit cursor(const given_rows* given) : sqlite3_vtab_cursor(), all(given) {}
  const given_rows* all;
  std::size_t row = 0;
};

cursor& cursor_of(sqlite3_vtab_cursor* shown) {
  return *static_cast<cursor*>(shown);
}

int connect(sqlite3* connection, void* now, int, const char* const*, sqlite3_vtab** made, char**) {
  const int code = sqlite3_declare_vtab(connection,
                                        "CREATE TABLE given_rows (c1 INTEGER, c2 INTEGER, c3 INTEGER, c4 INTEGER,"
                                        " c5 INTEGER, c6 INTEGER, c7 INTEGER, c8 INTEGER)");
  if (code != SQLITE_OK) return code;
  *made = new (std::nothrow) table(static_cast<const given_rows**>(now));
  return *made == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int disconnect(sqlite3_vtab* shown) {
  delete static_cast<table*>(shown);
  return SQLITE_OK;
}

/// There is one way to read it: all of it, in its order.
int plan(sqlite3_vtab*, sqlite3_index_info*) {
  return SQLITE_OK;
}

int open(sqlite3_vtab* of, sqlite3_vtab_cursor** made) {
  *made = new (std::nothrow) cursor(*static_cast<table*>(of)->now);
  return *made == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

int close(sqlite3_vtab_cursor* shown) {
  delete &cursor_of(shown);
  return SQLITE_OK;
}

int begin(sqlite3_vtab_cursor* shown, int, const char*, int, sqlite3_value**) {
  cursor_of(shown).row = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* shown) {
  ++cursor_of(shown).row;
  return SQLITE_OK;
}

int is_at_end(sqlite3_vtab_cursor* shown) {
  const auto& at = cursor_of(shown);
  return at.all == nullptr || at.row >= at.all->size ? 1 : 0;
}

int tell_value(sqlite3_vtab_cursor* shown, sqlite3_context* to, int column) {
  const auto& at = cursor_of(shown);
  if (const auto value = at.all->value(at.row, column + 1)) sqlite3_result_int64(to, *value);
  return SQLITE_OK;  // NULL where nothing is said
}

int tell_row(sqlite3_vtab_cursor* shown, sqlite3_int64* row) {
  *row = static_cast<sqlite3_int64>(cursor_of(shown).row);
  return SQLITE_OK;
}

/// Without a way to create one: it is there by its own name, and no file says anything of it.
sqlite3_module described() {
  sqlite3_module made{};
  made.xConnect = connect;
  made.xBestIndex = plan;
  made.xDisconnect = disconnect;
  made.xOpen = open;
  made.xClose = close;
  made.xFilter = begin;
  made.xNext = next;
  made.xEof = is_at_end;
  made.xColumn = tell_value;
  made.xRowid = tell_row;
  return made;
}

}  // namespace

int add_given_rows(sqlite3* connection, const given_rows** now) {
  static const sqlite3_module table_module = described();
  return sqlite3_create_module(connection, "given_rows", &table_module, now);
}

}  // namespace licaudit::ledger
