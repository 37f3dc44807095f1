#pragma once

#include "model/json.hpp"
#include "model/result.hpp"
#include "model/subject.hpp"

#include <optional>
#include <string>
#include <vector>

namespace licaudit::csv {

/// Which field a column fills. With a separator a cell is a list.
struct mapped_column {
  std::string column;
  std::string field;
  std::string separator;
};

/// Rows whose cell is not one of the values are left out.
struct row_filter {
  std::string column;
  std::vector<std::string> values;
};

struct csv_config {
  std::string path;
  std::optional<char> delimiter;
  subject_kind kind = subject_kind::user;
  std::string id;        ///< column
  std::string tenant;    ///< column; empty: the settings give it
  std::string quantity;  ///< column; empty: 1
  std::vector<mapped_column> columns;
  std::vector<row_filter> where;
};

/// errc::malformed names the key.
[[nodiscard]] result<csv_config> read_csv_config(const json::value& config);

}  // namespace licaudit::csv
