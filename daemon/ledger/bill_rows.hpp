#pragma once

#include "daemon/ledger/database.hpp"
#include "model/bill_papers.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace licaudit::ledger {

/// SHA-256 in hex of the rows that one ruling makes, closed bills by tenant, as its operation names it under the hash
/// of its entry.
[[nodiscard]] std::string digest_of(std::int64_t month, const bill_papers& papers);

/// Of one month, yyyymm. With `named` the closed bills are of these alone.
[[nodiscard]] bill_papers read_papers(database& db, std::int64_t month, const std::vector<std::string>& named);
[[nodiscard]] bill_papers read_papers(database& db, std::int64_t month);
[[nodiscard]] bool is_closed(database& db, std::int64_t month, const std::string& tenant);

/// Months in which anything was decided.
[[nodiscard]] std::vector<std::int64_t> months_with_papers(database& db);

}  // namespace licaudit::ledger
