#pragma once

#include "model/operation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::api {

[[nodiscard]] std::string operations_page(const std::vector<operation>& all, std::string_view next);

/// RFC 4180, with a header line; `detail` as JSON.
[[nodiscard]] std::string operations_csv(const std::vector<operation>& all);

}  // namespace licaudit::api
