#pragma once

#include "daemon/audit/desk.hpp"
#include "daemon/audit/inventory_change.hpp"
#include "daemon/ledger/transaction.hpp"

#include <set>
#include <string>
#include <vector>

namespace licaudit::audit {

/// What a sound run comes to, tenant by tenant, before anything is in force.
struct reconciled {
  inventory_change change;
  std::vector<ledger::held_difference> held;     ///< tenants that a guard holds back, with what waits
  std::set<std::string, std::less<>> released;   ///< tenants whose earlier held difference is over
  std::set<std::string, std::less<>> first_fed;  ///< the source gave them nothing before: nothing to swing from
  std::set<std::string, std::less<>> fed;        ///< all that it gives subjects of
  std::vector<finding> findings;
};

/// Sets aside what is faulty, unknown or claimed by another source, and holds back what the `shrink` guard doubts
/// (domain.md 2). Reads memory and ledger and changes neither; takes the records out of the run.
[[nodiscard]] reconciled reconcile(const desk& all, ledger::transaction& tx, ledger::delivery& run);

}  // namespace licaudit::audit
