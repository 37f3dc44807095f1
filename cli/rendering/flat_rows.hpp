#pragma once

#include "model/json.hpp"

namespace licaudit::cli::rendering {

// One flat object a row, of answers whose numbers lie in lists inside lists. A licence without factors gives one row.

[[nodiscard]] json::array licence_page_rows(const json::object& page);
[[nodiscard]] json::array history_rows(const json::object& history);
[[nodiscard]] json::array bill_rows(const json::object& bills);
[[nodiscard]] json::array closing_rows(const json::object& closed);
[[nodiscard]] json::array plan_rows(const json::object& plan);
[[nodiscard]] json::array rule_rows(const json::object& rules);
[[nodiscard]] json::array source_rows(const json::object& sources);
[[nodiscard]] json::array run_rows(const json::object& runs);

}  // namespace licaudit::cli::rendering
