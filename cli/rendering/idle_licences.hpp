#pragma once

#include "cli/rendering/view.hpp"
#include "model/json.hpp"

#include <string>
#include <vector>

namespace licaudit::cli::rendering {

/// A catalogue has licences that a tenant never heard of: nothing of them is acquired, counted, configured or limited,
/// and no switch waits. A page for people names them in one line; one licence alone is always shown.
[[nodiscard]] bool is_idle(const json::value& licence, const json::array& beside);

/// `not in use: archive-storage, zoom-integration`; nothing where there are none.
[[nodiscard]] std::string idle_line(const json::array& licences, const view& as);

}  // namespace licaudit::cli::rendering
