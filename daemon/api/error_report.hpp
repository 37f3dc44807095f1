#pragma once

#include <functional>
#include <string_view>

namespace licaudit::api {

/// Says to the journal what no client may read.
using error_report = std::function<void(std::string_view)>;

}  // namespace licaudit::api
