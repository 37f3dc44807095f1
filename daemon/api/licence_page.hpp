#pragma once

#include "daemon/audit/view.hpp"

#include <string>

namespace licaudit::api {

/// The licence page (interfaces.md 6). `names`: the caller may see subjects, so findings may name them.
/// `now` decides which acknowledgements still hold.
[[nodiscard]] std::string licence_page(const audit::view& all, const audit::tenant_view& of, bool names, instant now);

/// The state that a page carries: the worst of its tallies; `disabled` and `never` where nothing is counted.
[[nodiscard]] std::string_view page_state(const audit::tenant_view& of);

}  // namespace licaudit::api
