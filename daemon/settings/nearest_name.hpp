#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace licaudit::settings {

/// The known name that was probably meant: at most a third of its letters, and at least one, are other ones. Empty:
/// none.
[[nodiscard]] std::string nearest_name(std::string_view written, const std::vector<std::string>& known);

}  // namespace licaudit::settings
