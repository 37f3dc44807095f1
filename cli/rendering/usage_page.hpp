#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// The answer of /v1/tenants/{t}/usage: a line a licence, below it what its meters read.
[[nodiscard]] std::string usage_page(const json::object& page, const view& as);

/// The answer of /v1/tenants/{t}/check: `yes, 12 left`, or `no: ...` and when again.
[[nodiscard]] std::string check_text(const json::object& answer, const view& as);

}  // namespace licaudit::cli::rendering
