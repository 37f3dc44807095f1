#pragma once

#include "cli/rendering/view.hpp"
#include "model/json.hpp"

#include <string>

namespace licaudit::cli {

/// The bytes of a file of tests/data/cli.
[[nodiscard]] std::string golden_text(const std::string& name);

/// A JSON object of tests/data/cli.
[[nodiscard]] json::object golden_json(const std::string& name);

/// No terminal, at 03:07 on 22 November 2026.
[[nodiscard]] rendering::view plain_view();

/// A terminal of that width.
[[nodiscard]] rendering::view narrow_view(std::size_t width);

}  // namespace licaudit::cli
