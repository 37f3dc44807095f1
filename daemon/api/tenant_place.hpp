#pragma once

#include "daemon/api/call.hpp"

#include <string_view>

namespace licaudit::api {

/// May the caller put somebody under this parent? Whoever stands under a partner belongs to it, so that only who may
/// set partners may put or take somebody there.
[[nodiscard]] result<void> require_place_under(const call& asked, std::string_view parent);

/// May the caller move the tenant `{t}` under this parent?
[[nodiscard]] result<void> require_move(const call& asked, std::string_view parent);

}  // namespace licaudit::api
