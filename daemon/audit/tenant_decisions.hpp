#pragma once

#include "daemon/ledger/stored.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace licaudit::audit {

/// What people have decided for one tenant by itself, beside whether it is enabled. Most have nothing of it, and all of
/// those share one.
struct tenant_decisions {
  std::map<std::string, bool, std::less<>> switches;                ///< in force; by factor key
  std::map<std::string, std::optional<bool>, std::less<>> pending;  ///< what Apply will make the own setting
  by_name<std::int64_t> ordered;               ///< acquired by order, instead of what the record says
  by_name<std::int64_t> limits;                ///< what was set
  std::optional<ledger::stored_move> planned;  ///< a move that waits, or that could not be made
};

}  // namespace licaudit::audit
