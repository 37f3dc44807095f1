#pragma once

#include "daemon/ledger/backup.hpp"
#include "daemon/ledger/schema.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace licaudit::ledger {

struct restore_request {
  std::filesystem::path backup;
  std::filesystem::path state;  ///< the folder of the daemon, which does not run
  std::string caller;
  instant now{};
  std::function<void(const std::string& line)> tell{};  ///< how far it is
  schema_update update{};                               ///< for a backup of an older version
};

struct restored {
  std::string ledger;  ///< its identity
  std::int64_t epoch = 0;
  std::int64_t operation = 0;  ///< the entry that says it
  instant known_until{};       ///< from then to `now` nothing is known
  instant until{};
  std::filesystem::path replaced;  ///< where the ledger of before is kept; empty: there was none
  std::vector<std::string> sources;
};

/// Puts a backup in the place of the ledger. Nothing is touched before the backup is found whole: a database without
/// damage, a chain that verifies, of a version that is known. The ledger of before is kept beside it. What is restored
/// begins a new epoch with an operation that names the gap; its sources count as failed until each has run in full, and
/// no subject leaves before the run that does not give it any more. errc::conflict: a daemon works on the state;
/// errc::refused, errc::corrupt: the file is no backup, or damaged.
[[nodiscard]] result<restored> restore(const restore_request& what);

/// What a backup says of itself, its settings included. errc::refused: the file is no backup.
[[nodiscard]] result<backup_note> look_into(const std::filesystem::path& backup);

}  // namespace licaudit::ledger
