#pragma once

#include "model/json.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace licaudit {

/// What the text of an attribute has to be.
enum class attribute_form { text, date, country, mail };

/// An attribute that the manual names (docs/tenants.md). Others are free and not looked at.
struct known_attribute {
  std::string_view name;
  attribute_form form;
  std::string_view description;
};
[[nodiscard]] std::span<const known_attribute> known_attributes();

/// What is wrong with the attributes of a tenant, one sentence; none: nothing. Dates are `2026-11-21`, countries have
/// two capitals (ISO 3166-1 alpha-2), a mail address has something on both sides of one @.
[[nodiscard]] std::optional<failure> check_attributes(const json::object& attributes);

}  // namespace licaudit
