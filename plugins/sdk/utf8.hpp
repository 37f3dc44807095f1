#pragma once

#include <string_view>

namespace licaudit::sdk {

/// Valid UTF-8 without NUL: what may stand in a record.
[[nodiscard]] bool is_utf8_text(std::string_view bytes);

}  // namespace licaudit::sdk
