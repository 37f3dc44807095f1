#pragma once

#include "model/subject.hpp"

#include <string>
#include <string_view>

namespace licaudit::ledger {

// Fields as they are stored: the RFC 8785 JSON of fields_to_json. A million of them are read at a restart and written
// at a first synchronisation, so the plain ones, which is nearly all, take no way through a JSON document.

[[nodiscard]] std::string text_of(const field_map& fields);

/// Throws storage_error where it is not what text_of writes.
[[nodiscard]] field_map fields_of(std::string_view text);

}  // namespace licaudit::ledger
