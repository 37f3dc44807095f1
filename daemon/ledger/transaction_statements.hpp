#pragma once

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/transaction.hpp"

namespace licaudit::ledger {

/// What a synchronisation asks and writes a million times, off the shelf for as long as a transaction lasts.
struct transaction::statements {
  explicit statements(database& db);

  rows find, add, identity, secrets, current, put_version, put_given, drop_given, is_given, givers;
  rows count_given, given_count, put_heads;
};

}  // namespace licaudit::ledger
