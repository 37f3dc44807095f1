#pragma once

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/stored.hpp"
#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <string_view>

namespace licaudit::ledger {

// Forms in which rows hold values; each throws storage_error where a row does not have the form it was written in.

[[nodiscard]] subject subject_of(subject_name name, std::int64_t quantity, std::string_view fields);
[[nodiscard]] tenant tenant_of(std::string_view form);

/// Columns licence, factor, n1, n2, flags, since from `first` on.
[[nodiscard]] tally_row tally_row_of(const rows& row, int first);

/// yyyymm in UTC.
[[nodiscard]] std::int64_t month_of(instant at);

}  // namespace licaudit::ledger
