#include "cli/rendering/listing.hpp"

#include "cli/rendering/csv.hpp"
#include "cli/rendering/json_access.hpp"
#include "cli/rendering/printable.hpp"
#include "cli/rendering/table.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <charconv>

namespace licaudit::cli::rendering {

namespace {

std::string joined(const json::array& list, std::string_view separator) {
  std::string text;
  for (const auto& value : list) {
    if (!text.empty()) text += separator;
    text += plain_text(value, separator);
  }
  return text;
}

std::string people_text(const json::value& value, cell_kind kind, const wall_clock& clock) {
  if (kind == cell_kind::time && value.is_string()) return clock.brief(std::string_view(value.get_string()));
  if (kind == cell_kind::flag && value.is_bool()) return value.get_bool() ? "yes" : "no";
  return printable(plain_text(value, ", "));
}

cell people_cell(const json::value& row, const column& what, const wall_clock& clock) {
  const auto* value = value_at(row, what.path);
  if (value == nullptr || value->is_null()) return {"-"};
  auto text = people_text(*value, what.kind, clock);
  const auto tint = what.name == "state" ? colour_of_state(text) : colour::plain;
  return {text.empty() ? "-" : std::move(text), tint};
}

/// `10.909091`: not with an exponent, as JSON may write it. A quantity has six places at most.
std::string decimal_text(double number) {
  std::array<char, 400> digits;  // the largest has 309 before the point
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, 6);
  std::string text(digits.data(), written.ptr);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string plain_text(const json::value& value, std::string_view separator) {
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_array()) return joined(value.get_array(), separator);
  if (value.is_double()) return decimal_text(value.get_double());
  return json::serialize(value);
}

json::array listing::elements_of(const json::object& answer) const {
  if (list.empty()) return json::array{json::value(answer)};
  return elements(answer, list);
}

std::string listing::csv_header() const {
  std::vector<std::string> names;
  for (const auto& what : columns) names.push_back(what.name);
  return csv_record(names);
}

std::string listing::csv(const json::object& answer) const {
  std::string text;
  for (const auto& row : rows ? rows(answer) : elements_of(answer)) {
    std::vector<std::string> fields;
    for (const auto& what : columns) {
      const auto* value = value_at(row, what.path);
      fields.push_back(value == nullptr ? std::string() : plain_text(*value, ";"));
    }
    text += csv_record(fields);
  }
  return text;
}

std::string listing::people(const json::object& answer, const view& as) const {
  std::vector<table_column> heads;
  for (const auto& what : columns) {
    if (what.where == shown_in::csv) continue;
    const bool number = what.kind == cell_kind::number;
    heads.push_back({what.heading, number ? side::right : side::left, 2, 0, !number && what.kind != cell_kind::time});
  }
  table shown(std::move(heads));
  const auto clock = as.clock_of(answer);
  for (const auto& row : rows ? rows(answer) : elements_of(answer)) {
    std::vector<cell> cells;
    for (const auto& what : columns) {
      if (what.where == shown_in::both) cells.push_back(people_cell(row, what, clock));
    }
    shown.add_row(std::move(cells));
  }
  return shown.empty() ? std::string() : shown.text(as);
}

}  // namespace licaudit::cli::rendering
