#pragma once

#include "model/subject.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace licaudit {

/// One text of a field. A field of several texts stands there once for each.
struct field_text {
  std::string_view name, text;
  auto operator<=>(const field_text&) const = default;
};

/// A subject that lies in somebody's buffer, for those who pass a million of them on. The fields are in the order of
/// their names, the texts of one as in field_value.
struct subject_view {
  std::string_view tenant;
  subject_kind kind = subject_kind::user;
  std::string_view id;
  std::int64_t quantity = 1;
  std::span<const field_text> fields;
};

/// `room` holds the list of what `of` holds.
[[nodiscard]] std::span<const field_text> texts_of(const field_map& of, std::vector<field_text>& room);
[[nodiscard]] subject_view view_of(const subject& value, std::vector<field_text>& room);

/// The first text of a field; empty: it has none.
[[nodiscard]] std::string_view text_of(const subject_view& value, std::string_view field);

[[nodiscard]] field_map fields_of(std::span<const field_text> texts);
[[nodiscard]] subject subject_of(const subject_view& view);

}  // namespace licaudit
