#pragma once

#include "bench/host/host_client.hpp"
#include "bench/plain_loop.hpp"

namespace licaudit::bench {

/// n1 and n2 of all tenants, as their licence pages show them.
[[nodiscard]] tallies shown_counts(const host_client& daemon, const workload& all, const factor_set& rules);

}  // namespace licaudit::bench
