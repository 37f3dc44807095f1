#pragma once

#include "daemon/audit/change_list.hpp"
#include "daemon/audit/shared_value.hpp"
#include "model/calculation.hpp"
#include "model/instant.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace licaudit::audit {

class child_sum;
struct tenant_slot;

/// A calculation as others refer to it.
struct calculation_stamp {
  std::int64_t sequence = 0;
  instant at{};
};

/// The tallies in force of one tenant: what it has of its own, and what its page shows (with its subtree).
struct tally_entry {
  shared_value<tenant_tally> own;
  shared_value<tenant_tally> shown;
  std::optional<calculation_stamp> calculated;
  shared_value<change_list> changes;  ///< one a row of `shown`; empty: it is not shown
  tenant_slot* counted_in = nullptr;  ///< whose `below` holds it; null: none
  std::shared_ptr<child_sum> below;   ///< null: it never had children
};

}  // namespace licaudit::audit
