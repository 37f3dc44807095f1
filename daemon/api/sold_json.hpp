#pragma once

#include "daemon/api/json_text.hpp"
#include "model/licence_terms.hpp"
#include "model/subject.hpp"

#include <optional>
#include <string_view>

namespace licaudit::api {

/// A number of JSON that is exact, or null for an empty one.
void add_decimal(json_text& out, std::string_view name, std::string_view decimal);

/// `"used","unit","at"` of a meter, as they were given; null where it says none.
void add_reading(json_text& out, const subject& meter);

/// `{"size","unit"}`, or null.
void add_package(json_text& out, const std::optional<package_terms>& package);

}  // namespace licaudit::api
