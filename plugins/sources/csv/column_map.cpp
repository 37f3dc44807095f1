#include "plugins/sources/csv/column_map.hpp"

#include "model/names.hpp"
#include "model/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace licaudit::csv {

namespace {

/// Finds columns of the header by name and remembers the first failure.
class header_index {
 public:
  explicit header_index(const row& header) : header_(header) {
    for (std::size_t i = 0; i < names().size(); ++i) {
      const bool twice =
          std::find(names().begin() + static_cast<std::ptrdiff_t>(i) + 1, names().end(), names()[i]) != names().end();
      if (twice && !names()[i].empty() && !wrong_) {
        wrong_ = failure{errc::malformed,
                         "the header has the column " + in_quotes(names()[i]) + " twice; rename one of them"};
      }
    }
  }

  std::size_t find(const std::string& name) {
    const auto found = std::find(names().begin(), names().end(), name);
    if (found != names().end()) return static_cast<std::size_t>(found - names().begin());
    if (!wrong_) {
      wrong_ = failure{errc::unknown, "the header has no column " + in_quotes(name) + "; it has " + listed()};
    }
    return 0;
  }

  std::optional<std::size_t> find_optional(const std::string& name) {
    return name.empty() ? std::nullopt : std::optional(find(name));
  }

  [[nodiscard]] const std::optional<failure>& wrong() const { return wrong_; }

 private:
  [[nodiscard]] const std::vector<std::string>& names() const { return header_.cells; }

  [[nodiscard]] std::string listed() const {
    std::string text;
    for (const auto& name : names()) text += (text.empty() ? "" : ", ") + in_quotes(name);
    return text;
  }

  const row& header_;
  std::optional<failure> wrong_;
};

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto at = separator.empty() ? std::string_view::npos : text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

result<std::int64_t> parse_quantity(std::string_view text) {
  std::int64_t quantity = 1;
  if (text.empty()) return quantity;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), quantity);
  if (error != std::errc() || end != text.data() + text.size() || !is_quantity(quantity)) {
    return failure{errc::malformed, "the quantity " + in_quotes(text) + " is not " + a_quantity};
  }
  return quantity;
}

}  // namespace

result<column_map> column_map::create(const csv_config& config, const row& header) {
  header_index index(header);
  column_map map;
  map.width_ = header.cells.size();
  map.kind_ = config.kind;
  map.id_ = index.find(config.id);
  map.tenant_ = index.find_optional(config.tenant);
  map.quantity_ = index.find_optional(config.quantity);
  for (const auto& column : config.columns) map.columns_.push_back({index.find(column.column), column});
  for (const auto& filter : config.where) map.where_.push_back({index.find(filter.column), filter});
  if (index.wrong()) return *index.wrong();
  return map;
}

field_map column_map::fields_of(const row& cells) const {
  std::map<std::string, std::vector<std::string>, std::less<>> texts;  // several columns may fill one field
  for (const auto& column : columns_) {
    auto& of_field = texts[column.to.field];
    for (auto& part : split(cells.cells[column.index], column.to.separator)) of_field.push_back(std::move(part));
  }
  field_map fields;
  for (auto& [field, list] : texts) {
    auto value = make_field_value(std::move(list));
    if (!value.empty()) fields.emplace(field, std::move(value));
  }
  return fields;
}

result<std::variant<subject, left_out_row>> column_map::read(const row& cells) const {
  using outcome = std::variant<subject, left_out_row>;
  if (cells.cells.size() != width_) {
    return failure{errc::malformed, "the row has " + std::to_string(cells.cells.size()) + " cells, the header " +
                                        std::to_string(width_) + "; is a delimiter unquoted, or the line cut off?"};
  }
  for (const auto& [index, filter] : where_) {
    const auto& wanted = filter.values;
    const auto cell = trimmed(cells.cells[index]);
    if (std::find(wanted.begin(), wanted.end(), cell) == wanted.end()) {
      return outcome(left_out_row{"another " + filter.column});
    }
  }
  subject read;
  read.name.kind = kind_;
  read.name.id = trimmed(cells.cells[id_]);
  if (read.name.id.empty()) return outcome(left_out_row{"no id"});
  if (!is_subject_id(read.name.id)) {
    return failure{errc::malformed, "the id has control characters or more than 256 bytes"};
  }
  if (tenant_) read.name.tenant = trimmed(cells.cells[*tenant_]);
  const auto quantity = parse_quantity(quantity_ ? trimmed(cells.cells[*quantity_]) : std::string_view());
  if (!quantity) return quantity.error();
  read.quantity = *quantity;
  read.fields = fields_of(cells);
  return outcome(std::move(read));
}

}  // namespace licaudit::csv
