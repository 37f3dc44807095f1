#pragma once

#include "daemon/settings/settings.hpp"

#include <filesystem>

namespace licaudit::app {

struct restore_arguments {
  std::filesystem::path backup;
  std::filesystem::path settings_to;  ///< a new folder for the settings of the backup, and nothing else is done
};

/// `licauditd --restore FILE --settings-to FOLDER`: needs no settings of this host. Returns the exit status.
[[nodiscard]] int write_settings_of_backup(const restore_arguments& asked);

/// `licauditd --restore`: puts a backup in the place of the ledger of these settings and says what it did. Returns the
/// exit status.
[[nodiscard]] int restore_ledger(const settings::settings& how, const restore_arguments& asked);

}  // namespace licaudit::app
