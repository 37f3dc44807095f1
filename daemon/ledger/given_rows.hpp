#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

struct sqlite3;

namespace licaudit::ledger {

/// Rows of integers in memory that one statement reads as the table `given_rows`, columns c1 to c8: an INSERT that
/// selects from it takes two thirds of the time of as many that are bound and stepped one by one.
struct given_rows {
  std::size_t size = 0;
  /// `column` counts from 1. Does not throw.
  std::function<std::optional<std::int64_t>(std::size_t row, int column)> value;
};

/// Adds the table to a connection. `*now` is what it holds whenever it is read; null: nothing. Returns SQLite's code.
[[nodiscard]] int add_given_rows(sqlite3* connection, const given_rows** now);

}  // namespace licaudit::ledger
