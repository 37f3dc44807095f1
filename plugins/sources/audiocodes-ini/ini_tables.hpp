#pragma once

#include "model/result.hpp"
#include "plugins/sdk/text_file.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::audiocodes_ini {

/// A table of an ini file of a session border controller.
struct ini_table {
  struct row {
    std::vector<std::string> cells;
    std::int64_t line = 0;
  };

  std::vector<std::string> columns;
  std::int64_t format_line = 0;
  std::vector<row> rows;

  /// Where a column stands, in whatever order they are.
  [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name) const;
};

using ini_tables = std::map<std::string, ini_table, std::less<>>;

/// Reads the named tables and passes over all others, line by line and without keeping or showing any of them, because
/// they hold passwords and keys. A table that is not closed, a row before FORMAT, a row of another length, a second
/// table of the same name are failures that name file and line.
[[nodiscard]] result<ini_tables> read_ini_tables(sdk::text_file& file, const std::vector<std::string>& names);

}  // namespace licaudit::audiocodes_ini
