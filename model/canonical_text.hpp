#pragma once

#include <string>
#include <string_view>

namespace licaudit {

/// Appends a text as RFC 8785 writes it, quotes included: what canonical_json makes of it, without a document.
void append_canonical(std::string& out, std::string_view text);

}  // namespace licaudit
