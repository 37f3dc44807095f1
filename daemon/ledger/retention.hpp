#pragma once

#include "model/instant.hpp"
#include "model/operation.hpp"

#include <cstdint>
#include <optional>

namespace licaudit::ledger {

class database;
class ledger;

/// Of the settings.
struct retention_limits {
  std::int64_t subject_months = 25, calculation_months = 120;
};

/// Up to which entry details may be gone, and the first of the month (UTC) that this is.
struct horizon {
  std::int64_t sequence = 0;  ///< 0: nothing is gone
  instant before{};
};

/// What the newest operation `retention` of the chain says may be gone; never less than one before it said.
/// `subjects`: who held what, and runs. `calculations`: tallies and what stands under the hashes of entries.
struct retained {
  horizon subjects, calculations;
};
[[nodiscard]] retained retained_in(database& db);

/// The horizon of subjects as far as rows were removed, without reading the chain.
[[nodiscard]] horizon subjects_removed(database& db);

/// Removes what is older than the settings want to keep, by whole months. First an operation says so in the chain, so
/// that what is missing can be told from what was taken; then rows go in slices, each a transaction of its own. Entries
/// with their hashes stay, and so does everything that is still in force, whatever its age. On the worker's thread.
class retention {
 public:
  explicit retention(ledger& book) : book_(book) {}

  /// The operation to enter before anything more is removed; none: nothing more is old enough. `now` is believed only
  /// as far as the ledger has gone on working for a week by then: a clock that was set forward deletes nothing, unless
  /// nobody sets it right for so long.
  [[nodiscard]] std::optional<operation> due(const retention_limits& limits, instant now);

  /// Removes about `rows` rows of what the chain says may be gone. False: nothing is left of it.
  [[nodiscard]] bool remove_some(std::int64_t rows);

 private:
  void note_removal(const horizon& subjects);
  [[nodiscard]] bool remove_rows(const retained& gone, std::int64_t rows);
  void remove_versions(std::int64_t upto, std::int64_t rows);
  [[nodiscard]] std::int64_t sequence_before(instant at);

  ledger& book_;
  std::int64_t done_ = -1;         ///< of which horizons nothing is left: their sequences summed
  std::int64_t next_subject_ = 0;  ///< the versions of those up to it are done
};

}  // namespace licaudit::ledger
