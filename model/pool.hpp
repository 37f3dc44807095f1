#pragma once

#include "model/licence_terms.hpp"

#include <cstdint>
#include <optional>

namespace licaudit {

/// What one tenant has of a licence for those under it, and how much of it they have (domain.md 5).
struct pool {
  pool_kind kind = pool_kind::none;
  std::int64_t size = 0;
  std::int64_t handed_out = 0;
  bool operator==(const pool&) const = default;

  /// Negative: more is handed out than there is, as a source's record can make it.
  [[nodiscard]] std::int64_t free() const { return size - handed_out; }
};

/// What a tenant with a quantity of its own takes of the pool above it. One that hands out itself takes all that it may
/// hand out; any other takes its quantity of a pool of units, and one place of a pool of tenants if it may use the
/// licence at all.
[[nodiscard]] std::int64_t share_of(pool_kind kind, std::optional<std::int64_t> quantity, bool hands_out);

/// How much a pool lacks for those under it to take `after` instead of what they take now; 0: it fits. Who takes less
/// or the same is never in the way, not even where too much was handed out before.
[[nodiscard]] std::int64_t lacks(const pool& above, std::int64_t after);

/// How much has to come back first before a pool can have this size; 0: nothing. To let it grow is never in the way.
[[nodiscard]] std::int64_t lacks_to_shrink(const pool& own, std::int64_t size);

}  // namespace licaudit
