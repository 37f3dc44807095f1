#pragma once

#include "daemon/ledger/database.hpp"

#include <cstdint>

struct sqlite3_backup;

namespace licaudit::ledger {

/// All pages of one database written to another, some at a time. The source is to be in a read transaction: then what
/// others commit meanwhile neither gets into the copy nor makes it begin anew.
class page_copy {
 public:
  page_copy(database& from, database& to);
  ~page_copy();
  page_copy(const page_copy&) = delete;
  page_copy& operator=(const page_copy&) = delete;

  /// False: the copy is whole. Throws storage_error, `is_full` where the target has no room.
  [[nodiscard]] bool step(int pages);
  [[nodiscard]] std::int64_t done() const;
  [[nodiscard]] std::int64_t total() const;

 private:
  [[noreturn]] void fail(int code) const;

  database& to_;
  sqlite3_backup* copy_;
};

}  // namespace licaudit::ledger
