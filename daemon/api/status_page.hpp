#pragma once

#include "daemon/api/call.hpp"
#include "daemon/api/daemon_line.hpp"
#include "daemon/sync/source_state.hpp"

#include <string>
#include <vector>

namespace licaudit::api {

/// The answer of `status`. Counts are those of the tenants that the caller sees; sources, and what they say, are for
/// those who inspect the daemon.
[[nodiscard]] std::string status_page(const call& asked, const daemon_facts& facts,
                                      const std::vector<sync::source_state>& sources);

/// The answer of `sources`: states, and what is held of each.
[[nodiscard]] std::string sources_page(const audit::view& seen, const std::vector<sync::source_state>& sources);

/// One run of a source, as the list of runs shows it.
[[nodiscard]] json::object run_json(const source_run& run);

}  // namespace licaudit::api
