#include "daemon/ledger/page_copy.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace licaudit::ledger {

page_copy::page_copy(database& from, database& to)
    : to_(to), copy_(sqlite3_backup_init(to.connection_, "main", from.connection_, "main")) {
  if (copy_ == nullptr) fail(sqlite3_errcode(to_.connection_));
}

page_copy::~page_copy() {
  sqlite3_backup_finish(copy_);
}

bool page_copy::step(int pages) {
  const int code = sqlite3_backup_step(copy_, pages);
  if (code != SQLITE_OK && code != SQLITE_DONE) fail(code);
  return code == SQLITE_OK;
}

std::int64_t page_copy::done() const {
  return sqlite3_backup_pagecount(copy_) - sqlite3_backup_remaining(copy_);
}

std::int64_t page_copy::total() const {
  return sqlite3_backup_pagecount(copy_);
}

void page_copy::fail(int code) const {
  const int cause = sqlite3_system_errno(to_.connection_);
  const bool no_room = cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
  throw storage_error(std::string("the copy cannot be written: ") + sqlite3_errstr(code),
                      code == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && no_room));
}

}  // namespace licaudit::ledger
