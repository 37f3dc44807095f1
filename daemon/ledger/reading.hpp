#pragma once

#include "daemon/ledger/database.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace licaudit::ledger {

struct calculation_mark {
  std::int64_t sequence;
  instant at;
  std::int64_t month;
};
/// The calculation in force at an instant: the last one at or before it.
[[nodiscard]] std::optional<calculation_mark> calculation_at(database& db, instant at);

/// Canonical text of the rule revision in force at an entry; empty: there was none yet.
[[nodiscard]] std::string rules_text_at(database& db, std::int64_t sequence);

/// Runs questions in one read transaction, so that they all see the same state, and ends it before it returns.
/// errc::unreachable where it had to end before (see reading_kind): to be asked again.
template <class Question>
auto reading(database& db, const Question& ask, reading_kind kind = reading_kind::question) -> decltype(ask()) {
  struct ending {
    database& db;
    ~ending() { db.end_reading(); }
  };
  try {
    db.begin_reading(kind);
    const ending end{db};
    return ask();
  } catch (const reading_ended& error) {
    return failure{errc::unreachable, error.what()};
  } catch (const storage_error& error) {
    return failure{errc::corrupt, error.what()};
  }
}

}  // namespace licaudit::ledger
