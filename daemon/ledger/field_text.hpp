#pragma once

#include "model/subject_view.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::ledger {

// Fields as they are stored: the RFC 8785 JSON of fields_to_json. A million of them are read at a restart and written
// at a first synchronisation, so the plain ones, which is nearly all, take no way through a JSON document.

[[nodiscard]] std::string text_of(const field_map& fields);
void append_text_of(std::span<const field_text> fields, std::string& out);

/// Throws storage_error where it is not what text_of writes.
[[nodiscard]] field_map fields_of(std::string_view text);

/// The same in place.
class stored_fields {
 public:
  /// Refers to `text` and to this object, until the next call.
  [[nodiscard]] std::span<const field_text> read(std::string_view text);

 private:
  std::vector<field_text> texts_;
  field_map odd_;
};

}  // namespace licaudit::ledger
