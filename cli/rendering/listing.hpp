#pragma once

#include "cli/rendering/view.hpp"

#include <functional>
#include <string>
#include <vector>

namespace licaudit::cli::rendering {

enum class cell_kind { text, number, time, flag };

enum class shown_in { both, csv };

/// One column of a list: where its value stands in an element, and how it is named. `name` is what scripts rely on.
struct column {
  std::string name;
  std::string heading;
  std::string path;
  cell_kind kind = cell_kind::text;
  shown_in where = shown_in::both;
};

/// How the elements of an answer are shown as a table and as CSV. `list` is the member that holds them; empty: the
/// answer itself is the one element. `rows`, where given, makes flat rows of an answer whose numbers lie deeper.
struct listing {
  std::string list;
  std::vector<column> columns;
  std::function<json::array(const json::object& answer)> rows{};

  /// The header line, and the records of one answer. Values are the API's: RFC 3339 in UTC, `true`, plain numbers; the
  /// texts of a list are joined by `;`.
  [[nodiscard]] std::string csv_header() const;
  [[nodiscard]] std::string csv(const json::object& answer) const;

  /// A table; no line at all if there is no element.
  [[nodiscard]] std::string people(const json::object& answer, const view& as) const;

  /// The element of one row each, as the API gave it.
  [[nodiscard]] json::array elements_of(const json::object& answer) const;
};

/// A value as one printable text: lists joined by `separator`, null as nothing, objects as JSON.
[[nodiscard]] std::string plain_text(const json::value& value, std::string_view separator);

}  // namespace licaudit::cli::rendering
