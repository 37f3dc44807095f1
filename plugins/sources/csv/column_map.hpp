#pragma once

#include "model/result.hpp"
#include "plugins/sources/csv/csv_config.hpp"
#include "plugins/sources/csv/csv_file.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace licaudit::csv {

/// A row that gives no subject, and why.
struct left_out_row {
  std::string reason;
};

/// Turns rows into subjects: the config's columns, looked up once in the header.
class column_map {
 public:
  /// The failure names the column that is missing, and those that there are, or the one that stands there twice.
  [[nodiscard]] static result<column_map> create(const csv_config& config, const row& header);

  /// The failure says what is wrong with the row, without file and line.
  [[nodiscard]] result<std::variant<subject, left_out_row>> read(const row& cells) const;

 private:
  struct place {
    std::size_t index;
    mapped_column to;
  };
  struct filter_place {
    std::size_t index;
    row_filter filter;
  };

  [[nodiscard]] field_map fields_of(const row& cells) const;

  std::size_t width_ = 0;
  subject_kind kind_ = subject_kind::user;
  std::size_t id_ = 0;
  std::optional<std::size_t> tenant_, quantity_;
  std::vector<place> columns_;
  std::vector<filter_place> where_;
};

}  // namespace licaudit::csv
