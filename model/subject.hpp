#pragma once

#include "model/json.hpp"
#include "model/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit {

enum class subject_kind : std::uint8_t { user, number, meter };

[[nodiscard]] std::string_view to_text(subject_kind kind);
[[nodiscard]] result<subject_kind> parse_subject_kind(std::string_view text);

/// The value of a field: its distinct texts, trimmed and sorted. No text at all is the empty text.
using field_value = std::vector<std::string>;

/// Trims, drops empty texts and duplicates, sorts.
[[nodiscard]] field_value make_field_value(std::vector<std::string> texts);

using field_map = std::map<std::string, field_value, std::less<>>;

/// Who or what a subject is: unique.
struct subject_name {
  std::string tenant;
  subject_kind kind = subject_kind::user;
  std::string id;
  auto operator<=>(const subject_name&) const = default;
};

/// A thing that can be counted (domain.md 1, 2). Empty fields are not kept.
struct subject {
  subject_name name;
  field_map fields;
  std::int64_t quantity = 1;
  bool operator==(const subject&) const = default;
};

/// The fields with texts; a list of one text is written as that text.
[[nodiscard]] json::object fields_to_json(const field_map& fields);

/// errc::malformed names the field that is neither a text nor a list of texts.
[[nodiscard]] result<field_map> fields_from_json(const json::object& fields);

/// The union of what several sources say of one subject: of two equal fields that of the one named first holds, and so
/// does the quantity (domain.md 2). `given` is in the order of the settings and not empty; the names are equal.
[[nodiscard]] subject merged(const std::vector<subject>& given);

}  // namespace licaudit
