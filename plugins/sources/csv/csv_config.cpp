#include "plugins/sources/csv/csv_config.hpp"

#include "model/names.hpp"

#include <string_view>
#include <utility>

namespace licaudit::csv {

namespace {

std::optional<char> read_delimiter(json_reader& in) {
  const auto text = in.optional_text("delimiter");
  if (text.empty()) return std::nullopt;
  if (text == "tab") return '\t';
  if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r" && text != " ") return text.front();
  in.refuse("delimiter", "one character such as ',' or ';', or 'tab'");
  return std::nullopt;
}

result<mapped_column> read_column(const json::key_value_pair& member) {
  mapped_column column{std::string(member.key()), {}, {}};
  if (member.value().is_string()) {
    column.field = member.value().get_string();
  } else {
    json_reader in(member.value(), "config: columns: " + in_quotes(column.column));
    column.field = in.text("field");
    column.separator = in.optional_text("separator");
    if (auto wrong = in.finish()) return *wrong;
  }
  if (column.field.empty()) {
    return failure{errc::malformed, "config: columns: " + in_quotes(column.column) +
                                        ": expected the name of a field, or {field, separator}, found an empty name"};
  }
  return column;
}

result<row_filter> read_filter(const json::key_value_pair& member) {
  row_filter filter{std::string(member.key()), {}};
  json::array one;
  if (member.value().is_string()) one.push_back(member.value());
  const auto& values = member.value().is_array() ? member.value().get_array() : one;
  for (const auto& value : values) {
    if (value.is_string()) filter.values.emplace_back(value.get_string());
  }
  if (filter.values.empty() || filter.values.size() != values.size()) {
    return failure{errc::malformed,
                   "config: where: " + in_quotes(filter.column) + ": expected a text or a list of texts"};
  }
  return filter;
}

/// The members of a map of the config, each read by one function.
template <class T>
result<std::vector<T>> read_members(const json::object* map, result<T> (*read)(const json::key_value_pair&)) {
  std::vector<T> members;
  if (map == nullptr) return members;
  for (const auto& member : *map) {
    auto one = read(member);
    if (!one) return one.error();
    members.push_back(std::move(*one));
  }
  return members;
}

}  // namespace

result<csv_config> read_csv_config(const json::value& config) {
  json_reader in(config, "config");
  csv_config read;
  read.path = in.text("path");
  read.delimiter = read_delimiter(in);
  const auto kind = parse_subject_kind(in.optional_text("kind", "user"));
  if (!kind || *kind == subject_kind::meter) in.refuse("kind", "user or number");
  read.kind = kind ? *kind : subject_kind::user;
  read.id = in.text("id");
  read.tenant = in.optional_text("tenant");
  read.quantity = in.optional_text("quantity");
  const auto* columns = in.optional_object("columns");
  const auto* where = in.optional_object("where");
  if (read.path.empty()) in.refuse("path", "the path of a file");
  if (read.id.empty()) in.refuse("id", "the name of a column");
  if (auto wrong = in.finish()) return *wrong;
  auto mapped = read_members(columns, read_column);
  if (!mapped) return mapped.error();
  read.columns = std::move(*mapped);
  auto filters = read_members(where, read_filter);
  if (!filters) return filters.error();
  read.where = std::move(*filters);
  return read;
}

}  // namespace licaudit::csv
