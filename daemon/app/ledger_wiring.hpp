#pragma once

#include "daemon/app/wiring_plans.hpp"
#include "daemon/ledger/backup.hpp"
#include "daemon/ledger/retention.hpp"
#include "daemon/ledger/schema.hpp"

#include <functional>
#include <string>

namespace licaudit::app {

/// An update of the ledger at the start: its lines go to the journal, and each asks systemd for more time.
[[nodiscard]] ledger::schema_update announced_update();

/// What a backup made now says of itself: who made it, and the files of these settings without their secrets, read when
/// it is called; on any thread.
[[nodiscard]] std::function<ledger::backup_note()> noted_settings(const settings_ptr& all, const std::string& made_by);

[[nodiscard]] ledger::retention_limits retention_of(const settings::settings& all);

}  // namespace licaudit::app
