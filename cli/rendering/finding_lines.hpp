#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// The findings of a list, as a licence page shows them: a mark, the kind, the text, and below it who has seen it
/// already and what to do.
[[nodiscard]] std::string finding_lines(const json::array& findings, const wall_clock& clock, const view& as);

/// The answer of /v1/findings: the same with id, tenant and since when.
[[nodiscard]] std::string findings_page(const json::object& answer, const view& as);

}  // namespace licaudit::cli::rendering
