#pragma once

#include "model/result.hpp"

#include <string_view>
#include <vector>

namespace licaudit::ledger {

class database;

/// The numbered migrations, oldest first: the files of `migrations/`. Number i brings version i to i + 1.
[[nodiscard]] const std::vector<std::string_view>& migrations();

/// Brings the file to the newest version, each step in a transaction of its own. errc::refused for a file of a newer
/// version: it is left as it is.
[[nodiscard]] result<void> migrate(database& open);

}  // namespace licaudit::ledger
