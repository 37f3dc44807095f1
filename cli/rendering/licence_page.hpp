#pragma once

#include "cli/rendering/view.hpp"

#include <string>

namespace licaudit::cli::rendering {

/// What a person sees of a tenant: /v1/tenants/{t}/licences.
[[nodiscard]] std::string licence_page(const json::object& page, const view& as);

}  // namespace licaudit::cli::rendering
