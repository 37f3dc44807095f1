#include "plugins/sources/audiocodes-ini/ini_tables.hpp"

#include "model/names.hpp"
#include "plugins/sdk/utf8.hpp"
#include "plugins/sources/audiocodes-ini/ini_row.hpp"

#include <algorithm>
#include <utility>

namespace licaudit::audiocodes_ini {

namespace {

/// `DialPlan` of the line `[ DialPlan ]`, `\DialPlan` of the line that closes it.
std::optional<std::string_view> section_of(std::string_view line) {
  if (!line.starts_with('[') || !line.ends_with(']')) return std::nullopt;
  return trimmed(line.substr(1, line.size() - 2));
}

/// What the reader is in the middle of.
class table_reader {
 public:
  table_reader(const sdk::text_file& file, const std::vector<std::string>& names) : file_(file), names_(names) {}

  [[nodiscard]] result<void> take(std::string_view line, std::int64_t number) {
    last_line_ = number;
    const auto section = section_of(line);
    if (open_ == nullptr) return section ? take_section(*section, number) : result<void>();
    if (section) return close(*section, number);
    if (line.empty() || line.starts_with(';')) return {};
    if (!sdk::is_utf8_text(line)) return file_.wrong(number, "not UTF-8 text; save the file as UTF-8");
    return open_->columns.empty() ? take_format(line, number) : take_row(line, number);
  }

  [[nodiscard]] result<ini_tables> finish() {
    if (open_ != nullptr) {
      return file_.wrong(last_line_, "the file is cut off in the table " + open_name_ + ", which begins at line " +
                                         std::to_string(open_line_) + "; fetch it again");
    }
    return std::move(tables_);
  }

 private:
  result<void> take_section(std::string_view section, std::int64_t number) {
    const auto wanted = std::find_if(names_.begin(), names_.end(),
                                     [section](const std::string& name) { return same_name(name, section); });
    if (wanted == names_.end()) return {};
    const auto [at, is_new] = tables_.try_emplace(*wanted);
    if (!is_new) return file_.wrong(number, "a second table " + *wanted + "; the file is two files in one?");
    open_ = &at->second;
    open_name_ = *wanted;
    open_line_ = number;
    return {};
  }

  result<void> close(std::string_view section, std::int64_t number) {
    if (!section.starts_with('\\') || !same_name(trimmed(section.substr(1)), open_name_)) {
      return file_.wrong(number, "another table begins before the end of " + open_name_ + " from line " +
                                     std::to_string(open_line_) + "; the file is cut off or damaged, fetch it again");
    }
    if (open_->columns.empty())
      return file_.wrong(number, "the table " + open_name_ + " has no line 'FORMAT Index = ...;'");
    open_ = nullptr;
    return {};
  }

  result<void> take_format(std::string_view line, std::int64_t number) {
    auto columns = parse_format(line, open_name_);
    if (!columns) return file_.wrong(number, columns.error().detail);
    open_->columns = std::move(*columns);
    open_->format_line = number;
    return {};
  }

  result<void> take_row(std::string_view line, std::int64_t number) {
    auto cells = parse_row(line, open_name_);
    if (!cells) return file_.wrong(number, cells.error().detail);
    if (cells->size() != open_->columns.size()) {
      return file_.wrong(number, "the row has " + std::to_string(cells->size()) + " cells, FORMAT in line " +
                                     std::to_string(open_->format_line) + " names " +
                                     std::to_string(open_->columns.size()) + " columns");
    }
    open_->rows.push_back({std::move(*cells), number});
    return {};
  }

  const sdk::text_file& file_;
  const std::vector<std::string>& names_;
  ini_tables tables_;
  ini_table* open_ = nullptr;  ///< null: outside, or in a table that nobody wants
  std::string open_name_;
  std::int64_t open_line_ = 0;
  std::int64_t last_line_ = 1;
};

}  // namespace

std::optional<std::size_t> ini_table::find_column(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [name](const std::string& column) { return same_name(column, name); });
  return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

result<ini_tables> read_ini_tables(sdk::text_file& file, const std::vector<std::string>& names) {
  table_reader reader(file, names);
  for (;;) {
    const auto line = file.next();
    if (!line) return line.error();
    if (!*line) return reader.finish();
    if (auto taken = reader.take(trimmed((*line)->text), (*line)->number); !taken) return taken.error();
  }
}

}  // namespace licaudit::audiocodes_ini
