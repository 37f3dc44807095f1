#pragma once

#include "daemon/api/route_table.hpp"

#include <string>
#include <string_view>

namespace licaudit::api {

/// The OpenAPI 3.1 description of exactly these routes.
[[nodiscard]] std::string openapi_document(const route_table& routes, std::string_view version);

}  // namespace licaudit::api
