#pragma once

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/json.hpp"

#include <string_view>

namespace licaudit::ledger {

/// What stands under the hash of a calculation. Movements have to come in the order of their tenants' ids.
[[nodiscard]] json::object calculation_form(const calculation_facts& facts);

/// The cause as the row of a calculation has it. Throws storage_error where it is none.
[[nodiscard]] calculation_cause cause_of(std::string_view text);

/// Columns users_added to numbers_changed from `first` on.
[[nodiscard]] subject_movement movement_of(const rows& row, std::string_view tenant, int first);

}  // namespace licaudit::ledger
