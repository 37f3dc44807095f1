#pragma once

#include "daemon/api/daemon_line.hpp"
#include "daemon/audit/view.hpp"
#include "daemon/sync/source_state.hpp"

#include <string>
#include <vector>

namespace licaudit::api {

/// The answer of `/metrics`. Labels are tenants, licences, factors and sources; never users or numbers.
[[nodiscard]] std::string metrics_page(const audit::view& seen, const daemon_facts& facts,
                                       const std::vector<sync::source_state>& sources, instant now);

}  // namespace licaudit::api
