#pragma once

#include <string_view>

namespace licaudit::csv {

/// The one of `,` `;` tab `|` that stands most often outside quotes in the header line; `,` if none does.
[[nodiscard]] char detect_delimiter(std::string_view header_line);

}  // namespace licaudit::csv
