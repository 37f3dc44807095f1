#pragma once

#include "model/result.hpp"
#include "plugins/sdk/text_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace licaudit::csv {

struct row {
  std::vector<std::string> cells;
  std::int64_t line = 0;  ///< where it begins in the file
};

/// The rows of a delimited file, one after the other (RFC 4180: quotes, doubled quotes, line feeds within quotes; LF or
/// CRLF). Empty lines are no rows; unquoted cells are trimmed. Failures name file and line.
class csv_file {
 public:
  /// Without a delimiter the first line tells it.
  [[nodiscard]] static result<csv_file> open(const std::string& path, std::optional<char> delimiter);

  csv_file(csv_file&&) noexcept;
  csv_file& operator=(csv_file&&) noexcept;
  ~csv_file();

  /// The next row, or nothing at the end.
  [[nodiscard]] result<std::optional<row>> next();

  [[nodiscard]] failure wrong(std::int64_t line, const std::string& text) const { return file_.wrong(line, text); }
  [[nodiscard]] const std::string& path() const { return file_.path(); }

 private:
  struct parser;  ///< libcsv

  csv_file(sdk::text_file file, std::optional<char> delimiter);
  [[nodiscard]] result<void> feed(const sdk::numbered_line& line);
  [[nodiscard]] result<void> finish();

  sdk::text_file file_;
  std::unique_ptr<parser> parser_;
};

}  // namespace licaudit::csv
