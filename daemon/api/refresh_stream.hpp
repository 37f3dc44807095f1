#pragma once

#include "daemon/api/house.hpp"
#include "daemon/api/response.hpp"

#include <string>
#include <vector>

namespace licaudit::api {

/// Runs sources and calculates, telling how far it is: a line a second at least, the last one `result` or `problem`.
/// The work belongs to the daemon: a client that leaves does not stop it.
[[nodiscard]] line_source refresh_lines(const house& all, std::vector<std::string> sources, std::string caller);

}  // namespace licaudit::api
