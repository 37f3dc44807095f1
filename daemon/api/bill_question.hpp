#pragma once

#include "daemon/api/call.hpp"
#include "daemon/api/house.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace licaudit::api {

/// The month that is named, else the running one of the tenant; none that has not begun.
[[nodiscard]] result<bill_question> bill_question_of(const house& all, const call& asked, const std::string& tenant,
                                                     std::optional<std::string_view> named);

}  // namespace licaudit::api
