#pragma once

#include "model/result.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::ledger {

class database;

/// The numbered migrations, oldest first: the files of `migrations/`. Number i brings version i to i + 1.
[[nodiscard]] const std::vector<std::string_view>& migrations();

/// How a file is brought to the newest version.
struct schema_update {
  const std::vector<std::string_view>* to = nullptr;  ///< null: migrations()
  /// Lines for the journal: the path of the backup, and how far it is. Called at least every second or so while it
  /// works, by the thread that works: also to tell a supervisor that it lives.
  std::function<void(const std::string& line)> tell{};
  bool with_backup = true;  ///< beside the file, before the first step; not of an empty one
};

/// Brings the file to the newest version, each step in a transaction of its own: a step that fails leaves it at the
/// version before. errc::refused for a file of a newer version: it is left as it is. A step is a script; a statement
/// `-- slices of TABLE.COLUMN` before a statement with ?1 and ?2 runs it for the ranges (?1, ?2] of that whole number,
/// so that work on a large table can say how far it is.
[[nodiscard]] result<void> migrate(database& open, const std::filesystem::path& file, const schema_update& how = {});

/// The version of a file; errc::corrupt if it is none of ours, errc::refused if it is newer than `newest`.
[[nodiscard]] result<std::int64_t> version_of(database& open, std::int64_t newest);

}  // namespace licaudit::ledger
